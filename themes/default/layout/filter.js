// Filters a list that is already on the page. A form with data-filter="ID" narrows what has data-search inside #ID; the choice is kept in
// the address. Fields other than q are held against the data attribute of their name, whose values are separated by |; one with data-order narrows
// nothing. After each change the form is told "narrowed".
for (const form of document.querySelectorAll("form[data-filter]")) {
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); // "zurich" finds Zürich
  const place = document.getElementById(form.dataset.filter);
  const rows = [...place.querySelectorAll("[data-search]")].map(row => ({ row, text: plain(row.dataset.search) }));
  const groups = [...place.querySelectorAll(".topic")];
  const found = form.querySelector(".found");
  const fields = [...form.elements].filter(field => field.name);
  const q = form.elements.q;

  const narrow = () => {
    const words = plain(q.value).split(/\s+/).filter(Boolean);
    const picks = fields.filter(field => field !== q && field.value && !("order" in field.dataset));
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = words.every(word => text.includes(word)) && picks.every(field => (row.dataset[field.name] || "").split("|").includes(field.value));
      row.hidden = !fits;
      if (fits) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-search]:not([hidden])");
    found.textContent = !words.length && !picks.length ? "" : shown ? shown + " of " + rows.length : "Nothing fits. Try fewer words.";
    form.dispatchEvent(new Event("narrowed"));
  };

  // A choice is a step that the back button takes back, and so is a run of typing. Browsers stop pages that write each letter into the address.
  let timer, typing = false;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    const query = new URLSearchParams(location.search), before = query.toString();
    for (const field of fields) field.value ? query.set(field.name, field.value) : query.delete(field.name);
    if (query.toString() === before) return;
    history[typing ? "replaceState" : "pushState"](null, "", location.pathname + (query.size ? "?" + query : "") + location.hash);
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = query.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = ""; // what is no choice any more
    }
    typing = false;
    narrow();
  };

  form.addEventListener("input", event => {
    narrow();
    clearTimeout(timer);
    if (event.target !== q) {
      typing = false;
      keep();
    } else {
      timer = setTimeout(() => { keep(); typing = true; }, 250);
    }
  });
  form.addEventListener("change", () => { if (timer) keep(); typing = false; });
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("popstate", read);
  form.hidden = false;
  read();
}

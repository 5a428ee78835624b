// Filters a list that is already on the page. A form with data-filter="ID" narrows what has data-search inside #ID; the choice is kept in
// the address. Fields other than q are held against the data attribute of their name, whose values are separated by |.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const place = document.getElementById(form.dataset.filter);
  const rows = [...place.querySelectorAll("[data-search]")];
  const groups = [...place.querySelectorAll(".topic")];
  const found = form.querySelector(".found");
  const fields = [...form.elements].filter(field => field.name);

  const apply = () => {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const picks = fields.filter(field => field.name !== "q" && field.value);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every(word => row.dataset.search.includes(word)) &&
        picks.every(field => (row.dataset[field.name] || "").split("|").includes(field.value));
      row.hidden = !fits;
      if (fits) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-search]:not([hidden])");
    const asked = words.length + picks.length > 0;
    found.textContent = !asked ? "" : shown ? shown + " of " + rows.length : "Nothing fits. Try fewer words.";
    const query = new URLSearchParams();
    for (const field of fields) if (field.value) query.set(field.name, field.value);
    history.replaceState(null, "", (asked ? "?" + query : location.pathname) + location.hash);
  };

  const given = new URLSearchParams(location.search);
  for (const field of fields) if (given.has(field.name)) field.value = given.get(field.name);
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  if ([...given.keys()].some(name => form.elements[name])) apply();
}

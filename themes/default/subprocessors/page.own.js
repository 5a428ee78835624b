// Sorts the vendors that are on the page. The list of orders in the form holds what was chosen, and filter.js keeps it in the address; the heads of the
// first table choose too, where there is room for heads. What is the same in an order stays in that of the names.
const form = document.querySelector("form[data-filter]");
const collator = new Intl.Collator("en", { numeric: true });
const tables = [...document.querySelectorAll(".vendors")].map(table => ({ table, rows: [...table.tBodies], heads: [...table.querySelectorAll("[data-sort]")] }));
let shown = "";

// sorted gives rows by one of their data attributes, in either direction; rows without it come last.
const sorted = (rows, key, down) => {
  if (key === "name") return down ? rows.toReversed() : rows;
  const compare = key === "since" ? (a, b) => a < b ? -1 : a > b ? 1 : 0 : collator.compare;
  return rows.map(row => [row.dataset[key] || "", row]).sort(([a], [b]) => !a - !b || (down ? compare(b, a) : compare(a, b))).map(([, row]) => row);
};

const sort = () => {
  const order = form.elements.sort.value;
  if (order === shown) return;
  shown = order;
  const [key, down] = (order || "name").split("-");
  for (const { table, rows, heads } of tables) {
    table.append(...sorted(rows, key, down));
    for (const head of heads) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }
};

// A head turns its own order round; another one begins with what is asked for most: the alphabet, and the latest day.
const choose = head => {
  const now = head.getAttribute("aria-sort"), key = head.dataset.sort;
  const down = now ? now === "ascending" : key === "since";
  form.elements.sort.value = key + (down ? "-desc" : "");
  if (key === "name" && !down) form.elements.sort.value = "";
  form.elements.sort.dispatchEvent(new Event("input", { bubbles: true }));
};

// A table that is laid out as blocks is none for some screen readers, unless it is called one.
const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
for (const { table } of tables) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, tbody > tr > td")]) part.setAttribute("role", roles[part.tagName]);
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
}

if (form) {
  for (const head of form.parentElement.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => choose(head));
    head.append(button);
  }
  form.addEventListener("narrowed", sort);
  sort();
}

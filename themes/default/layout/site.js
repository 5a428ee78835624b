// What every page gets on top of what it already says: an address copied with one key, and the current section in view.
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.body.append(said);

const copy = (text, done) => navigator.clipboard?.writeText(text).then(() => { said.textContent = "Copied: " + text; done(); }, () => {});

document.addEventListener("click", event => {
  const anchor = event.target.closest?.("a.anchor");
  if (anchor) copy(anchor.href, () => {});
});

for (const code of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", () => copy(code.textContent, () => { button.textContent = "Copied"; }));
  code.after(button);
}

// The row of sections scrolls on a phone: begin where the reader is.
const row = document.querySelector(".sections");
const here = row?.querySelector("[aria-current]");
if (here && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - 24;

// What every page gets on top of what it already says: an address copied with one key.
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.body.append(said);

// copy puts a text on the clipboard, and says so. Browsers have the clipboard's own interface on https alone.
const copy = async (text, from) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.className = "hidden";
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    from.focus();
    if (!done) return;
  }
  said.textContent = "";
  setTimeout(() => { said.textContent = "Copied: " + text; }, 50); // the same words twice are only said when they went in between
  if (from.type !== "button") return;
  from.textContent = "Copied";
  setTimeout(() => { from.textContent = from.value; }, 2000);
};

document.addEventListener("click", event => {
  const anchor = event.target.closest?.("a.anchor");
  if (anchor) copy(anchor.href, anchor);
});

// A button copies what it names, or the address of the page.
const copies = (button, text) => {
  button.value = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => copy(text, button));
};
for (const button of document.querySelectorAll("button[data-copies]")) copies(button, button.dataset.copies || location.origin + location.pathname);

// The contents are longer than the window: begin where the reader is.
const contents = document.querySelector(".sidebar");
const page = contents?.querySelector("ul ul [aria-current]") ?? contents?.querySelector("[aria-current]");
const showPage = () => { contents.scrollTop = Math.max(0, page.offsetTop - contents.clientHeight / 2); };
if (page) {
  showPage();
  contents.addEventListener("toggle", showPage);
}

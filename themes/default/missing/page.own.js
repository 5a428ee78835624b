// A link to a sealed page that has ended leads here: say so first. It says nothing of the address but that it is of that kind.
const ended = document.querySelector(".on-missing [data-sealed]");
if (ended && location.pathname.startsWith(ended.dataset.sealed)) {
  const heading = document.querySelector("h1");
  heading.textContent = "This link has ended";
  heading.nextElementSibling.textContent = ended.textContent;
  ended.remove();
}

// Lights up the same link or step in the picture, in the list and in the table while it is pointed at or has the focus.
const parts = [...document.querySelectorAll("[data-linked]")];
const all = selector => parts.flatMap(part => [...part.querySelectorAll(selector)]);
const numbers = text => (text || "").split(" ").filter(Boolean);

// linksOf gives the numbers of the links that an element stands for: its own, those of its row, or those into and out of its step.
const linksOf = element => {
  const { link, links, step } = element.dataset;
  if (link) return [link];
  if (links !== undefined) return numbers(links);
  return all(`li[data-from="${step}"], li[data-to="${step}"]`).map(item => item.dataset.link);
};
const stepsOf = element => {
  const { link, steps, step } = element.dataset;
  if (step) return [step];
  if (steps !== undefined) return numbers(steps);
  const item = all(`li[data-link="${link}"]`)[0];
  return item ? [item.dataset.from, item.dataset.to] : [];
};

const clear = () => {
  for (const part of parts) part.classList.remove("tracing");
  for (const lit of all(".lit")) lit.classList.remove("lit");
};
const trace = event => {
  const element = event.target.closest?.("[data-link], [data-links], [data-step]");
  clear();
  if (!element) return;
  const links = linksOf(element);
  for (const n of links) for (const e of all(`[data-link="${n}"]`)) e.classList.add("lit");
  for (const n of stepsOf(element)) for (const e of all(`[data-step="${n}"]`)) e.classList.add("lit");
  for (const row of all("[data-links]")) {
    if (element.dataset.link ? numbers(row.dataset.links).includes(element.dataset.link) : row === element) row.classList.add("lit");
  }
  if (links.length) parts[0].classList.add("tracing");
};
for (const part of parts) {
  part.addEventListener("pointerover", trace);
  part.addEventListener("pointerleave", clear);
  part.addEventListener("focusin", trace);
  part.addEventListener("focusout", clear);
}

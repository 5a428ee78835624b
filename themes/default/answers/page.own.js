// The list of the answers: filters, the search as one types, and links to one answer. What was chosen stands in the address, so that it can be sent and gone
// back to. Without this script the list is whole, and every answer can be opened.
const form = document.querySelector("form[data-index]");
const fields = form ? [...form.elements].filter(field => field.name) : [];
const filters = fields.filter(field => field.name !== "q");
const topics = [...document.querySelectorAll(".topic")];
const rail = new Map([...document.querySelectorAll(".rail a")].map(link => [link.hash.slice(1), link.parentElement]));
const results = document.querySelector(".results");
const few = 25; // results that are shown at first

const cards = topics.flatMap(topic => [...topic.querySelectorAll(".answer")].map(element => ({
  element, topic: topic.dataset.topic, verdict: element.dataset.verdict, framework: (element.dataset.framework || "").split("|"),
})));
const fits = card => filters.every(field => !field.value || [card[field.name]].flat().includes(field.value));

// The index is fetched when somebody is about to search. Where it cannot be, words are looked for in what the page says.
let index, coming;
const fetchIndex = () => coming ||= fetch(form.dataset.index).then(answer => answer.json()).then(data => {
  if (data.version !== 1 || data.answers !== cards.length) throw new Error("the index is of another page");
  return answerIndex.read(data);
}).catch(() => {
  const texts = cards.map(card => card.element.textContent.toLowerCase());
  return {
    find: text => ({answers: [...texts.keys()].filter(i => text.toLowerCase().split(/\s+/).every(word => texts[i].includes(word))), terms: new Set()}),
    marks: () => [],
  };
}).then(read => index = read);

const hide = (element, away) => { if (element.hidden !== away) element.hidden = away; };

// Results are moved to a list of their own, each from a place that it is put back to.
let moved = [];
const putBack = () => {
  for (const {card, place} of moved) place.replaceWith(card.element);
  moved = [];
};
const show = list => {
  if (list.length === moved.length && list.every((card, i) => card === moved[i].card)) return;
  putBack();
  for (const card of list) {
    const place = document.createComment("");
    hide(card.element, false);
    card.element.replaceWith(place);
    results.firstElementChild.append(card.element);
    moved.push({card, place});
  }
};

// mark paints the words by which answers were found; the text stays as it is.
const mark = (list, terms) => {
  if (!globalThis.Highlight) return;
  const ranges = [];
  for (const {element} of list) for (const part of element.querySelectorAll("h3 a, .gist")) {
    const text = part.firstChild;
    for (const [from, to] of text ? index.marks(text.data, terms) : []) {
      const range = new Range();
      range.setStart(text, from);
      range.setEnd(text, to);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
};

const say = text => { form.querySelector("[role=status]").textContent = text; };
const more = results?.querySelector("button");
const clear = form?.querySelector("[type=reset]");
let painting, writing;

// list shows the whole list by topic, without what the filters leave out.
const list = () => {
  putBack();
  let shown = 0;
  const filled = new Set();
  for (const card of cards) {
    const fit = fits(card);
    hide(card.element, !fit);
    if (fit) { shown++; filled.add(card.topic); }
  }
  hide(results, true);
  for (const topic of topics) {
    hide(topic, !filled.has(topic.dataset.topic));
    hide(rail.get(topic.firstElementChild.id), topic.hidden);
  }
  say(shown === cards.length ? "" : shown ? shown + " of " + cards.length + " answers" : "No answer fits. Choose less.");
};

// search shows what a text finds, the best first.
const search = (text, all) => {
  const found = index.find(text), answers = found.answers.map(i => cards[i]).filter(fits), some = all ? answers : answers.slice(0, few);
  show(some);
  hide(results, false);
  for (const topic of topics) hide(topic, true);
  more.hidden = some.length === answers.length;
  more.textContent = "Show all " + answers.length;
  say(answers.length ? answers.length + " of " + cards.length + " answers, best first" : "No answer fits. Try other words" + (filters.some(field => field.value) ? ", or all topics, verdicts and frameworks." : ", or fewer."));
  clearTimeout(painting);
  painting = setTimeout(() => mark(some.slice(0, 15), found.terms));
};

const apply = async all => {
  const text = form.elements.q.value.trim() && form.elements.q.value;
  clear.hidden = !fields.some(field => field.value);
  if (!text) return list();
  if (!index) {
    await fetchIndex();
    if (form.elements.q.value.trim() && form.elements.q.value !== text) return; // who went on typing is served already
  }
  search(text, all === true);
};

const address = () => {
  const query = new URLSearchParams(fields.filter(field => field.value.trim()).map(field => [field.name, field.value.trim()]));
  return (query.size ? "?" + query : location.pathname);
};
const take = () => {
  const query = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = query.get(field.name) || "";
    if (field.selectedIndex === -1) field.value = ""; // a choice that there is no more
  }
};

// reveal opens the answer that the address names, scrolls to it and marks it, and takes away what hides it.
const reveal = async () => {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* no id of ours */ }
  const target = id ? document.getElementById(id) : null, card = target?.closest(".answer");
  for (const before of document.querySelectorAll(".answer.marked")) if (before !== card) before.classList.remove("marked");
  if (!target) return;
  if (target.closest("[hidden]")) {
    for (const field of fields) field.value = "";
    history.replaceState(null, "", address() + location.hash);
    await apply();
  }
  if (card) {
    card.classList.add("marked");
    const details = card.querySelector("details");
    if (details) details.open = true;
  }
  (card || target).scrollIntoView();
};

if (form) {
  take();
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.elements.q.addEventListener("focus", fetchIndex, {once: true});
  form.addEventListener("input", event => {
    apply();
    // A choice can be gone back from; letters are too many for that, and browsers take no more than some of them a second.
    clearTimeout(writing);
    if (event.target.name === "q") writing = setTimeout(() => history.replaceState(history.state, "", address()), 150);
    else history.pushState(null, "", address());
  });
  form.addEventListener("reset", () => setTimeout(() => {
    for (const field of fields) field.value = "";
    apply();
    history.pushState(null, "", address());
    form.elements.q.focus();
  }));
  more.addEventListener("click", () => apply(true));
  addEventListener("popstate", () => {
    clearTimeout(writing);
    take();
    apply().then(reveal);
  });
  addEventListener("hashchange", reveal);
  apply().then(reveal);
}

// A data flow: what is pointed at, focused or tapped is followed through picture, list and tables; the picture is enlarged, and taken along.
const parts = [...document.querySelectorAll("[data-linked]")];
const all = selector => parts.flatMap(part => [...part.querySelectorAll(selector)]);
const numbers = text => (text || "").split(" ").filter(Boolean);
const stage = parts[0];
const readouts = all(".readout");
const hint = readouts[0]?.textContent;
for (const part of parts) part.classList.add("scripted");

/* Following */

const ends = link => {
  const item = all(`li[data-link="${link}"]`)[0];
  return item ? [item.dataset.from, item.dataset.to] : [];
};

// meant gives what an element stands for: the links and steps that are shown with it, and the one thing that it is, as the end of an address.
const meant = element => {
  const { link, links, step, steps } = element.dataset;
  if (link) return { links: [link], steps: ends(link), aim: "link-" + link };
  if (links !== undefined) return { links: numbers(links), steps: numbers(steps), row: element };
  const own = all(`li[data-from="${step}"], li[data-to="${step}"]`).map(item => item.dataset.link);
  return { links: own, steps: [step, ...own.flatMap(ends)], aim: "step-" + step };
};
const of = id => {
  const found = /^(link|step)-(\d+)$/.exec(id);
  const element = found && all(`[data-${found[1]}="${found[2]}"]`)[0];
  return element ? meant(element) : null;
};

const words = shown => {
  const element = shown.row || document.getElementById(shown.aim);
  if (!element) return "";
  if (shown.row) return shown.row.querySelector("th a").textContent + ": receives " + shown.row.querySelector("td").firstChild.textContent.trim();
  if (shown.aim.startsWith("step-")) return element.querySelector("h4").textContent + ". " + element.querySelector("p").textContent;
  return stage.querySelector(`svg [data-link="${shown.links[0]}"] title`)?.textContent ?? "";
};

const show = shown => {
  for (const lit of all(".lit")) lit.classList.remove("lit", "aimed");
  stage.classList.toggle("tracing", Boolean(shown && shown.links.length));
  const text = shown ? words(shown) : "";
  for (const readout of readouts) {
    readout.textContent = text || hint;
    readout.classList.toggle("told", Boolean(text));
  }
  if (!shown) return;
  const light = (elements, aimed) => {
    for (const e of elements) {
      e.classList.add("lit");
      if (aimed) e.classList.add("aimed");
    }
  };
  for (const n of shown.links) light(all(`[data-link="${n}"]`), shown.aim === "link-" + n);
  for (const n of shown.steps) light(all(`g[data-step="${n}"]`), shown.aim === "step-" + n || shown.row);
  if (shown.aim?.startsWith("step-")) light(all(`li[data-step="${shown.aim.slice(5)}"]`), true);
  for (const row of all("[data-links]")) {
    const its = shown.row ? shown.row === row
      : shown.aim.startsWith("step-") ? numbers(row.dataset.steps).includes(shown.aim.slice(5))
      : numbers(row.dataset.links).includes(shown.links[0]);
    if (its) light([row], shown.row === row);
  }
};

const under = event => {
  const element = event.target.closest?.("[data-link], [data-links], [data-step]");
  return element ? meant(element) : null;
};
let kept = null; // what was clicked, or what the address names
const keep = (shown, remember) => {
  kept = shown;
  show(kept);
  if (remember) history.replaceState(history.state, "", shown?.aim ? "#" + shown.aim : location.pathname + location.search);
};
for (const part of parts) {
  part.addEventListener("pointerover", event => show(under(event) || kept));
  part.addEventListener("pointerleave", () => show(kept));
  part.addEventListener("focusin", event => show(under(event) || kept));
  part.addEventListener("focusout", () => show(kept));
  part.addEventListener("click", event => {
    if (event.target.closest("a, button")) return;
    const shown = under(event);
    if (shown) keep(shown.aim && shown.aim === kept?.aim || shown.row && shown.row === kept?.row ? null : shown, true);
    else if (kept && event.target.closest(".diagram")) keep(null, true);
  });
}
document.addEventListener("keydown", event => { if (event.key === "Escape" && kept) keep(null, true); });
const follow = () => keep(of(location.hash.slice(1)), false);
addEventListener("hashchange", follow);
if (location.hash) follow();

/* Enlarging: the picture's frame stays as it is, and the part of the picture that it shows gets smaller */

const most = 8, factor = 1.25;
const enlarge = figure => {
  const frame = figure.querySelector(".diagram"), svg = frame.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1, x = 0, y = 0;
  const between = (low, value, high) => Math.max(low, Math.min(value, high));
  const draw = () => {
    x = between(0, x, width - width / scale);
    y = between(0, y, height - height / scale);
    svg.setAttribute("viewBox", [x, y, width / scale, height / scale].join(" "));
    frame.classList.toggle("zoomed", scale > 1);
    figure.querySelector("output").textContent = Math.round(scale * 100) + " %";
  };
  const place = event => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const zoom = (by, at = { x: x + width / scale / 2, y: y + height / scale / 2 }) => {
    const next = between(1, scale * by, most);
    x = at.x - (at.x - x) * scale / next;
    y = at.y - (at.y - y) * scale / next;
    scale = next;
    draw();
  };
  const ways = { in: () => zoom(factor), out: () => zoom(1 / factor), fit: () => zoom(1 / most) };
  for (const button of figure.querySelectorAll("[data-zoom]")) button.addEventListener("click", ways[button.dataset.zoom]);

  frame.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const way = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    if (way) ways[way]();
    else if (step && scale > 1) {
      x += step[0] * width / scale / 8;
      y += step[1] * height / scale / 8;
      draw();
    } else return;
    event.preventDefault();
  });
  frame.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(2 ** (-event.deltaY / 200), place(event));
  }, { passive: false });

  // Drawn along with the pointer, once it is clear that it is no click.
  let from = null, moved = false;
  frame.addEventListener("pointerdown", event => {
    moved = false;
    if (scale > 1 && event.button === 0 && event.isPrimary) from = { at: place(event), x: event.clientX, y: event.clientY };
  });
  frame.addEventListener("pointermove", event => {
    if (!from) return;
    if (!moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) return;
    if (!moved) frame.setPointerCapture(event.pointerId);
    moved = true;
    const now = place(event);
    x += from.at.x - now.x;
    y += from.at.y - now.y;
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => { from = null; });
  frame.addEventListener("dragstart", event => event.preventDefault());
  frame.addEventListener("click", event => {
    if (!moved) return;
    event.preventDefault();
    event.stopPropagation();
    moved = false;
  }, true);
};

/* Full screen: the picture and its steps */

const fill = figure => {
  const button = figure.querySelector("[data-fullscreen]");
  if (!document.fullscreenEnabled) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    if (document.fullscreenElement) return document.exitFullscreen();
    for (const other of all(".picture")) other.classList.toggle("shown", other === figure);
    return stage.requestFullscreen().catch(() => {});
  });
  document.addEventListener("fullscreenchange", () => {
    const filled = document.fullscreenElement === stage;
    button.setAttribute("aria-pressed", String(filled));
    stage.querySelector(".steps").tabIndex = filled ? 0 : -1; // it scrolls
  });
};

/* PNG: the file of the picture, painted at twice its size */

const paint = async button => {
  const picture = new Image();
  picture.src = button.dataset.png;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * 2;
  canvas.height = picture.naturalHeight * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = button.dataset.png.split("/").pop().replace(/svg$/, "png");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

for (const figure of all(".picture")) {
  enlarge(figure);
  fill(figure);
  const button = figure.querySelector("[data-png]");
  button?.addEventListener("click", () => paint(button).catch(() => { button.textContent = "No PNG here"; }));
}

// Shows what the build found above the page, in a tree of its own that the page's styles do not reach.
(() => {
  "use strict";
  const own = new URL("./", document.currentScript.src);
  const host = document.createElement("candor-preview");
  const shade = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("overlay.css", own).href;
  shade.append(sheet);
  document.documentElement.append(host);

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (key === "onclick") element.addEventListener("click", value); else element.setAttribute(key, value);
    }
    element.append(...inside.filter(part => part !== null && part !== ""));
    return element;
  };

  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const words = { error: ["error", "errors"], warning: ["warning", "warnings"], incomplete: ["incomplete entry", "incomplete entries"] };
  const tally = found => Object.entries(words).map(([severity, [one, many]]) => {
    const n = found.findings.filter(finding => finding.severity === severity).length;
    return n ? count(n, one, many) : "";
  }).filter(Boolean).join(", ");

  const placeOf = at => at.open
    ? make("a", { href: at.open, title: "Open in the editor" }, at.name)
    : make("span", null, at.name);
  const lineOf = at => at.line
    ? make("pre", null, make("span", { class: "number" }, String(at.line)),
        make("code", null, at.before ?? "", make("mark", null, at.marked || " "), at.after ?? ""))
    : "";

  const item = finding => make("li", { class: finding.severity },
    make("p", { class: "where" }, make("strong", null, finding.severity), " ", placeOf(finding.at), make("span", { class: "rule" }, finding.rule)),
    make("p", { class: "message" }, finding.message),
    lineOf(finding.at),
    finding.hint ? make("p", { class: "hint" }, finding.hint) : "",
    ...(finding.related ?? []).map(at => make("div", { class: "related" }, make("p", null, at.text, ": ", placeOf(at)), lineOf(at))));

  let open = false, hidden = ""; // hidden is the report that somebody has put away
  let panel = null, badge = null;

  const close = () => { open = false; draw(); };
  const draw = () => {
    panel?.remove();
    badge?.remove();
    panel = badge = null;
    const { found } = draw;
    if (!found) return;
    const heavy = found.stopped || found.trouble;
    if (!heavy && !found.findings.length) { open = false; return; }
    if (open) {
      const title = found.trouble ? "The preview cannot go on" : found.stopped ? "This is the last site without gaps" : "The site is shown as it is";
      panel = make("section", { role: "dialog", "aria-labelledby": "title", class: heavy ? "heavy" : "" },
        make("header", null,
          make("div", null, make("h1", { id: "title" }, title), make("p", null, found.trouble ? "It tries again with the next change." : tally(found) + (found.stopped ? ", not shown yet" : ""))),
          make("button", { type: "button", onclick: close, title: "Hide (Esc)" }, "Hide")),
        found.trouble ? make("p", { class: "trouble", role: "alert" }, found.trouble, found.hint ? make("span", { class: "hint" }, found.hint) : "") : "",
        make("ol", null, ...found.findings.map(item)));
      shade.append(panel);
      return;
    }
    badge = make("button", { type: "button", class: "badge" + (heavy ? " heavy" : ""), "aria-label": "Show what was found", onclick: () => { open = true; hidden = ""; draw(); panel.querySelector("button").focus(); } },
      found.trouble ? "Trouble" : tally(found));
    shade.append(badge);
  };

  addEventListener("keydown", event => {
    if (event.key !== "Escape" || !open) return;
    close();
    shade.querySelector(".badge")?.focus();
  });

  const show = found => {
    const was = draw.found;
    draw.found = found;
    const heavy = found.stopped || found.trouble;
    const text = JSON.stringify(found);
    if (!heavy && was && (was.stopped || was.trouble)) open = false; // mended
    if (open && !heavy && !found.findings.length) open = false;
    if (heavy && text !== hidden && !(was && (was.stopped || was.trouble) && !open)) open = true; // what was put away stays so until it is mended
    const scroll = panel?.querySelector("ol")?.scrollTop ?? 0;
    draw();
    if (panel) panel.querySelector("ol").scrollTop = scroll;
  };

  sheet.addEventListener("load", () => window.dispatchEvent(new CustomEvent("candor-overlay", { detail: show })), { once: true });
})();

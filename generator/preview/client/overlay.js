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

  const words = [["error", "errors"], ["warning", "warnings"], ["incomplete entry", "incomplete entries"], ["exception", "exceptions"]];
  const tally = found => [...found.counts, found.exceptions.length]
    .map((n, i) => n ? `${n} ${words[i][n === 1 ? 0 : 1]}` : "").filter(Boolean).join(", ");

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

  const excepted = exception => make("li", { class: "exception" },
    make("p", { class: "where" }, make("strong", null, "exception"), " ", placeOf(exception.at), make("span", { class: "rule" }, exception.rule)),
    make("p", { class: "message" }, exception.reason),
    make("p", { class: "related" }, `until ${exception.expires}, ${exception.owner}`));

  const titleOf = found => found.trouble ? "The preview cannot go on" : !found.stopped ? "The site is shown as it is" :
    found.shown ? "This is the last site without gaps" : "There is no site without gaps yet";

  let found = null, open = false, panel = null, badge = null;
  const spoken = make("p", { class: "spoken", role: "status" }); // for those who hear the page: what comes up by itself takes no focus
  shade.append(spoken);

  const heavyIn = report => Boolean(report && (report.stopped || report.trouble));
  const empty = report => !heavyIn(report) && !tally(report);

  const paint = () => {
    const inside = shade.activeElement, scroll = panel?.querySelector("ol").scrollTop ?? 0;
    panel?.remove();
    badge?.remove();
    panel = badge = null;
    if (!found || empty(found)) return;
    const heavy = heavyIn(found) ? " heavy" : "";
    if (!open) {
      badge = make("button", { type: "button", class: "badge" + heavy, title: "Show what was found", onclick: () => turn(true) }, found.trouble ? "Trouble" : tally(found));
      shade.append(badge);
    } else {
      const more = found.counts.reduce((sum, n) => sum + n, 0) - found.findings.length;
      panel = make("section", { role: "dialog", "aria-labelledby": "title", class: "panel" + heavy },
        make("header", null,
          make("div", null, make("h1", { id: "title" }, titleOf(found)),
            make("p", null, [tally(found), found.trouble ? "it is tried again with the next change" : ""].filter(Boolean).join("; "))),
          make("button", { type: "button", onclick: () => turn(false), title: "Hide (Esc)" }, "Hide")),
        make("ol", { tabindex: "-1" },
          found.trouble ? make("li", { class: "error" }, make("p", { class: "message" }, found.trouble), found.hint ? make("p", { class: "hint" }, found.hint) : "") : "",
          ...found.findings.map(item), more > 0 ? make("li", null, make("p", { class: "related" }, `${more} more stand in the terminal`)) : "", ...found.exceptions.map(excepted)));
      shade.append(panel);
      panel.querySelector("ol").scrollTop = scroll;
    }
    if (inside) shade.querySelector("button")?.focus(); // what had the focus is another element now
  };

  // turn opens or closes the list because somebody asked for it.
  const turn = to => {
    open = to;
    paint();
    shade.querySelector("button")?.focus();
  };
  addEventListener("keydown", event => {
    if (event.key !== "Escape" || !open) return;
    open = false;
    paint(); // a field of the page that somebody types in keeps the focus
  });

  // show opens the list when a gap comes up. What was put away stays so until all is mended.
  const show = report => {
    const was = found;
    found = report;
    if (heavyIn(found) && !heavyIn(was)) open = true;
    if (empty(found) || heavyIn(was) && !heavyIn(found)) open = false;
    const words = heavyIn(found) ? `${titleOf(found)}: ${found.trouble || tally(found)}` : "";
    if (spoken.textContent !== words) spoken.textContent = words;
    paint();
  };

  sheet.addEventListener("load", () => window.dispatchEvent(new CustomEvent("candor-overlay", { detail: show })), { once: true });
})();

// What is asked inside a page that is looked at. It is evaluated there as a whole, once after each load, and leaves one name, candorLooks, behind. Its functions give plain
// values: lists of {what, where, hint}, where nothing listed means nothing wrong.
globalThis.candorLooks = (() => {
  // place names an element so that a person finds it: its own name and those of its two nearest ancestors, up to the nearest id.
  const place = el => {
    const parts = [];
    for (let e = el; e && e.localName !== "html" && parts.length < 3; e = e.parentElement) {
      const classes = [...e.classList].slice(0, 2).map(c => "." + c).join("");
      parts.unshift(e.localName + (e.id ? "#" + e.id : classes));
      if (e.id) break;
    }
    const text = (el.getAttribute("aria-label") || el.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return parts.join(" > ") + (text ? ` "${text}"` : "");
  };

  const rendered = el => el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && el.getClientRects().length > 0;
  // A thing for screen readers alone: cut down to nothing, or out of the picture.
  const unseen = el => {
    for (let e = el; e; e = e.parentElement) {
      const r = e.getBoundingClientRect(), s = getComputedStyle(e);
      if ((r.width <= 1 || r.height <= 1) && s.overflow !== "visible" && s.position === "absolute") return true;
      if (s.position === "absolute" && (r.right + scrollX <= 0 || r.bottom + scrollY <= 0)) return true;
    }
    return false;
  };

  // tabbables gives what the Tab key has to reach, in the order of the document.
  const tabbables = () => {
    const groups = new Set();
    return [...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, [tabindex], [contenteditable], audio[controls], video[controls], iframe")].filter(el => {
      if (el.tabIndex < 0 || el.matches(":disabled, [type=hidden]") || el.closest("[inert]") || !rendered(el)) return false;
      if (el.localName === "summary" && el.parentElement.querySelector(":scope > summary") !== el) return false;
      if (el.type === "radio" && el.name) { // one of a group is a stop: the one that is chosen, or the first
        const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(el.name)}"]`)].filter(r => r.form === el.form);
        const stop = group.find(r => r.checked) || group[0];
        if (stop !== el || groups.has(stop)) return false;
        groups.add(stop);
      }
      return true;
    });
  };

  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // rgba reads any colour of CSS, as the browser paints it.
  const known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = c => {
    const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  // contrast is that of WCAG 2, 1 to 21.
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05);
  };
  // canvas is the colour of a page that has none: the scheme's, or the reader's own.
  const canvas = () => {
    const probe = document.createElement("i");
    probe.hidden = true;
    probe.style.backgroundColor = "Canvas";
    document.documentElement.append(probe);
    const colour = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return rgba(colour);
  };
  const ground = el => {
    const layers = [];
    for (let e = el; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), canvas());
  };

  const watched = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "borderLeftWidth", "backgroundColor", "color", "textDecorationLine", "textDecorationThickness", "opacity"];
  const manner = el => {
    const s = getComputedStyle(el);
    return watched.map(name => s[name]);
  };
  // Who may show that el has the focus: itself, or what stands for it.
  const showing = el => [el, el.parentElement, el.nextElementSibling, ...(el.labels || [])].filter(Boolean);
  const rest = new WeakMap();
  const remember = list => { for (const el of list) for (const e of showing(el)) if (!rest.has(e)) rest.set(e, manner(e)); };

  // told says how the focus on el can be seen, or "" where it cannot. An outline must stand out from what is behind it by 3 to 1 (WCAG 2.2, 1.4.11).
  const told = el => {
    if (!rendered(el)) return "";
    for (const e of showing(el)) {
      const before = rest.get(e), now = manner(e);
      if (!before || before.join() === now.join() || e === el && unseen(el)) continue;
      const s = getComputedStyle(e), behind = ground(e.parentElement || e);
      if (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1 && (before[0] !== now[0] || before[1] !== now[1] || before[2] !== now[2])) {
        if (s.outlineStyle === "auto" || contrast(over(rgba(s.outlineColor), behind), behind) >= 3) return "outline";
        continue;
      }
      if (["boxShadow", "borderTopWidth", "borderBottomWidth", "borderLeftWidth", "textDecorationLine", "textDecorationThickness"].some(name => before[watched.indexOf(name)] !== now[watched.indexOf(name)])) return "shape";
      for (const name of ["backgroundColor", "color", "borderTopColor", "borderBottomColor"]) {
        const i = watched.indexOf(name);
        if (before[i] !== now[i] && contrast(over(rgba(before[i]), behind), over(rgba(now[i]), behind)) >= 3) return "colour";
      }
    }
    return "";
  };

  // walk listens to where the focus goes from now on; walked tells of it.
  let stops = [], wanted = [];
  const note = event => {
    if (event.target instanceof Element) stops.push({ el: event.target, told: told(event.target) });
  };
  const walk = () => {
    wanted = tabbables();
    document.activeElement?.blur?.();
    remember(wanted);
    remember(document.querySelectorAll("[tabindex]"));
    stops = [];
    document.addEventListener("focusin", note, true);
    return wanted.length;
  };
  const walked = () => {
    document.removeEventListener("focusin", note, true);
    const wrong = [], seen = new Set();
    let last = null, round = false;
    for (const { el, told } of stops) {
      if (seen.has(el)) { round = true; break; }
      seen.add(el);
      if (last && !(last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING))
        wrong.push({ what: "Tab comes here out of order", where: place(el), hint: `it comes after ${place(last)}; order the document, not tabindex` });
      last = el;
      if (!told && wanted.includes(el)) wrong.push({ what: "has the focus and does not show it", where: place(el), hint: "give :focus-visible an outline of 2px in a colour that stands out by 3 to 1" });
    }
    for (const el of wanted) if (el.tabIndex > 0) wrong.push({ what: "Tab comes here out of order", where: place(el), hint: "order the document, and take the tabindex away" });
    for (const el of wanted) if (!seen.has(el)) wrong.push({ what: "Tab does not reach this control", where: place(el), hint: round || !last ? "make it focusable in its place" : `the focus stays at ${place(last)}: let Tab go on` });
    return wrong;
  };

  // pretenders are things that look or claim to be controls and are none for the keyboard.
  const pretenders = () => {
    const reached = new Set(tabbables()), wrong = [];
    const roles = "[role=button], [role=link], [role=checkbox], [role=switch], [role=tab], [role=menuitem]";
    for (const el of document.body.querySelectorAll("*")) {
      const points = getComputedStyle(el).cursor === "pointer" && getComputedStyle(el.parentElement).cursor !== "pointer";
      if (!points && !el.matches(roles) || !rendered(el) || el.matches(":disabled")) continue;
      let owner = el;
      while (owner && !reached.has(owner) && !owner.control) owner = owner.parentElement;
      if (!owner && !el.matches("[role=tab][aria-selected=false]")) wrong.push({ what: "is for the mouse alone", where: place(el), hint: "make it a button or a link" });
    }
    return wrong;
  };

  // forcedFocus gives each kind of control the focus, and says which do not show it.
  const forcedFocus = () => {
    const kinds = new Set(), wrong = [], all = tabbables();
    document.activeElement?.blur?.();
    for (const el of all) for (const e of showing(el)) rest.set(e, manner(e));
    for (const el of all) {
      const kind = el.localName + "." + el.className + "<" + el.parentElement.localName + "." + el.parentElement.className;
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      el.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement === el && !told(el)) wrong.push({ what: "has the focus and does not show it in forced colours", where: place(el), hint: "use outline: shadows and backgrounds are taken away there" });
      el.blur();
    }
    return wrong;
  };

  // paints says which marks and which writing in pictures do not stand out from the page's ground or from the shape they lie on.
  const paints = () => {
    const wrong = [];
    for (const svg of document.querySelectorAll("svg")) {
      if (!rendered(svg)) continue;
      const behind = ground(svg.parentElement);
      const shapes = [...svg.querySelectorAll("path, circle, rect, ellipse, line, polyline, polygon")].filter(s => rendered(s) && !s.closest("defs, clipPath, mask, marker"));
      const stands = colour => colour && colour !== "none" && !colour.startsWith("url") && contrast(over(rgba(colour), behind), behind) >= 3;
      const seen = shapes.filter(s => { const c = getComputedStyle(s); return stands(c.stroke) || stands(c.fill); });
      if (shapes.length && !seen.length) wrong.push({ what: "nothing of this picture stands out in forced colours", where: place(svg), hint: "paint with CanvasText or currentColor in @media (forced-colors: active)" });
      for (const text of svg.querySelectorAll("text")) {
        if (!rendered(text)) continue;
        const r = text.getBoundingClientRect();
        let under = behind;
        for (const s of shapes) { // in the order in which they are painted
          if (!(s.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          const b = s.getBoundingClientRect(), fill = getComputedStyle(s).fill;
          if (s.localName === "line" || s.localName === "path" || fill === "none" || fill.startsWith("url") || b.left > r.left + 1 || b.right < r.right - 1 || b.top > r.top + 1 || b.bottom < r.bottom - 1) continue;
          under = over(rgba(fill), under);
        }
        const ratio = contrast(over(rgba(getComputedStyle(text).fill), under), under);
        if (ratio < 4.5) { wrong.push({ what: `writing in a picture stands out by ${ratio.toFixed(1)} to 1 in forced colours`, where: place(text), hint: "paint both with system colours in @media (forced-colors: active)" }); break; }
      }
    }
    return wrong;
  };

  // moves says what still moves where the reader asked for less of it.
  const moves = () => {
    const wrong = [], kinds = new Set();
    const some = list => list.split(",").some(d => parseFloat(d) * (d.includes("ms") ? 1 : 1000) > 1);
    for (const el of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const s = getComputedStyle(el, part);
        if (part && s.content === "none") continue;
        const what = some(s.transitionDuration) ? "has a transition" : s.animationName !== "none" && some(s.animationDuration) ? "is animated" : !part && s.scrollBehavior === "smooth" ? "scrolls smoothly" : "";
        if (!what || kinds.has(what + el.localName + el.className)) continue;
        kinds.add(what + el.localName + el.className);
        wrong.push({ what: `${what} where the reader asked for reduced motion`, where: place(el) + (part || ""), hint: "put it into @media (prefers-reduced-motion: no-preference)" });
      }
    }
    return wrong;
  };

  const scroller = el => {
    for (let e = el.parentElement; e && e !== document.body; e = e.parentElement) {
      const x = getComputedStyle(e).overflowX;
      if (x === "auto" || x === "scroll") return e;
    }
    return null;
  };
  // tooWide says what sticks out of the window to the right, or is cut off there.
  const tooWide = at => {
    const wrong = [], width = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll("*")].filter(el => !el.closest("svg svg, svg *") && rendered(el) && el.getBoundingClientRect().right > width + 1 && !scroller(el) && !unseen(el));
    const deepest = out.filter(el => !out.some(other => other !== el && el.contains(other)));
    if (document.documentElement.scrollWidth > width || deepest.some(el => el.textContent.trim()))
      for (const el of deepest.slice(0, 3)) wrong.push({ what: `sticks out of a window ${at} px wide by ${Math.ceil(el.getBoundingClientRect().right - width)} px`, where: place(el), hint: "let it wrap, shrink or scroll within its own box" });
    if (!deepest.length && document.documentElement.scrollWidth > width) wrong.push({ what: `the page scrolls sideways in a window ${at} px wide`, where: "html", hint: "find what is wider than 100 %" });
    for (const el of document.body.querySelectorAll("*")) {
      const s = getComputedStyle(el);
      if (!["hidden", "clip"].includes(s.overflowX) || el.scrollWidth <= el.clientWidth + 1 || el.clientWidth <= 1 || el.closest("svg, select, input") || !rendered(el) || unseen(el) || !el.innerText?.trim()) continue;
      wrong.push({ what: `its text is cut off in a window ${at} px wide`, where: place(el), hint: "let it wrap" });
    }
    return wrong;
  };

  // keep notes the controls and headings that are seen in a wide window; lost says which of them are not in a narrow one.
  let kept = [];
  const points = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, h1, h2, h3, h4, h5, h6, th, td")].filter(el => rendered(el) && !unseen(el) && (el.textContent.trim() || el.matches("input, select, textarea")));
  const keep = () => { kept = points(); };
  const lost = at => {
    const now = new Set(points()), wrong = [];
    for (const el of kept) {
      if (now.has(el) || el.closest("thead") && el.closest("th")) continue; // heads of a table stand in its cells when it is folded, and what sorts by them in a control above
      const nav = el.closest("nav");
      if (nav && [...nav.querySelectorAll("a")].every(a => a.getAttribute("href")?.startsWith("#"))) continue; // contents of the page double what is there
      const popover = el.closest("[popover]"), opener = popover && document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
      if (opener && now.has(opener)) continue;
      const folded = el.closest("details:not([open])");
      if (folded && now.has(folded.querySelector("summary"))) continue;
      wrong.push({ what: `is not there in a window ${at} px wide`, where: place(el), hint: "fold it into details, or let it wrap" });
      if (wrong.length === 3) break;
    }
    return wrong;
  };

  // unfold has the browser lay out what it would lay out when it is scrolled to: measures and checkers take what is skipped for not there.
  const unfold = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { content-visibility: visible !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  // arranged is the same where the same elements are shown in the same places.
  const arranged = () => {
    let all = "";
    for (const el of document.body.querySelectorAll("*")) {
      const r = el.getBoundingClientRect();
      all += `${r.x | 0},${r.y | 0},${r.width | 0},${r.height | 0},${el.checkVisibility({ visibilityProperty: true }) ? 1 : 0};`;
    }
    return all;
  };

  // features are what a page is made of: each kind of element in each kind of place, by names, classes and what else is not of this page alone, and the steps between its headings.
  const named = new Set(["id", "href", "src", "for", "title", "content", "value", "d", "viewbox", "datetime", "points", "transform", "alt", "name", "action", "class", "style", "colspan", "rowspan", "lang", "dir"]);
  const made = el => el.localName + [...el.classList].sort().map(c => "." + c).join("") + (el.firstElementChild || el.textContent.trim() ? "" : " empty")
    + [...el.attributes].filter(a => !named.has(a.name.toLowerCase()) && !/^(data-|aria-(label|labelledby|describedby|controls|owns)$|[xy][12]?$|[cr][xy]?$|width$|height$|font|text|preserve|stroke|fill)/.test(a.name)).map(a => ` ${a.name}=${a.value}`).sort().join("");
  const features = page => {
    const all = new Set();
    const visit = (el, parent) => {
      const own = made(el);
      all.add(parent + " > " + own);
      for (const child of el.children) visit(child, own);
    };
    visit(page.body, "");
    const levels = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => h.localName);
    levels.forEach((level, i) => all.add((levels[i - 1] || "start") + " then " + level));
    return [...all];
  };

  // thin leaves of the children of one element that are made of the same, all the way down, the first few and the one that says most. It says how many elements there are then.
  const thin = few => {
    const numbers = new Map(); // what an element is made of, by a number
    const visit = el => {
      const alike = new Map();
      for (const child of [...el.children]) {
        const kind = visit(child);
        if (!alike.has(kind)) alike.set(kind, []);
        alike.get(kind).push(child);
      }
      for (const list of alike.values()) {
        const rest = list.slice(few), says = rest.map(child => child.textContent.length), most = says.indexOf(Math.max(...says));
        rest.forEach((child, i) => { if (i !== most) child.remove(); });
      }
      const all = made(el) + "|" + [...alike.keys()].sort((a, b) => a - b).join();
      if (!numbers.has(all)) numbers.set(all, numbers.size);
      return numbers.get(all);
    };
    visit(document.body);
    return size();
  };
  const size = () => document.body.getElementsByTagName("*").length;

  // survey reads a page that is not shown: its features, how much it says, its longest word, the places in it, and the places of the site's pages that it links to.
  const survey = (html, address, made) => {
    const page = new DOMParser().parseFromString(html, "text/html"), text = page.body.textContent, origin = new URL(address).origin;
    const links = [...page.querySelectorAll("a[href*='#']")].map(a => ({ to: new URL(a.getAttribute("href"), address), where: place(a) })).filter(({ to }) => to.origin === origin && to.hash.length > 1);
    return {
      features: made ? features(page) : [],
      text: text.length,
      word: text.split(/\s+/).reduce((n, w) => Math.max(n, w.length), 0),
      ids: [...page.querySelectorAll("[id]")].map(el => el.id),
      links: links.map(({ to, where }) => ({ path: to.pathname, id: decodeURIComponent(to.hash.slice(1)), where })),
    };
  };

  return { place, walk, walked, pretenders, forcedFocus, paints, moves, tooWide, keep, lost, unfold, arranged, size, thin, survey };
})();

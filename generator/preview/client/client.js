// The preview's own script, in every page that it serves. It is not deferred, so it runs before the page's scripts; what it copies once the page has been read, and before
// they run, is the page as it was served. From then on it is told what is new over one WebSocket, and never asks.
(() => {
  "use strict";
  const tag = document.currentScript;
  const { file, sum, pictures, missing } = tag.dataset;
  const root = new URL("./", tag.src);
  tag.remove();

  let served = null; // the page as the server last gave it
  const state = { file, sum, pictures, missing, sheet: "" };
  const sheetOf = page => [...page.querySelectorAll("link[rel=stylesheet]")].find(link => /\/assets\/site\.[0-9a-f]+\.css$/.test(link.getAttribute("href") ?? ""));
  const sheetName = page => sheetOf(page)?.getAttribute("href").match(/\/assets\/site\.[0-9a-f]+\.css$/)[0] ?? "";
  state.sheet = sheetName(document);

  // --- a page that is another one now

  class Unsafe extends Error {}
  const unsafe = why => { throw new Unsafe(why); };

  // Scripts that listen to an element hold it, and would want to hold another one of its kind that comes later.
  const listened = new Set();
  const kindOf = element => [element.nodeName, element.className, ...element.getAttributeNames()].join(" ");
  for (const [owner, name] of [[EventTarget, "addEventListener"], [IntersectionObserver, "observe"], [ResizeObserver, "observe"], [MutationObserver, "observe"]]) {
    const whole = owner.prototype[name];
    owner.prototype[name] = function (...given) {
      const element = owner === EventTarget ? this : given[0];
      if (element instanceof Element && element !== document.body && element !== document.documentElement) listened.add(kindOf(element));
      return whole.apply(this, given);
    };
  }

  // What scripts may have got hold of must not be exchanged behind their backs, though what is inside may. The attributes that tell steps and links of a
  // data flow apart are looked up anew with each event, so they may come and go.
  const free = /^data-(link|links|step|steps|from|to)$/;
  const closed = element => element.nodeName.includes("-") ||
    /^(FORM|INPUT|BUTTON|SELECT|TEXTAREA|SCRIPT|STYLE|LINK|IFRAME|OBJECT|EMBED|VIDEO|AUDIO|CANVAS|DIALOG|TEMPLATE)$/.test(element.nodeName);
  const hook = name => name.startsWith("data-") && !free.test(name);
  const held = element => closed(element) || element.getAttributeNames().some(hook) || listened.has(kindOf(element));
  const plain = node => {
    if (node.nodeType !== Node.ELEMENT_NODE || node.nodeName === "svg") return true;
    return !held(node) && [...node.querySelectorAll("*")].every(inner => inner.closest("svg") || !held(inner));
  };

  // plan lists what turns live into next, given that live still is what was served as base. It changes nothing yet.
  const plan = (base, next, live, steps) => {
    if (base.isEqualNode(next)) return;
    if (!live || live.nodeName !== base.nodeName || base.nodeName !== next.nodeName) unsafe("the page is not what was served");
    if (base.nodeType !== Node.ELEMENT_NODE) {
      if (live.data !== base.data) unsafe("a text was changed by a script");
      steps.push(() => { live.data = next.data; });
      return;
    }
    if (base.nodeName === "svg") {
      if (!live.isEqualNode(base) && !live.querySelector(".lit") && !live.classList.contains("tracing")) unsafe("a picture was changed by a script");
      steps.push(() => live.replaceWith(document.importNode(next, true)));
      return;
    }
    if (closed(base)) unsafe("a script may hold what is in this: " + base.nodeName);
    planAttributes(base, next, live, steps);
    planChildren(base, next, live, steps);
  };

  const planAttributes = (base, next, live, steps) => {
    const names = new Set([...base.getAttributeNames(), ...next.getAttributeNames()]);
    for (const name of names) {
      const to = next.getAttribute(name);
      if (base.getAttribute(name) === to) continue;
      if (hook(name)) unsafe("a script may have read this: " + name);
      if (live.getAttribute(name) !== base.getAttribute(name)) unsafe("an attribute was changed by a script");
      steps.push(() => to === null ? live.removeAttribute(name) : live.setAttribute(name, to));
    }
  };

  const planChildren = (base, next, live, steps) => {
    const was = [...base.childNodes], is = [...next.childNodes], here = [...live.childNodes];
    let from = 0, kept = 0;
    while (from < was.length && from < is.length && was[from].isEqualNode(is[from])) from++;
    while (kept < was.length - from && kept < is.length - from && was[was.length - 1 - kept].isEqualNode(is[is.length - 1 - kept])) kept++;
    if (from === was.length && from === is.length) return;
    // Scripts may have added at the end, as the theme's own does to the body; anywhere else it is no longer known what is what.
    if (here.length < was.length || live !== document.body && here.length !== was.length) unsafe("a script added or removed elements");
    for (let i = 0; i < was.length; i++) if (here[i].nodeName !== was[i].nodeName) unsafe("a script moved elements");
    const old = was.slice(from, was.length - kept), now = is.slice(from, is.length - kept);
    const pairs = pair(old, now);
    let at = from; // of the next live child that has not been looked at
    for (const [i, j] of pairs) {
      if (i !== null && j !== null) {
        plan(old[i], now[j], here[at++], steps);
      } else if (i !== null) {
        const gone = here[at++];
        if (!plain(old[i]) || !gone.isEqualNode(old[i]) && !(gone.nodeName === "DETAILS")) unsafe("what goes may be held by a script");
        steps.push(() => gone.remove());
      } else {
        if (!plain(now[j])) unsafe("what comes may be wanted by a script");
        const before = here[at] ?? null;
        steps.push(() => live.insertBefore(document.importNode(now[j], true), before?.parentNode === live ? before : null));
      }
    }
  };

  // pair brings the children together that are the same, and between these the ones of one name, in their order.
  const pair = (old, now) => {
    if (old.length * now.length > 250_000) unsafe("too much has changed");
    const key = node => node.nodeName + " " + (node.outerHTML ?? node.data);
    const a = old.map(key), b = now.map(key);
    const longest = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) {
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
    const pairs = [];
    let i = 0, j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { pairs.push([i++, j++]); continue; }
      const gone = [], come = [];
      while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
        if (j >= b.length || i < a.length && longest[i + 1][j] >= longest[i][j + 1]) gone.push(i++); else come.push(j++);
      }
      while (gone.length && come.length && old[gone[0]].nodeName === now[come[0]].nodeName) pairs.push([gone.shift(), come.shift()]);
      for (const one of gone) pairs.push([one, null]);
      for (const one of come) pairs.push([null, one]);
    }
    return pairs;
  };

  const scripts = page => [...page.querySelectorAll("script[src]")].map(script => script.getAttribute("src")).join(" ");

  // show turns the page into another one, in place if that can be done without harm.
  const show = order => {
    const next = new DOMParser().parseFromString(order.html, "text/html").documentElement;
    const steps = [];
    try {
      if (scripts(next) !== scripts(served)) unsafe("its scripts are others");
      const sheets = sheetName(next) !== sheetName(served) ? [sheetName(served), sheetName(next)] : null;
      const base = sheets ? served.cloneNode(true) : served;
      if (sheets?.every(Boolean)) sheetOf(base).setAttribute("href", sheetOf(next).getAttribute("href")); // seen to below
      for (const part of ["head", "body"]) {
        planPart(base.querySelector(part), next.querySelector(part), document[part], steps);
      }
      for (const step of steps) step();
      served = next;
      Object.assign(state, { sum: order.sum, sheet: order.sheet });
      if (sheets?.every(Boolean)) dress(sheetOf(next).getAttribute("href"));
    } catch (error) {
      if (!(error instanceof Unsafe)) console.debug("candor:", error);
      reload();
    }
  };

  const planPart = (base, next, live, steps) => {
    if (base.isEqualNode(next)) return;
    planAttributes(base, next, live, steps);
    if (base.nodeName !== "HEAD") return planChildren(base, next, live, steps);
    // In the head it is the title and what describes the page; all of it without effect on scripts.
    const was = [...base.children], is = [...next.children];
    const rows = element => element.nodeName === "TITLE" || element.nodeName === "META" || element.nodeName === "LINK" && element.rel !== "stylesheet";
    const rest = list => list.filter(element => !rows(element)).map(element => element.outerHTML).join();
    if (rest(was) !== rest(is)) unsafe("the head is another");
    steps.push(() => {
      for (const element of [...live.children]) if (rows(element)) element.remove();
      for (const element of is) if (rows(element)) live.append(document.importNode(element, true));
    });
  };

  // dress puts on another stylesheet, and takes the old one off when the new one is there, so that the page is never without.
  const dress = href => {
    const old = [...document.querySelectorAll("link[rel=stylesheet]")].filter(link => link.dataset.candor === undefined && /\/assets\/site\./.test(link.href));
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    const done = () => old.forEach(one => one.remove());
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    (old.at(-1) ?? document.head.lastElementChild).after(link);
  };

  // --- a full reload that nobody notices

  const memory = "candor-preview " + location.pathname;
  const pathOf = element => {
    if (element.id) return "#" + CSS.escape(element.id);
    const path = [];
    for (; element && element !== document.documentElement; element = element.parentElement) {
      if (element.id) { path.unshift("#" + CSS.escape(element.id)); break; }
      path.unshift(`${element.localName}:nth-of-type(${[...element.parentElement.children].filter(e => e.localName === element.localName).indexOf(element) + 1})`);
    }
    return path.join(" > ");
  };
  const keep = () => {
    let anchor = null;
    for (const element of document.querySelectorAll("main [id], main h1, main h2, main h3, main p, main li, main tr, main dt")) {
      const top = element.getBoundingClientRect().top;
      if (top >= 0) { anchor = { path: pathOf(element), top }; break; }
    }
    const details = [...document.querySelectorAll("details")].map(one => [pathOf(one), one.open]);
    const fields = [...document.querySelectorAll("input, select, textarea")].map(one => [pathOf(one), one.value, one.checked]);
    const focus = document.activeElement && document.activeElement !== document.body ? pathOf(document.activeElement) : null;
    try { sessionStorage.setItem(memory, JSON.stringify({ x: scrollX, y: scrollY, anchor, details, fields, focus })); } catch { /* then it begins at the top */ }
  };
  const recall = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
    } catch { /* nothing was kept */ }
    if (!kept) return;
    const find = path => { try { return document.querySelector(path); } catch { return null; } };
    for (const [path, open] of kept.details) { const one = find(path); if (one) one.open = open; }
    const settle = () => {
      const element = kept.anchor && kept.y > 0 && find(kept.anchor.path);
      if (element) scrollTo({ left: kept.x, top: scrollY + element.getBoundingClientRect().top - kept.anchor.top, behavior: "instant" });
      else scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    };
    settle();
    addEventListener("load", () => {
      for (const [path, value, checked] of kept.fields) {
        const one = find(path);
        if (!one || one.value === value && one.checked === checked) continue;
        Object.assign(one, { value, checked });
        one.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (kept.focus) find(kept.focus)?.focus({ preventScroll: true });
      settle();
      history.scrollRestoration = "auto";
    }, { once: true });
  };
  const reload = () => {
    keep();
    history.scrollRestoration = "manual"; // the browser would count pixels, and later than all else
    location.reload();
  };
  const leave = to => location.replace(to);

  // --- the channel

  let wait = 50;
  const painted = channel => { // the server goes on with the rest of its work then
    const say = () => channel.readyState === WebSocket.OPEN && channel.send("{}");
    if (document.hidden) say(); else requestAnimationFrame(() => setTimeout(say));
  };
  const listen = () => {
    const channel = new WebSocket(root.href.replace(/^http/, "ws") + "channel");
    channel.onopen = () => { wait = 50; channel.send(JSON.stringify(state)); };
    channel.onmessage = event => {
      const order = JSON.parse(event.data);
      if (order.kind !== "report") painted(channel);
      if (order.kind === "page") show(order);
      else if (order.kind === "styles") {
        const link = sheetOf(served);
        const href = order.sheet;
        link?.setAttribute("href", href);
        Object.assign(state, { sum: order.sum, sheet: href.match(/\/assets\/site\.[0-9a-f]+\.css$/)[0] });
        dress(href);
      } else if (order.kind === "load") reload();
      else if (order.kind === "gone") leave(order.to);
      else if (order.kind === "report") report(order);
    };
    channel.onclose = () => { setTimeout(listen, wait); wait = Math.min(wait * 2, 1000); };
  };

  let waiting = null, overlay = null;
  const report = found => {
    waiting = found;
    overlay?.(found);
  };
  window.addEventListener("candor-overlay", event => { // the overlay's script is only fetched once there is something to say
    overlay = event.detail;
    if (waiting) overlay(waiting);
  }, { once: true });
  const ask = document.createElement("script");
  ask.src = new URL("overlay.js", root).href;
  ask.async = true;
  ask.addEventListener("load", () => ask.remove());

  recall();
  document.addEventListener("readystatechange", () => { // "interactive": all of the page is there, and deferred scripts are about to run
    served = document.documentElement.cloneNode(true);
    listen();
  }, { once: true });
  addEventListener("DOMContentLoaded", () => document.head.append(ask), { once: true });
})();

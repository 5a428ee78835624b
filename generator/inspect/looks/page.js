// Looks at one page after the other in tabs of one browser. A site is {name, url, axe, sample, pages: [{path, kind, bytes, drawn}]}; say takes {page, tool, what, where, hint}.
import { readFileSync } from "node:fs";

const inPage = readFileSync(new URL("inpage.js", import.meta.url), "utf8");

// What asks a site for a page piece by piece; see site.go.
const inPieces = "Candor-In-Pieces";

// The sizes of windows: a desk, the same at 200 %, a phone, and the narrowest of all (WCAG 2.2, 1.4.10).
const desk = [1280, 800], zoomed = [640, 400], phone = [390, 844], narrow = [320, 640];

// Most bytes that come over the wire for a page: the front page with everything, any other without its pictures, whether they are files or drawn in it. A
// kilobyte is 1,000 bytes.
const mostForFront = 50_000, mostForAny = 150_000;

// A page of more elements than this is thinned once its bytes are counted and it has been scrolled: axe's time grows faster than a page, and row 300 of a table is made of what
// row 3 is made of.
const mostElements = 2_000;

export class Tab {
  static async open(browser) {
    const tab = new Tab();
    tab.page = await browser.newPage();
    tab.cdp = await tab.page.createCDPSession();
    tab.page.setDefaultTimeout(60_000);
    for (const [method, params] of [["Network.enable"], ["Network.setCacheDisabled", { cacheDisabled: true }], ["Log.enable"], ["Runtime.enable"], ["Emulation.setFocusEmulationEnabled", { enabled: true }]])
      await tab.cdp.send(method, params);
    await tab.page.evaluateOnNewDocument(() => {
      globalThis.candorShifts = [];
      new PerformanceObserver(list => {
        for (const e of list.getEntries()) if (!e.hadRecentInput) globalThis.candorShifts.push({ value: e.value, node: e.sources?.[0]?.node });
      }).observe({ type: "layout-shift", buffered: true });
    });
    tab.listen();
    return tab;
  }

  listen() {
    this.requests = new Map();
    this.complaints = [];
    this.cdp.on("Network.requestWillBeSent", e => {
      if (!e.request.url.startsWith("data:")) this.requests.set(e.requestId, { url: e.request.url, type: e.type, bytes: 0 });
    });
    this.cdp.on("Network.responseReceived", e => {
      const r = this.requests.get(e.requestId);
      if (r) r.status = e.response.status;
    });
    this.cdp.on("Network.loadingFinished", e => {
      const r = this.requests.get(e.requestId);
      if (r) r.bytes = e.encodedDataLength;
    });
    this.cdp.on("Log.entryAdded", e => { if (e.entry.level !== "info" && e.entry.level !== "verbose") this.complaints.push(e.entry.text); });
    this.cdp.on("Runtime.exceptionThrown", e => this.complaints.push(e.exceptionDetails.exception?.description || e.exceptionDetails.text));
  }

  async window([width, height]) {
    await this.cdp.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }

  async media(scheme, { reduced = false, forced = false } = {}) {
    await this.cdp.send("Emulation.setEmulatedMedia", { media: "screen", features: [
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: reduced ? "reduce" : "no-preference" },
      { name: "forced-colors", value: forced ? "active" : "none" },
    ] });
  }

  ask(name, ...args) {
    return this.page.evaluate((name, args) => candorLooks[name](...args), name, args);
  }

  async press(key, times = 1) {
    const code = { Tab: 9, Enter: 13 }[key], sent = [];
    for (let i = 0; i < times; i++) {
      const params = { key, code: key, windowsVirtualKeyCode: code, ...(key === "Enter" ? { text: "\r" } : {}) };
      sent.push(this.cdp.send("Input.dispatchKeyEvent", { type: key === "Enter" ? "keyDown" : "rawKeyDown", ...params }), this.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...params }));
    }
    await Promise.all(sent);
  }

  // hold keeps the next page that is loaded from leading on, until it is released.
  async hold() {
    let first = true;
    const answer = e => {
      const method = first ? "Fetch.continueRequest" : "Fetch.failRequest";
      this.cdp.send(method, { requestId: e.requestId, ...(first ? {} : { errorReason: "Aborted" }) }).catch(() => {});
      first = false;
    };
    this.cdp.on("Fetch.requestPaused", answer);
    await this.cdp.send("Fetch.enable", { patterns: [{ urlPattern: "*", resourceType: "Document" }] });
    this.release = async () => {
      this.release = undefined;
      this.cdp.off("Fetch.requestPaused", answer);
      await this.cdp.send("Fetch.disable");
    };
  }

  // load opens a page in a window with nothing kept from before, at once or as over a slow line. A page that leads on at once is held.
  async load(site, page, window, slowly) {
    this.requests.clear();
    this.complaints.length = 0;
    await this.window(window);
    await this.cdp.send("Network.setExtraHTTPHeaders", { headers: slowly ? { [inPieces]: "yes" } : {} });
    await this.media("light");
    await this.release?.();
    if (page.kind === "redirect") await this.hold();
    await this.page.goto(site.url + page.path, { waitUntil: page.kind === "redirect" ? "domcontentloaded" : "load" });
    await this.page.evaluate(inPage);
  }
}

const frames = (tab, n = 2) => tab.page.evaluate(n => new Promise(done => {
  const next = () => n-- > 0 ? requestAnimationFrame(next) : done();
  next();
}), n);

// network tells of what was fetched, and from where. A page that came slowly was not zipped.
function network(tab, site, page, slowly, say) {
  let all = 0, pictures = 0;
  for (const r of tab.requests.values()) {
    if (!r.url.startsWith(site.url + "/")) say({ tool: "requests", what: `asks another host: ${r.url}`, where: r.type, hint: "carry the file with the site" });
    else if (r.status >= 400 && !r.url.endsWith("/favicon.ico")) say({ tool: "requests", what: `is answered with ${r.status}: ${r.url.slice(site.url.length)}`, where: r.type, hint: "remove the reference or add the file" });
    if (r.type === "Document" && slowly) r.bytes = page.bytes;
    all += r.bytes;
    if (r.type === "Image") pictures += r.bytes;
  }
  if (page.path === "/" && all > mostForFront) say({ tool: "transfer", what: `${all} bytes come over the wire, ${mostForFront} are allowed for the front page`, where: "/", hint: "look for what the page can do without" });
  pictures += page.drawn; // those that are drawn in the page
  if (all - pictures > mostForAny) say({ tool: "transfer", what: `${all - pictures} bytes come over the wire without pictures, ${mostForAny} are allowed`, where: page.path, hint: "split the page, or look for what it can do without" });
  for (const text of tab.complaints) if (page.kind !== "redirect") say({ tool: "console", what: text.split("\n")[0], where: page.path, hint: "the browser's console says more" });
  return all - pictures;
}

// A page moves when a line of it does: one that grows by 5 px counts 0.002. A mark that is painted before the word behind it has arrived counts 0.00003.
const leastShift = .0005;

// steady scrolls to the end and says what has moved on its own.
async function steady(tab, most, say) {
  const { shifts, width } = await tab.page.evaluate(async most => {
    const frame = () => new Promise(requestAnimationFrame);
    const end = document.documentElement.scrollHeight, steps = Math.min(most, Math.ceil(end / innerHeight));
    for (let i = 1; i <= steps; i++) {
      scrollTo({ top: end * i / steps, behavior: "instant" });
      await frame();
    }
    await frame();
    scrollTo({ top: 0, behavior: "instant" });
    await frame();
    return { width: innerWidth, shifts: candorShifts.map(s => ({ value: s.value, where: s.node?.parentElement ? candorLooks.place(s.node instanceof Element ? s.node : s.node.parentElement) : "" })) };
  }, most);
  const sum = shifts.reduce((a, s) => a + s.value, 0);
  if (sum >= leastShift) say({ tool: "shift", what: `moves by ${sum.toFixed(4)} while it loads or is scrolled, ${width} px wide`, where: shifts[0].where, hint: "give it its size before what is in it has arrived" });
}

// pictures says which drawings do not tell what they show, as the browser tells it to a screen reader.
async function pictures(tab, say) {
  await tab.cdp.send("Accessibility.enable"); // here alone: the browser keeps its tree up to date from then on
  const { result: list } = await tab.cdp.send("Runtime.evaluate", { expression: "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility() && !s.closest('[aria-hidden=true]') && !s.parentElement.closest('svg'))" });
  const { result: drawings } = await tab.cdp.send("Runtime.getProperties", { objectId: list.objectId, ownProperties: true });
  for (const { value: { objectId, subtype } } of drawings) {
    if (subtype !== "node") continue; // the length of the list is a property too
    const { nodes: [n] } = await tab.cdp.send("Accessibility.getPartialAXTree", { objectId, fetchRelatives: false });
    const { result: { value: { where, role } } } = await tab.cdp.send("Runtime.callFunctionOn", { objectId, returnByValue: true, functionDeclaration: "function () { return { where: candorLooks.place(this), role: this.getAttribute('role') }; }" });
    const missing = [!role && "role", !n?.name?.value && "name", !n?.description?.value && "description"].filter(Boolean);
    if (missing.length) say({ tool: "pictures", what: `a drawing has no ${missing.join(" and no ")}`, where, hint: "role=img with title and desc named by aria-labelledby and aria-describedby, or aria-hidden=true where it only decorates" });
  }
  await tab.cdp.send("Accessibility.disable");
}

// The rules of axe that look at colours. Colours change with the scheme; everything else does where other things are shown, or elsewhere, which arranged tells.
const colours = ["color-contrast", "link-in-text-block"];

// readyAxe loads axe from where the site is served, out of the browser's cache: to send half a megabyte takes as long as axe takes for a page.
async function readyAxe(tab, site) {
  await tab.cdp.send("Network.setCacheDisabled", { cacheDisabled: false });
  await tab.page.evaluate(address => new Promise((done, wrong) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => { script.remove(); done(); };
    script.onerror = () => wrong(new Error("axe cannot be loaded from " + address));
    document.head.append(script);
  }), site.axe);
  await tab.cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
}

// axe runs its rules, all of them or some.
async function axe(tab, where, say, only) {
  const found = await tab.page.evaluate(async only => (await axe.run(document, { resultTypes: ["violations"], preload: false, elementRef: false, ...(only ? { runOnly: { type: "rule", values: only } } : { rules: { "target-size": { enabled: true } } }) }))
    .violations.map(v => ({ id: v.id, help: v.help, targets: v.nodes.slice(0, 3).map(n => n.target.flat().join(" ")), all: v.nodes.length, why: v.nodes[0].failureSummary.split("\n").slice(1, 2).join("").trim() })), only);
  for (const v of found) say({ tool: "axe", what: `${v.id}: ${v.help} (${v.all} times, ${where})`, where: v.targets.join(", "), hint: v.why });
}

// schemes runs axe light and dark.
async function schemes(tab, where, say) {
  await tab.media("light", { reduced: true });
  await axe(tab, "light" + where, say);
  const light = await tab.ask("arranged");
  await tab.media("dark", { reduced: true });
  await axe(tab, "dark" + where, say, light === await tab.ask("arranged") ? colours : undefined);
  await tab.media("light", { reduced: true });
}

// keyboard walks through the page with the keys that its readers have.
async function keyboard(tab, say) {
  const tell = list => { for (const f of list) say({ tool: "keyboard", ...f }); };
  await tab.ask("walk");
  await tab.press("Tab");
  const first = await tab.page.evaluate(() => {
    const el = document.activeElement, target = el?.localName === "a" && el.getAttribute("href")?.startsWith("#") && document.getElementById(el.hash.slice(1));
    return { where: el ? candorLooks.place(el) : "", skips: !!target };
  });
  if (!first.skips) tell([{ what: "the first stop of Tab does not skip to the content", where: first.where, hint: 'begin the body with <a class="skip" href="#section-main">' }]);
  else {
    await tab.press("Enter");
    const went = await tab.page.evaluate(() => {
      const link = document.querySelector("a[href^='#']");
      return document.activeElement === document.getElementById(link.hash.slice(1)) && location.hash === link.hash;
    });
    if (!went) tell([{ what: "the skip link does not take the focus along", where: first.where, hint: "its target wants tabindex=-1" }]);
  }
  const stops = await tab.ask("walk");
  await tab.page.evaluate(() => { const s = getSelection(); s.removeAllRanges(); document.querySelector("a[href^='#'].skip, a[href^='#']")?.focus({ focusVisible: true }); });
  await tab.press("Tab", stops + 4);
  tell(await tab.ask("walked"));
  tell(await tab.ask("pretenders"));
}

// look does all that is done with a page. full is for pages that have what no other has: what cannot differ between pages that are made of the same is asked there alone. onPhone has steady and axe look
// at a phone's window too.
export async function look(tab, site, page, { full, onPhone, spent, say }) {
  let since = performance.now();
  const lap = part => {
    const now = performance.now();
    spent(part, (now - since) / 1000);
    since = now;
  };
  const at = f => say({ page: page.path, ...f });
  const each = (tool, list) => { for (const f of list) at({ tool, ...f }); };
  const slowly = full || site.sample;
  if (onPhone && page.kind !== "print") { // a book is long to lay out, and made of the others' parts
    await tab.load(site, page, phone, slowly);
    await steady(tab, 3, at);
    lap("phone steady");
  }
  await tab.load(site, page, desk, slowly);
  lap("load");
  await steady(tab, full ? 8 : 3, at);
  lap("steady");
  const bytes = network(tab, site, page, slowly, at);
  for (const few of [8, 4, 2, 1]) if (await tab.ask("size") > mostElements) await tab.ask("thin", few);
  lap("thin");
  await tab.media("light", { reduced: true });
  await tab.ask("unfold");
  await tab.ask("keep");
  lap("keep");
  await tab.window(zoomed);
  await frames(tab, 1);
  each("zoom", await tab.ask("tooWide", zoomed[0]));
  each("zoom", await tab.ask("lost", zoomed[0]));
  await tab.window(narrow);
  await frames(tab, 1);
  each("320 px", await tab.ask("tooWide", narrow[0]));
  lap("narrow");
  await tab.window(desk);
  await readyAxe(tab, site);
  lap("axe ready");
  await schemes(tab, "", at);
  lap("axe");
  if (full) {
    await pictures(tab, at);
    each("motion", await tab.ask("moves"));
    lap("pictures and motion");
    await keyboard(tab, at);
    lap("keyboard");
    for (const scheme of ["light", "dark"]) {
      await tab.media(scheme, { reduced: true, forced: true });
      each("forced colours", await tab.ask("forcedFocus"));
      each("forced colours", await tab.ask("paints"));
    }
    await tab.media("light", { reduced: true });
    lap("forced colours");
  }
  if (onPhone) {
    await tab.window(phone);
    await frames(tab, 1);
    await axe(tab, `light, ${phone[0]} px wide`, at);
    lap("phone");
  }
  return bytes;
}

// survey reads the pages of a site without showing them, in an empty tab.
export async function survey(tab, site) {
  await tab.page.goto("about:blank");
  await tab.page.evaluate(inPage);
  for (const page of site.pages) {
    const address = site.url + page.path, html = await (await fetch(address)).text();
    Object.assign(page, await tab.ask("survey", html, address, !site.sample));
  }
}

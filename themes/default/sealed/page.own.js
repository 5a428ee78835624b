// Opens a sealed page with the key in its address, behind the #, which no browser sends anywhere. What is opened was closed with AES-256-GCM by the same
// program that made the page; it is put in without whatever could run. The key stays in the address, so that a bookmark works, and nowhere else.
const seal = document.getElementById("section-sealed");
if (seal) {
  const letters = "abcdefghijklmnopqrstuvwxyz234567", whole = 52;
  const id = seal.dataset.page;
  const form = seal.querySelector("form");
  const said = seal.querySelector("[data-said]");
  let letter = null, open = "", turn = 0;

  // A fragment is the key, and perhaps a place on the page behind a slash. What mail programs put behind a link is no part of it.
  const parse = fragment => {
    let text = fragment;
    try { text = decodeURIComponent(fragment); } catch { /* a % that is no escape: taken as it is */ }
    const [first, ...rest] = text.replace(/[\s\u200b\u00ad\ufeff]/g, "").split("/");
    return { key: first.toLowerCase().match(/^[a-z2-7]*/)[0], place: rest.join("/") };
  };

  const bytesOf = key => {
    const out = new Uint8Array(32);
    let held = 0, bits = 0, at = 0;
    for (const c of key) {
      held = (held << 5 | letters.indexOf(c)) & 0xfff;
      if ((bits += 5) >= 8) out[at++] = held >> (bits -= 8);
    }
    return out;
  };

  const unhex = text => {
    const out = new Uint8Array(text.length / 2);
    for (let i = 0; i < out.length; i++) out[i] = parseInt(text.substr(2 * i, 2), 16);
    return out;
  };

  const unseal = async key => {
    const sealed = unhex(seal.dataset.sealed);
    const bound = new TextEncoder().encode("candor sealed page 1 " + id);
    const opener = await crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: bound, tagLength: 128 }, opener, sealed.subarray(12));
    const size = new DataView(plain).getUint32(0);
    return new TextDecoder().decode(new Uint8Array(plain, 4, size));
  };

  // Elements of a parsed text, without what could run or load: nothing of the kind is in a letter, and nothing of the kind comes out of here.
  const harmless = html => {
    const body = new DOMParser().parseFromString(html, "text/html").body;
    for (const e of body.querySelectorAll("script, style, link, meta, base, iframe, frame, object, embed, form")) e.remove();
    for (const e of body.querySelectorAll("*")) {
      for (const { name, value } of [...e.attributes]) {
        const leads = /^(href|src|action|formaction|xlink:href)$/i.test(name);
        if (/^on|^style$|^srcdoc$/i.test(name) || leads && /^(?!https?:|mailto:)[^/?#]*:/i.test(value.replace(/[\s\0-\x1f]/g, ""))) e.removeAttribute(name);
      }
    }
    return body.firstElementChild;
  };

  const show = (state, fills = {}) => {
    for (const e of seal.querySelectorAll("[data-state]")) e.hidden = !e.dataset.state.split(" ").includes(state);
    for (const e of seal.querySelectorAll("[data-fill]")) if (fills[e.dataset.fill]) e.textContent = fills[e.dataset.fill];
    seal.dataset.shown = state;
  };

  const go = place => {
    const to = place && document.getElementById(place);
    if (!to) return;
    to.scrollIntoView();
    if (!to.matches("a, button, input, [tabindex]")) to.tabIndex = -1;
    to.focus({ preventScroll: true });
  };

  // Links within the page keep the key in the address.
  const keepKey = () => {
    for (const a of document.querySelectorAll('a[href^="#"]')) a.setAttribute("href", "#" + open + "/" + a.getAttribute("href").replace(/^#([a-z2-7]{52}\/)?/, ""));
  };

  const start = async () => {
    const mine = ++turn;
    const { key, place } = parse(location.hash.slice(1));
    if (letter && key === open) return go(place);
    if (letter && key.length < whole) return;
    letter?.replaceWith(seal);
    letter = null;
    if (!window.crypto?.subtle) {
      const secure = window.isSecureContext || location.protocol !== "http:";
      seal.querySelector('[data-fill="https"]').href = location.href.replace(/^http:/, "https:");
      return show(secure ? "old-browser" : "no-https");
    }
    if (!key) return show("no-key");
    if (key.length < whole) return show("short-key", { length: String(key.length) });
    let html;
    try {
      if (key.length > whole) throw new Error("too long");
      html = await unseal(key);
    } catch {
      if (mine === turn) show("wrong-key");
      return;
    }
    if (mine !== turn) return;
    const opened = harmless(html);
    if (opened.dataset.ends && opened.dataset.ends < new Date().toISOString().slice(0, 10)) return show("ended", { ends: opened.dataset.endsLong });
    [letter, open] = [opened, key];
    seal.replaceWith(letter);
    letter.append(said);
    said.textContent = said.dataset.said;
    document.title = letter.dataset.title;
    keepKey();
    go(place);
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    const text = form.elements.link.value;
    const fragment = text.includes("#") ? text.slice(text.indexOf("#") + 1) : text.trim();
    if (location.hash.slice(1) === fragment) start();
    else location.hash = fragment;
  });
  addEventListener("hashchange", start);
  start();
}

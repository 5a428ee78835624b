// Contents that follow: the list of what is on a page marks the part that is being read. On a phone it is folded, and its head names that part.
const rail = document.querySelector(".rail");
if (rail) {
  const fold = rail.querySelector("details"), here = rail.querySelector(".here"), wide = matchMedia("(min-width: 52.01em)");
  const links = [...rail.querySelectorAll("a")];
  const heads = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const passed = new Set(); // headings that are above the upper fifth of the window, or in it
  let asked; // the heading that was gone to; it counts while it is in view, also where the next one stands close below

  const mark = head => {
    for (const [i, link] of links.entries()) {
      if (heads[i] !== head) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "location");
        const list = rail.getBoundingClientRect(), at = link.getBoundingClientRect();
        if (wide.matches) rail.scrollTop += Math.min(0, at.top - list.top) + Math.max(0, at.bottom - list.bottom);
      }
    }
    here.textContent = links[heads.indexOf(head)]?.textContent || "";
  };
  const ask = head => {
    asked = head;
    if (head) mark(head);
  };
  const inHash = () => ask(heads[links.findIndex(link => link.hash === location.hash)]);

  // Before anything was scrolled one reads from the start, also where the next heading stands high up already.
  let moved = false;
  const follow = () => mark(asked || heads.filter(head => passed.has(head)).at(moved ? -1 : 0));
  addEventListener("scroll", () => {
    if (moved === scrollY > 0) return;
    moved = !moved;
    follow();
  }, { passive: true });

  const watch = new IntersectionObserver(seen => {
    for (const { target, isIntersecting } of seen) passed[isIntersecting ? "add" : "delete"](target);
    const top = asked?.getBoundingClientRect().top;
    if (!(top >= 0 && top < innerHeight)) ask();
    follow();
  }, { rootMargin: "999999px 0px -80%" });
  for (const head of heads) if (head) watch.observe(head);
  addEventListener("hashchange", inHash);
  addEventListener("load", inHash);

  const shut = () => { if (!wide.matches) fold.open = false; };
  const unfold = () => { fold.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  fold.addEventListener("click", event => {
    const i = links.indexOf(event.target.closest("a"));
    if (i < 0) return;
    ask(heads[i]);
    shut();
  });
  fold.addEventListener("focusout", event => { if (!fold.contains(event.relatedTarget)) shut(); });
  fold.addEventListener("keydown", event => {
    if (event.key !== "Escape" || wide.matches) return;
    shut();
    fold.firstElementChild.focus();
  });
}

// links has linkinator follow each link of each page of a site, and gives how many there were. Addresses that the site gives itself lead to where it is served; those of other
// sites are not asked.
export async function links(checker, site, say) {
  const own = site.base && new RegExp("^" + site.base.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const seen = new Set();
  const result = await checker.check({
    path: site.pages.map(p => site.url + p.path), recurse: false, concurrency: 30, timeout: 30_000, retryErrors: false,
    urlRewriteExpressions: own ? [{ pattern: own, replacement: site.url }] : [],
    linksToSkip: async link => !link.startsWith(site.url),
  });
  for (const l of result.links) {
    seen.add(l.url);
    if (l.state === "BROKEN") say({ page: new URL(l.parent || l.url).pathname, tool: "linkinator", what: `leads nowhere: ${l.url.replace(site.url, "")}`, where: `answered with ${l.status ?? 0}`, hint: "mend the address, or the id that it ends in" });
  }
  return seen.size;
}

// fragments holds the places that pages link to against those that there are. linkinator looks for them only on pages that it has not read by then.
export function fragments(site, say) {
  const ids = new Map(site.pages.map(p => [p.path, new Set(p.ids)]));
  for (const page of site.pages)
    for (const { path, id, where } of page.links) {
      const there = ids.get(path);
      if (there && id !== "top" && !there.has(id)) say({ page: page.path, tool: "fragments", what: `leads to no place: ${path}#${id}`, where, hint: "mend the id that the address ends in" });
    }
}

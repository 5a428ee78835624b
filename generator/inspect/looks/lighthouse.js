const categories = ["performance", "accessibility", "best-practices", "seo"];

// lighthouse runs on the main pages of a site, and gives how often. Performance is measured in time, which other programs take: where a page is below 100, the median of three counts.
export async function lighthouse(run, browser, site, say) {
  let runs = 0;
  for (const path of site.main) {
    const once = async only => {
      runs++;
      const page = await browser.newPage();
      try {
        return (await run(site.url + path, { logLevel: "silent", output: "json" }, { extends: "lighthouse:default", settings: { onlyCategories: only, skipAudits: ["full-page-screenshot", "screenshot-thumbnails", "final-screenshot"] } }, page)).lhr;
      } finally {
        await page.close();
      }
    };
    const first = await once(categories);
    for (const name of categories) {
      let lhr = first, score = first.categories[name].score;
      if (name === "performance" && score < 1) {
        const three = [first, await once([name]), await once([name])].sort((a, b) => a.categories[name].score - b.categories[name].score);
        lhr = three[1];
        score = lhr.categories[name].score;
      }
      if (score === 1) continue;
      const low = lhr.categories[name].auditRefs.filter(r => r.weight > 0 && lhr.audits[r.id].score !== null && lhr.audits[r.id].score < 1);
      say({ page: path, tool: "lighthouse", what: `${name} ${Math.round(score * 100)} of 100`, where: low.map(r => r.id).join(", "), hint: low.map(r => lhr.audits[r.id].displayValue || lhr.audits[r.id].title).join("; ") });
    }
  }
  return runs;
}

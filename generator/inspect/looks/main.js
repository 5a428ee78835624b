// Looks at sites that are served, with the programs of the folder that is named first, and tells each thing that is wrong as a line of JSON on standard output.
//
// In comes an order on standard input: {browser, tabs, sites: [{name, url, base, byShape, pages: [{path, kind}], main: [path]}]}. Out come lines
// {site, page, tool, what, where, hint}, lines {site, done, ran, seconds} that say what was looked at, and lines {say} for those who wait.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Tab, look } from "./page.js";
import { links, fragments } from "./links.js";
import { lighthouse } from "./lighthouse.js";

const tools = process.argv[2];
const require = createRequire(join(tools, "package.json"));
const load = file => import(pathToFileURL(join(tools, "node_modules", file)));
const order = JSON.parse(readFileSync(0, "utf8"));
const tell = line => process.stdout.write(JSON.stringify(line) + "\n");
const clock = () => performance.now() / 1000;

const puppeteer = require("puppeteer-core");
const browser = await puppeteer.launch({
  executablePath: order.browser, headless: true, protocolTimeout: 120_000,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--hide-scrollbars", "--disable-dev-shm-usage"],
});

try {
  const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const jobs = [], parts = new Map();
  for (const site of order.sites) {
    Object.assign(site, { phones: new Set(), shapes: site.byShape ? new Set() : null, anchors: new Map(), looked: 0, skipped: 0, most: 0, busy: 0 });
    for (const page of site.pages) jobs.push({ site, page });
  }
  const tally = () => "seconds of all tabs: " + [...parts].map(([part, s]) => `${part} ${s.toFixed(0)}`).join(", ");
  const all = jobs.length, report = setInterval(() => tell({ say: `browser: ${all - jobs.length} of ${all} pages, ${jobs.length ? "now " + jobs[0].site.name + jobs[0].page.path : "the last of them"}; ${tally()}` }), 10_000);
  // spent adds up the seconds of each part of looking, which say where the time goes.
  const spent = (part, seconds) => parts.set(part, (parts.get(part) || 0) + seconds);
  const work = async () => {
    const tab = await Tab.open(browser, source);
    for (let job; (job = jobs.shift());) {
      const { site, page } = job, begun = clock();
      try {
        const { bytes, known, anchors } = await look(tab, site, page, { phones: site.phones, shapes: site.shapes, spent, say: f => tell({ site: site.name, ...f }) });
        if (page.kind !== "redirect") site.anchors.set(page.path, anchors);
        known ? site.skipped++ : site.looked++;
        site.most = Math.max(site.most, bytes);
      } catch (err) {
        tell({ site: site.name, page: page.path, tool: "browser", what: err.message.split("\n")[0], where: page.path, hint: "the page could not be looked at" });
      }
      site.busy += clock() - begun;
    }
  };
  const linked = (async () => {
    const { LinkChecker } = await load("linkinator/build/src/index.js");
    for (const site of order.sites) {
      const begun = clock(), count = await links(new LinkChecker(), site, f => tell({ site: site.name, ...f }));
      tell({ site: site.name, done: "linkinator", ran: `${count} links`, seconds: clock() - begun });
    }
  })();
  await Promise.all([linked, ...Array.from({ length: order.tabs }, work)]);
  clearInterval(report);
  tell({ say: `browser: ${tally()}` });
  for (const site of order.sites) fragments(site, f => tell({ site: site.name, ...f }));
  for (const site of order.sites) tell({ site: site.name, done: "browser", ran: `${site.looked} pages in full${site.skipped ? `, ${site.skipped} of a shape that was seen` : ""}; at most ${site.most} bytes`, seconds: site.busy / order.tabs });

  if (order.sites.some(s => s.main.length)) {
    const { default: run } = await load("lighthouse/core/index.js");
    for (const site of order.sites) {
      const begun = clock();
      tell({ say: `${site.name}: lighthouse` });
      const runs = await lighthouse(run, browser, site, f => tell({ site: site.name, ...f }));
      tell({ site: site.name, done: "lighthouse", ran: `${site.main.length} pages, ${runs} runs`, seconds: clock() - begun });
    }
  }
} finally {
  await browser.close();
}

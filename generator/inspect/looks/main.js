// Looks at sites that are served, with the programs of the folder that is named first, and tells each thing that is wrong as a line of JSON on standard output.
//
// In comes an order on standard input: {browser, tabs, sites: [{name, url, base, axe, sample, pages: [{path, kind, bytes, drawn}], main: [path]}]}. Out come lines
// {site, page, tool, what, where, hint}, lines {site, done, ran, seconds} that say what was looked at, and lines {say} for those who wait.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Tab, look, survey } from "./page.js";
import { links, fragments } from "./links.js";
import { lighthouse } from "./lighthouse.js";

const tools = process.argv[2];
const require = createRequire(join(tools, "package.json"));
const load = file => import(pathToFileURL(join(tools, "node_modules", file)));
const order = JSON.parse(readFileSync(0, "utf8"));
const tell = line => process.stdout.write(JSON.stringify(line) + "\n");
const clock = () => performance.now() / 1000;

const puppeteer = require("puppeteer-core");
const plain = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--hide-scrollbars", "--disable-dev-shm-usage"];
const quick = [...plain,
  // Pages that nobody goes back to are not kept, and one process shows all: each of the two takes a third of the time of a load.
  "--disable-features=BackForwardCache,RenderDocument,IsolateOrigins,site-per-process,PaintHolding", "--num-raster-threads=1", "--disable-extensions",
  "--js-flags=--single-threaded"]; // axe is done before what is compiled beside it would be of use

// start gives a browser. One that starts beside others dies now and then.
const started = [];
const start = async args => {
  const launch = () => puppeteer.launch({ executablePath: order.browser, headless: true, protocolTimeout: 120_000, args });
  const browser = await launch().catch(launch).catch(launch);
  started.push(browser);
  return browser;
};

// fullest gives those pages that have between them all that the pages are made of, and each of them something that those before it have not.
function fullest(pages) {
  const known = new Set(), kinds = new Set();
  return pages.toSorted((a, b) => b.features.length - a.features.length).filter(page => {
    const before = known.size;
    for (const feature of page.features) known.add(feature);
    const first = !kinds.has(page.kind);
    kinds.add(page.kind);
    return known.size > before || first;
  });
}

// longest gives of each kind of page the one that says most and the one with the longest word: all that is looked at of a site with much of the same. What its pages are made
// of, another site has; its book is left out, for its parts are those of the others and 300 vendors keep a browser for a minute. 
function longest(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const best = kinds.get(page.kind);
    if (!best) kinds.set(page.kind, { text: page, word: page });
    else for (const by of ["text", "word"]) if (page[by] > best[by][by]) best[by] = page;
  }
  return [...kinds.values()].flatMap(best => Object.values(best));
}

try {
  const jobs = [], parts = new Map(), slow = [];
  // spent adds up the seconds of each part of looking, which say where the time goes.
  const spent = (part, seconds) => parts.set(part, (parts.get(part) || 0) + seconds);
  const tabs = await Promise.all(Array.from({ length: order.tabs }, async () => Tab.open(await start(quick)))); // of two tabs of one browser, the one behind waits long for each frame
  const unread = [...order.sites], begun = clock();
  await Promise.all(tabs.map(async tab => { for (let site; (site = unread.shift());) await survey(tab, site); }));
  spent("survey", clock() - begun);
  for (const site of order.sites) {
    const kinds = new Set(), pages = site.pages.filter(page => page.kind !== "print"); // a book has much of what the other pages have, in another place
    const full = new Set(site.sample ? [] : fullest(pages)), wanted = new Set(site.sample ? longest(pages) : site.pages);
    for (const page of site.pages.filter(page => wanted.has(page))) {
      jobs.push({ site, page, full: full.has(page), onPhone: !kinds.has(page.kind) });
      kinds.add(page.kind);
    }
    Object.assign(site, { looked: 0, full: 0, most: 0, busy: 0 });
  }
  jobs.sort((a, b) => b.page.text - a.page.text); // so that none of the long ones is left for the end
  const all = jobs.length, tally = () => "seconds of all tabs: " + [...parts].map(([part, s]) => `${part} ${s.toFixed(0)}`).join(", ");
  const report = setInterval(() => tell({ say: `browser: ${all - jobs.length} of ${all} pages, ${jobs.length ? "now " + jobs[0].site.name + jobs[0].page.path : "the last of them"}; ${tally()}` }), 10_000);
  const work = async tab => {
    for (let job; (job = jobs.shift());) {
      const { site, page, full, onPhone } = job, begun = clock();
      try {
        const bytes = await look(tab, site, page, { full, onPhone, spent, say: f => tell({ site: site.name, ...f }) });
        site.looked++;
        site.full += full;
        site.most = Math.max(site.most, bytes);
      } catch (err) {
        tell({ site: site.name, page: page.path, tool: "browser", what: err.message.split("\n")[0], where: page.path, hint: "the page could not be looked at" });
      }
      site.busy += clock() - begun;
      slow.push({ page: site.name + page.path, seconds: clock() - begun });
    }
  };
  const linked = (async () => {
    const { LinkChecker } = await load("linkinator/build/src/index.js");
    for (const site of order.sites) {
      const begun = clock(), count = await links(new LinkChecker(), site, f => tell({ site: site.name, ...f }));
      tell({ site: site.name, done: "linkinator", ran: `${count} links`, seconds: clock() - begun });
    }
  })();
  await Promise.all([linked, ...tabs.map(work)]);
  clearInterval(report);
  tell({ say: `browser: ${tally()}` });
  tell({ say: "slowest: " + slow.sort((a, b) => b.seconds - a.seconds).slice(0, 5).map(s => `${s.page} ${s.seconds.toFixed(1)}`).join(", ") });
  for (const site of order.sites) fragments(site, f => tell({ site: site.name, ...f }));
  for (const site of order.sites) tell({ site: site.name, done: "browser", ran: `${site.looked} of ${site.pages.length} pages, ${site.full} with keyboard and forced colours; at most ${site.most} bytes`, seconds: site.busy / order.tabs });

  if (order.sites.some(s => s.main.length)) {
    await Promise.all(started.splice(0).map(browser => browser.close()));
    const browser = await start(plain);
    const { default: run } = await load("lighthouse/core/index.js");
    for (const site of order.sites.filter(s => s.main.length)) {
      const begun = clock();
      tell({ say: `${site.name}: lighthouse` });
      const ran = await lighthouse(run, browser, site, f => tell({ site: site.name, ...f }));
      tell({ site: site.name, done: "lighthouse", ran, seconds: clock() - begun });
    }
  }
} finally {
  await Promise.all(started.map(browser => browser.close()));
}

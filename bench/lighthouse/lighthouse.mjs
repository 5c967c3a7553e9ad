// What Lighthouse thinks of the pages of a running server: node lighthouse.mjs ORIGIN COOKIE SETTINGS-PAGE > table.md
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const runs = 3;
const least = 95;
const most = 150;
const [origin, cookie, settings] = process.argv.slice(2);

const pages = [
  { name: "landing", path: "/", searched: true },
  { name: "sign-in", path: "/sign-in" },
  { name: "settings", path: settings, signedIn: true },
  { name: "gallery", path: "/ui", signedIn: true },
];
const categories = ["performance", "accessibility", "best-practices", "seo"];
// Only what people should find by searching is judged by how well it is found.
const judged = (page) => (page.searched ? categories : categories.slice(0, 3));
// What the page asks for until it says it is loaded; charts and italics come afterwards.
const first = (report) => {
  const { observedLoad } = report.audits.metrics.details.items[0];
  return report.audits["network-requests"].details.items.filter((request) => request.networkRequestTime <= observedLoad);
};

const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  chromeFlags: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=fr",
  ],
});
const rows = [];
const lost = [];
let good = true;
try {
  for (const page of pages) {
    const reports = [];
    for (let run = 0; run < runs; run++) {
      const { lhr } = await lighthouse(new URL(page.path, origin).href, {
        port: chrome.port,
        onlyCategories: judged(page),
        extraHeaders: page.signedIn ? { Cookie: cookie } : {},
        locale: "en",
        logLevel: "error",
      });
      if (lhr.runtimeError) throw new Error(`${page.path}: ${lhr.runtimeError.message}`);
      reports.push(lhr);
    }
    const score = (category) => Math.round(100 * Math.min(...reports.map((r) => r.categories[category].score)));
    const loaded = reports.map(first);
    const bytes = Math.max(...loaded.map((requests) => requests.reduce((sum, r) => sum + r.transferSize, 0))) / 1000;
    const requests = Math.max(...loaded.map((requests) => requests.length));
    const cells = categories.map((c) => (judged(page).includes(c) ? score(c) : "–"));
    good &&= cells.every((c) => c === "–" || c >= least) && bytes <= most;
    rows.push(`| ${page.name} | ${cells.join(" | ")} | ${bytes.toFixed(0)} | ${requests} |`);
    for (const category of judged(page)) {
      const refs = reports[0].categories[category].auditRefs.filter((a) => a.weight > 0);
      for (const { id } of refs) {
        const { score, title, displayValue } = reports[0].audits[id];
        if (score !== null && score < 0.9) lost.push(`- ${page.name}: ${title}${displayValue ? ` (${displayValue})` : ""}`);
      }
    }
  }
} finally {
  chrome.kill();
}

console.log(`# Lighthouse

Each page of a server as published, on this machine, as a phone of the middle class on a slow line would load it for the first time (Lighthouse ${(await import("lighthouse/package.json", { with: { type: "json" } })).default.version}, its usual simulation); the lowest of ${runs} runs. To be reached: ${least} in each, and ${most} KB. KB: all that is transferred at the first load but the charts, as compressed as it travels. Made by \`./dev bench lighthouse\`.

| page | performance | accessibility | best practices | SEO | KB | requests |
|---|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}
${lost.length ? `\nWhat keeps a page from more:\n\n${lost.join("\n")}\n` : ""}`.trimEnd());
process.exitCode = good ? 0 : 1;

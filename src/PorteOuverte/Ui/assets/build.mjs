// Bundles what browsers ask for into one folder: node build.mjs FOLDER
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const out = process.argv[2];
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const browsers = ["chrome123", "firefox121", "safari17.5"];
await build({
  entryPoints: ["porte.ts", "porte.css"],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  // What is asked for later (charts) becomes a file of its own, shared parts too.
  splitting: true,
  target: browsers,
  loader: { ".woff2": "file" },
  // A font keeps its name as long as it is the same font; the two entries get their version from the server.
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
});

// One file of icons: <use href="icons.svg#name">.
const names = (await readFile("icons.txt", "utf8")).split("\n").filter(Boolean);
const symbols = await Promise.all(
  names.map(async (name) => {
    const svg = await readFile(join("node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
  }),
);
await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
await cp("door.svg", join(out, "door.svg"));

// What others made and how it may be used goes wherever it goes.
const kept = ["htmx.org", "@tabler/icons", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4", "echarts", "zrender"];
const licences = await Promise.all(
  kept.map(async (name) => {
    const folder = join("node_modules", name);
    const files = (await readdir(folder, { withFileTypes: true })).filter((f) => f.isFile() && /^(licen[cs]e|notice)/i.test(f.name)).map((f) => f.name);
    return `${name}\n${"=".repeat(name.length)}\n${(await Promise.all(files.map((f) => readFile(join(folder, f), "utf8")))).join("\n")}`;
  }),
);
await writeFile(join(out, "licences.txt"), licences.join("\n\n"));

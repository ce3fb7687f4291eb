// node scripts/run.mjs <entry.ts> [arguments…]: bundles a TypeScript script, packages left outside, and runs it in this process.
// Standard streams, signals and the exit code are therefore the script's own. Type-checking is `npm run typecheck`.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined || !fs.existsSync(entry)) {
  console.error(`usage: node scripts/run.mjs <entry.ts> [arguments…], got ${entry ?? "nothing"}`);
  process.exit(2);
}

// scripts/bundle/main.ts becomes dist/scripts/bundle-main.cjs: beside node_modules, so that packages are found.
const name = path
  .relative("scripts", entry)
  .replace(/\.[cm]?ts$/, "")
  .replace(/[^\w-]+/g, "-");
const outfile = path.resolve("dist", "scripts", `${name}.cjs`);
const unfinished = `${outfile}.${process.pid}`;
buildSync({
  entryPoints: [entry],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node20",
  outfile: unfinished,
  logLevel: "error",
});
// Renamed into place: two runs of one script at once never read half a file.
fs.renameSync(unfinished, outfile);
process.argv.splice(1, process.argv.length, outfile, ...rest);
await import(pathToFileURL(outfile).href);

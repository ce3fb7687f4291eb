/**
 * `node scripts/run.mjs scripts/bundle/build.ts <handler>…`: makes the zips of these handlers, whatever their freshness.
 * It is a process of its own because esbuild takes plugins only asynchronously, while a synth asks for its zips in step;
 * and because a synth whose zips are fresh then loads neither esbuild nor ajv nor fflate.
 */
import path from "node:path";
import { build, type OutputFile } from "esbuild";
import { contractSchemas } from "./contract-schemas";
import { reasonOf, textOf } from "./failure";
import { bundleKeys, writeStamp } from "./freshness";
import { entryOf, sourceMapOf, writeWhole, zipOf } from "./handlers";
import { BUNDLE_OPTIONS } from "./options";
import { repositoryRoot } from "./repository";
import { deterministicZip } from "../../lib/functions/deterministic-zip";

async function buildHandlers(root: string, handlers: readonly string[]): Promise<void> {
  const keys = bundleKeys(root, handlers);
  const files = await bundleAll(root, handlers);
  for (const handler of handlers) {
    const zip = deterministicZip({ "index.js": fileOf(files, handler, "index.js").contents });
    writeWhole(root, zipOf(handler), zip);
    writeWhole(root, sourceMapOf(handler), fileOf(files, handler, "index.js.map").contents);
    const key = keys.get(handler);
    // Sources that changed meanwhile leave it without a stamp: the next run makes it again.
    if (key !== undefined && key === bundleKeys(root, [handler]).get(handler)) writeStamp(root, handler, key, zip);
  }
}

/** One call for all: half the time of one call each. */
async function bundleAll(root: string, handlers: readonly string[]): Promise<readonly OutputFile[]> {
  const { outputFiles, warnings } = await build({
    ...BUNDLE_OPTIONS,
    mainFields: [...BUNDLE_OPTIONS.mainFields],
    absWorkingDir: root,
    entryPoints: handlers.map((handler) => ({ in: entryOf(handler), out: `${handler}/index` })),
    outdir: path.join(root, "dist/bundle"),
    plugins: [contractSchemas(root)],
  });
  if (warnings.length > 0) throw new Error(warnings.map(textOf).join("; "));
  return outputFiles;
}

function fileOf(files: readonly OutputFile[], handler: string, name: string): OutputFile {
  const found = files.find(({ path: file }) => file.endsWith(path.join("dist/bundle", handler, name)));
  if (found === undefined) throw new Error(`the bundle of ${handler} has no ${name}`);
  return found;
}

/** Bundles one by one, to say which handlers fail and why: a fault in lambda/shared is a fault of each that uses it. */
async function failures(root: string, handlers: readonly string[]): Promise<readonly string[]> {
  const results = await Promise.allSettled(handlers.map((handler) => bundleAll(root, [handler])));
  return results.flatMap((result, index) =>
    result.status === "rejected" ? [`${handlers[index] ?? ""}: ${reasonOf(result.reason)}`] : [],
  );
}

async function main(handlers: readonly string[]): Promise<void> {
  const root = repositoryRoot();
  try {
    await buildHandlers(root, handlers);
  } catch (error) {
    const found = await failures(root, handlers);
    const lines = found.length > 0 ? found : [(error as Error).message];
    const count = `${lines.length} ${lines.length === 1 ? "handler" : "handlers"}`;
    process.stderr.write(`${count} cannot be bundled\n${lines.map((line) => `  ${line}\n`).join("")}`);
    process.exitCode = 1;
  }
}

void main(process.argv.slice(2));

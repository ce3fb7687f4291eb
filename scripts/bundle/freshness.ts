import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { stampOf, writeWhole, zipOf } from "./handlers";
import { BUNDLE_OPTIONS } from "./options";

/** What a zip was made from, and what came out. Lies beside the zips, in dist/bundle. */
interface Stamp {
  readonly key: string;
  readonly sha256: string;
}

/**
 * A key per handler over everything its zip depends on: its sources and those of lambda/shared, package-lock.json, the
 * options, esbuild's version and this step's own sources. Node alone, no esbuild: it is paid at each synth.
 */
export function bundleKeys(root: string, handlers: readonly string[]): ReadonlyMap<string, string> {
  const common = createHash("sha256").update(JSON.stringify(BUNDLE_OPTIONS)).update(esbuildVersion(root));
  hashFile(common, root, "package-lock.json");
  hashFolder(common, root, "scripts/bundle");
  hashFile(common, root, "lib/functions/deterministic-zip.ts");
  hashFolder(common, root, "lambda/shared");
  return new Map(
    handlers.map((handler) => {
      const own = common.copy();
      hashFolder(own, root, `lambda/${handler}`);
      return [handler, own.digest("hex")];
    }),
  );
}

/** Whether the handler's zip was made from exactly this, by its stamp, and is still what was made. */
export function isFresh(root: string, handler: string, key: string | undefined): boolean {
  const stamp = readStamp(path.join(root, stampOf(handler)));
  const zip = path.join(root, zipOf(handler));
  return (
    stamp !== undefined && stamp.key === key && fs.existsSync(zip) && stamp.sha256 === sha256(fs.readFileSync(zip))
  );
}

/** Records what the zip on disk was made from. */
export function writeStamp(root: string, handler: string, key: string, zip: Uint8Array): void {
  const stamp: Stamp = { key, sha256: sha256(zip) };
  writeWhole(root, stampOf(handler), `${JSON.stringify(stamp)}\n`);
}

function readStamp(file: string): Stamp | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Stamp;
  } catch {
    return undefined;
  }
}

function esbuildVersion(root: string): string {
  const content: unknown = JSON.parse(fs.readFileSync(path.join(root, "node_modules/esbuild/package.json"), "utf8"));
  return String((content as { readonly version?: unknown }).version);
}

function hashFolder(hash: Hash, root: string, folder: string): void {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return;
  const entries = fs.readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) hashFolder(hash, root, file);
    else hashFile(hash, root, file);
  }
}

/** Name and length go in too: moving a byte from one file to the next is a change. */
function hashFile(hash: Hash, root: string, file: string): void {
  const content = fs.readFileSync(path.join(root, file));
  hash.update(`\0${file}\0${content.length}\0`).update(content);
}

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

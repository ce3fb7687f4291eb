import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { bundleKeys, isFresh } from "./freshness";
import { chosenHandlers, zipOf } from "./handlers";
import { repositoryRoot } from "./repository";

const LONGEST_BUILD_MS = 120_000;

/** What to bundle. */
export interface BundleRequest {
  /** The repository. @default the nearest one at or above the working directory */
  readonly root?: string;
  /** Names of handlers, the folders of `lambda/`. @default all */
  readonly only?: readonly string[];
}

/** One handler's zip. */
export interface BundledHandler {
  readonly name: string;
  /** Absolute path. */
  readonly zip: string;
  readonly bytes: number;
  /** Whether it had to be made; else it was fresh. */
  readonly built: boolean;
}

export interface BundleReport {
  readonly handlers: readonly BundledHandler[];
  readonly milliseconds: number;
}

/**
 * Sees to it that `dist/lambda/<handler>.zip` is what the sources say, for each `lambda/<handler>/index.ts`. Fresh ones cost
 * some milliseconds of hashing; the rest is bundled in one process. Two callers at once do no harm: files are renamed into
 * place and both make the same bytes.
 *
 * @throws Error that names each handler that cannot be bundled, and why
 */
export function bundleHandlers(request: BundleRequest = {}): BundleReport {
  const start = process.hrtime.bigint();
  const root = request.root ?? repositoryRoot();
  const handlers = chosenHandlers(root, request.only);
  const keys = bundleKeys(root, handlers);
  const stale = handlers.filter((handler) => !isFresh(root, handler, keys.get(handler)));
  if (stale.length > 0) build(root, stale);
  if (request.only === undefined) removeOthers(root, handlers);
  return {
    handlers: handlers.map((name) => {
      const zip = path.join(root, zipOf(name));
      return { name, zip, bytes: fs.statSync(zip).size, built: stale.includes(name) };
    }),
    milliseconds: Number((process.hrtime.bigint() - start) / 1_000_000n),
  };
}

function build(root: string, handlers: readonly string[]): void {
  const script = ["scripts/run.mjs", "scripts/bundle/build.ts", ...handlers];
  const run = spawnSync(process.execPath, script, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LONGEST_BUILD_MS,
  });
  if (run.status === 0) return;
  const end = run.error?.message ?? `ended with ${run.signal ?? run.status ?? "nothing"}`;
  throw new Error(run.stderr.trim() || `node ${script.join(" ")} in ${root}: ${end}`);
}

/** The zip of a handler that is gone must not be shipped. */
function removeOthers(root: string, handlers: readonly string[]): void {
  const folder = path.join(root, "dist/lambda");
  if (!fs.existsSync(folder)) return;
  const zips = fs.readdirSync(folder).filter((file) => file.endsWith(".zip"));
  const others = zips.filter((file) => !handlers.includes(path.basename(file, ".zip")));
  for (const file of others) fs.rmSync(path.join(folder, file), { force: true });
}

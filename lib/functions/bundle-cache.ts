import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stableHash } from "../core/names";
import { above } from "./package-root";

/** What a run made of one function. */
export interface BundledFiles {
  readonly zip: Uint8Array;
  readonly sourceMap: Uint8Array;
}

/** Absolute paths of zips by the name of their function. */
export type Zips = Readonly<Record<string, string>>;

/** What an earlier run read and made. */
interface Run {
  readonly sources: readonly string[];
  readonly digest: string;
  readonly zips: Zips;
}

/** Files that decide how esbuild resolves and compiles, wherever the nearest one lies. */
const SETTINGS = ["package.json", "tsconfig.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"];

const INSTALLED = `${path.sep}node_modules${path.sep}`;
const OWNER_ONLY = 0o700;

/**
 * The zips of earlier runs, in `node_modules/.cache/cloud-conductor` of the project. A run is the same when everything that it
 * read is: contents of the sources, names beside them (a new `index.ts` wins over a folder), settings, and the request itself.
 */
export class BundleCache {
  private readonly root: string;
  private readonly record: string;

  public constructor(
    private readonly folder: string,
    /** What else decides: entries, options, the version of esbuild. */
    private readonly request: string,
  ) {
    this.root = cacheFolder(folder);
    this.record = path.join(this.root, `${stableHash(`${path.resolve(folder)}|${request}`, 32)}.json`);
  }

  /** The zips of the last run, when it would make the same today. */
  public fresh(): Zips | undefined {
    const run = readRun(this.record);
    if (run === undefined || this.digestOf(run.sources) !== run.digest) return undefined;
    return Object.values(run.zips).every((file) => fs.existsSync(file)) ? run.zips : undefined;
  }

  /** Keeps what a run made, each zip in a folder of its contents: a synth beside this one may still read the last. */
  public keep(files: Readonly<Record<string, BundledFiles>>, sources: readonly string[]): Zips {
    const zips = Object.fromEntries(
      Object.entries(files).map(([name, { zip, sourceMap }]) => {
        const folder = path.join(this.root, createHash("sha256").update(zip).digest("hex").slice(0, 32));
        writeWhole(path.join(folder, `${name}.js.map`), sourceMap);
        return [name, writeWhole(path.join(folder, `${name}.zip`), zip)];
      }),
    );
    const run: Run = { sources, digest: this.digestOf(sources) ?? "", zips };
    writeWhole(this.record, JSON.stringify(run));
    return zips;
  }

  /** Undefined when one of the sources is gone. */
  private digestOf(sources: readonly string[]): string | undefined {
    const own = sources.filter((file) => !file.includes(INSTALLED));
    const listings = [...new Set(own.map((file) => path.dirname(file)))].sort();
    if (!sources.every((file) => fs.existsSync(file))) return undefined;
    const hash = createHash("sha256").update(this.request);
    for (const file of [...sources, ...settingsOf(this.folder)])
      hash.update(`\0${file}\0`).update(fs.readFileSync(file));
    for (const folder of listings) hash.update(`\0${folder}\0${fs.readdirSync(folder).sort().join("\0")}`);
    return hash.digest("hex");
  }
}

const settingsOf = (folder: string): readonly string[] =>
  SETTINGS.flatMap((name) => {
    const nearest = above(folder).find((one) => fs.existsSync(path.join(one, name)));
    return nearest === undefined ? [] : [path.join(nearest, name)];
  });

/** Beside what the project has installed, or below the temporary folder where nothing is. */
function cacheFolder(folder: string): string {
  const project = above(folder).find((one) => fs.existsSync(path.join(one, "node_modules")));
  if (project !== undefined) return path.join(project, "node_modules", ".cache", "cloud-conductor");
  return path.join(os.tmpdir(), `cloud-conductor-bundles-${stableHash(os.userInfo().username)}`);
}

function readRun(file: string): Run | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Run;
  } catch {
    return undefined;
  }
}

/** Renamed into place: two synths may make the same at once. */
function writeWhole(file: string, content: string | Uint8Array): string {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: OWNER_ONLY });
  const unfinished = `${file}.${String(process.pid)}`;
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, file);
  return file;
}

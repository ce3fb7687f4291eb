import type * as Esbuild from "esbuild";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { BundleCache, type BundledFiles, type Zips } from "./bundle-cache";
import { LAMBDA_BUNDLE } from "./bundle-options";
import { deterministicZip } from "./deterministic-zip";

/** What is bundled, and how. */
export interface BundlingRequest {
  readonly folder: string;
  /** Sources by the name of their function, relative to the folder. */
  readonly entries: Readonly<Record<string, string>>;
  readonly externalModules: readonly string[];
  readonly shipsSourceMap: boolean;
}

type Bundler = Pick<typeof Esbuild, "buildSync" | "version">;

const OPTIONS = {
  ...LAMBDA_BUNDLE,
  mainFields: [...LAMBDA_BUNDLE.mainFields],
  metafile: true,
} satisfies Esbuild.BuildOptions;

/** The zips, or why there are none. */
type Outcome = { readonly zips: Zips } | { readonly problems: readonly string[] };

/** One run of esbuild for the functions of a folder, made when the first zip is asked for. */
export class Bundling {
  private done?: Outcome;

  public constructor(private readonly request: BundlingRequest) {}

  /** Sources that are not there. */
  public missingSources(): readonly string[] {
    const { folder, entries } = this.request;
    const files = Object.entries(entries).map(([name, source]) => ({ name, file: path.resolve(folder, source) }));
    return files
      .filter(({ file }) => !fs.existsSync(file))
      .map(({ name, file }) => `code.${name} ${MISSING} ${file}; ${ADVICE}`);
  }

  /** Why there are no zips; nothing, when there are. */
  public problems(): readonly string[] {
    const done = (this.done ??= this.run());
    return "problems" in done ? done.problems : [];
  }

  /** Absolute path of a function's zip. @throws Error when there are problems */
  public zip(name: string): string {
    const done = (this.done ??= this.run());
    const file = "zips" in done ? done.zips[name] : undefined;
    if (file === undefined) throw new Error(this.problems().join("; "));
    return file;
  }

  private run(): Outcome {
    const esbuild = esbuildOf(this.request.folder);
    if (esbuild === undefined) return { problems: [NOT_INSTALLED] };
    const { folder, ...request } = this.request;
    const cache = new BundleCache(folder, JSON.stringify([request, OPTIONS, esbuild.version]));
    const fresh = cache.fresh();
    if (fresh !== undefined) return { zips: fresh };
    try {
      const { outputFiles, metafile } = esbuild.buildSync(this.options());
      return { zips: cache.keep(this.zipped(outputFiles), sourcesOf(metafile, folder)) };
    } catch (error) {
      return { problems: reasonsOf(error) };
    }
  }

  private options() {
    const { folder, entries, externalModules } = this.request;
    return {
      ...OPTIONS,
      absWorkingDir: path.resolve(folder),
      entryPoints: Object.entries(entries).map(([name, source]) => ({
        in: path.resolve(folder, source),
        out: `${name}/index`,
      })),
      outdir: path.resolve(folder, "out"),
      external: [...externalModules],
      ...(this.request.shipsSourceMap && { sourcemap: "linked" as const }),
    };
  }

  private zipped(
    outputs: Esbuild.BuildResult<{ write: false }>["outputFiles"],
  ): Readonly<Record<string, BundledFiles>> {
    const { folder, entries, shipsSourceMap } = this.request;
    const contents = new Map(
      outputs.map((file) => [path.relative(path.resolve(folder, "out"), file.path), file.contents]),
    );
    const of = (name: string, file: string): Uint8Array => contents.get(path.join(name, file)) ?? new Uint8Array();
    return Object.fromEntries(
      Object.keys(entries).map((name) => {
        const files = { "index.js": of(name, "index.js") };
        const sourceMap = of(name, "index.js.map");
        return [
          name,
          { zip: deterministicZip(shipsSourceMap ? { ...files, "index.js.map": sourceMap } : files), sourceMap },
        ];
      }),
    );
  }
}

/** Absolute paths of what went into a run. */
const sourcesOf = ({ inputs }: Esbuild.Metafile, folder: string): readonly string[] =>
  Object.keys(inputs).map((file) => path.resolve(folder, file));

const MISSING = "must be a source that is there at synthesis, got no file at";
const ADVICE =
  "in an app that is bundled itself, __dirname is the bundle's: name the folder from the working directory";
const NOT_INSTALLED =
  'code must be bundled by esbuild, got no package of that name; run "npm install --save-dev esbuild", or bring a zip of your own: HandlerCode.zip(…)';

/** The esbuild of the project that the sources belong to: an optional peer of this package. */
function esbuildOf(folder: string): Bundler | undefined {
  const projectRequire = createRequire(path.join(path.resolve(folder), "sources.js"));
  try {
    return projectRequire("esbuild") as Bundler;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function reasonsOf(error: unknown): readonly string[] {
  const { errors } = error as Partial<Esbuild.BuildFailure>;
  if (errors === undefined) throw error;
  return errors.map(({ location, text }) => {
    const at = location ? `${location.file}:${String(location.line)}:${String(location.column)}: ` : "";
    return `code must be sources that esbuild bundles, got ${at}${text}`;
  });
}

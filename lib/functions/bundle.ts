import { given, isToken, list, object, oneOf, problem, text } from "../core/checks";
import { Bundling } from "./bundling";
import { HandlerCode } from "./handler-code";
import type { ZipSource } from "./zip-source";

/** Where the source map of a bundle goes. */
export const SourceMap = {
  /** Beside the zip in the cache, for whoever reads a trace. */
  BESIDE: "beside",
  /** Into the zip; Node reads it when the function's `NODE_OPTIONS` says `--enable-source-maps`, at the cost of a slower start. */
  SHIPPED: "shipped",
} as const;
export type SourceMap = (typeof SourceMap)[keyof typeof SourceMap];

/** How functions are bundled. */
export interface BundleOptions {
  /** Packages that are left out, because a layer or the runtime brings them: `@aws-sdk/*`. @default - none, the SDK goes in */
  readonly externalModules?: readonly string[];
  /** @default SourceMap.BESIDE */
  readonly sourceMap?: SourceMap;
}

/** The sources of functions by name, each relative to the folder and with an export `handler`. */
export type BundleEntries = Readonly<Record<string, string>>;

/**
 * The code of functions of your own, from TypeScript or JavaScript: one run of esbuild for all of them, when the first is
 * needed, and none while nothing has changed. Under test nothing is bundled, a constant placeholder stands in.
 *
 * `esbuild` must be installed in the project. The same sources make the same bytes on every machine, so a second plan is empty.
 *
 * @param folder of the sources: `__dirname`, or from the working directory where the app is bundled itself (its `__dirname` is then the bundle's)
 */
export function bundle<const Entries extends BundleEntries>(
  folder: string,
  entries: Entries,
  options: BundleOptions = {},
): { readonly [Name in keyof Entries]: HandlerCode } {
  const { externalModules = [], sourceMap = SourceMap.BESIDE } = options;
  const problems = [...entryProblems(entries), ...optionProblems(options)];
  const bundling = new Bundling({ folder, entries, externalModules, shipsSourceMap: sourceMap === SourceMap.SHIPPED });
  const code = (name: string): HandlerCode => new HandlerCode(zipOf(bundling, name, problems));
  return Object.fromEntries(Object.keys(entries).map((name) => [name, code(name)])) as {
    readonly [Name in keyof Entries]: HandlerCode;
  };
}

/** Problems are told by the function that is made of the code: it knows its path. */
const zipOf = (bundling: Bundling, name: string, problems: readonly string[]): ZipSource => ({
  fileName: `${name}.zip`,
  saidProblems: () => (problems.length > 0 ? problems : bundling.missingSources()),
  zipProblems: () => bundling.problems(),
  zip: () => bundling.zip(name),
});

/** A name is a file's and a folder's on every machine. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const entryProblems = (entries: BundleEntries): readonly string[] =>
  Object.entries(entries).flatMap(([name, source]) => [
    ...(NAME.test(name) ? [] : [problem("code name", "1-64 letters, digits, hyphens or underscores", name)]),
    ...(isToken(source) || typeof source !== "string" ? [problem(`code.${name}`, "a literal path", source)] : []),
  ]);

const optionProblems = (options: BundleOptions): readonly string[] => {
  const shape = object("options", options);
  if (shape.length > 0) return shape;
  return [
    ...given(options.externalModules, (modules) => list("externalModules", modules, (one, path) => text(path, one))),
    ...given(options.sourceMap, (where) => oneOf("sourceMap", where, Object.values(SourceMap))),
  ];
};

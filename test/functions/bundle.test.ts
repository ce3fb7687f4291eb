import { App, TerraformStack } from "cdktf";
import { unzipSync } from "fflate";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../../lib/core/placeholder";
import { bundle, SourceMap, type BundleEntries, type BundleOptions } from "../../lib/functions/bundle";

const REPOSITORY = path.resolve(__dirname, "../..");

const SOURCES = {
  "package.json": "{}",
  "package-lock.json": "{}",
  "src/enrich.ts":
    'import { prefix } from "./prefix";\nexport const handler = (name: string): string => `${prefix}${name}`;\n',
  "src/clean.ts": "export const handler = (text: string): string => text.trim();\n",
  "src/prefix.ts": 'export const prefix = "acme-";\n',
};
const ENTRIES = { enrich: "enrich.ts", clean: "clean.ts" } as const;

let project: string;

const write = (file: string, text: string): void => fs.writeFileSync(path.join(project, file), text);

/** A project with this repository's esbuild. */
function projectWith(installed: readonly string[]): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "bundle-")));
  for (const folder of ["src", "node_modules"]) fs.mkdirSync(path.join(root, folder));
  for (const name of installed)
    fs.symlinkSync(path.join(REPOSITORY, "node_modules", name), path.join(root, "node_modules", name));
  for (const [file, text] of Object.entries(SOURCES)) fs.writeFileSync(path.join(root, file), text);
  return root;
}

beforeEach(() => {
  project = projectWith(["esbuild"]);
});
afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

/** A stack that takes real zips, unless told. */
const scope = (placeholder = false): TerraformStack => {
  const context = { [PLACEHOLDER_HANDLERS]: placeholder };
  return new TerraformStack(new App({ outdir: path.join(project, "out"), context }), "stack");
};

const bundled = <const E extends BundleEntries>(entries: E, options?: BundleOptions) =>
  bundle(path.join(project, "src"), entries, options);

const zipOf = (options?: BundleOptions, name: keyof typeof ENTRIES = "enrich") =>
  bundled(ENTRIES, options)[name].zipFor(scope());

const cached = (): readonly string[] =>
  fs.readdirSync(path.join(project, "node_modules/.cache/cloud-conductor")).sort();

describe("a bundle of functions", () => {
  test("is a zip for each, with what its source imports", () => {
    const code = bundled(ENTRIES);
    expect(code.enrich.problems(scope())).toEqual([]);
    const files = unzipSync(fs.readFileSync(code.enrich.zipFor(scope()).path));
    expect(Object.keys(files)).toEqual(["index.js"]);
    write("index.cjs", Buffer.from(files["index.js"] ?? []).toString("utf8"));
    const { handler } = jest.requireActual<{ readonly handler: (name: string) => string }>(
      path.join(project, "index.cjs"),
    );
    expect(handler("pos")).toBe("acme-pos");
    expect([code.enrich, code.clean].map((one) => path.basename(one.zipFor(scope()).path))).toEqual([
      "enrich.zip",
      "clean.zip",
    ]);
    expect(code.clean.entry).toBe("index.handler");
  });

  test("has the same bytes in another folder, and keeps its source map aside", () => {
    const { path: file, codeHash } = zipOf();
    expect(fs.readFileSync(file.replace(/\.zip$/, ".js.map"), "utf8")).toContain('"sources": ["../../enrich.ts"');
    const other = project;
    project = projectWith(["esbuild"]);
    expect(zipOf().codeHash).toBe(codeHash);
    fs.rmSync(other, { recursive: true });
  });

  test("is not made again while nothing has changed", () => {
    const { path: file } = zipOf();
    const before = cached();
    fs.writeFileSync(file, "kept as it is");
    expect(fs.readFileSync(zipOf().path, "utf8")).toBe("kept as it is");
    expect(cached()).toEqual(before);
  });

  test.each([
    ["a source that it imports", "src/prefix.ts", 'export const prefix = "emca-";\n'],
    ["a source that wins over another", "src/prefix.tsx", 'export const prefix = "tsx-";\n'],
    ["the lock file", "package-lock.json", '{ "lockfileVersion": 3 }'],
    ["the compiler's options", "tsconfig.json", '{ "compilerOptions": { "target": "es2020" } }'],
  ])("is made again with %s", (_, file, text) => {
    fs.writeFileSync(zipOf().path, "stale");
    write(file, text);
    expect(fs.readFileSync(zipOf().path).subarray(0, 2).toString()).toBe("PK");
  });

  test("leaves out what a layer brings, and takes the source map in when told", () => {
    write("src/clean.ts", 'import { z } from "layered";\nexport const handler = z;\n');
    const zip = zipOf({ externalModules: ["layered"], sourceMap: SourceMap.SHIPPED }, "clean");
    const files = unzipSync(fs.readFileSync(zip.path));
    expect(Object.keys(files)).toEqual(["index.js", "index.js.map"]);
    const text = Buffer.from(files["index.js"] ?? []).toString("utf8");
    expect(text).toContain('require("layered")');
    expect(text).toContain("//# sourceMappingURL=index.js.map");
  });

  test("is not made under test", () => {
    const code = bundled(ENTRIES);
    expect(code.enrich.problems(scope(true))).toEqual([]);
    expect(path.basename(code.enrich.zipFor(scope(true)).path)).toBe("enrich.zip");
    expect(fs.existsSync(path.join(project, "node_modules/.cache"))).toBe(false);
  });

  test("knows its functions by name", () => {
    // @ts-expect-error there is no such function
    expect(bundled(ENTRIES).enrch).toBeUndefined();
  });
});

describe("a bundle fails", () => {
  test("for a source that is not there, under test too", () => {
    const code = bundled({ enrich: "enrich.mts" });
    expect(code.enrich.problems(scope(true))).toEqual([
      `code.enrich must be a source that is there at synthesis, got no file at ${project}/src/enrich.mts; in an app that is bundled itself, __dirname is the bundle's: name the folder from the working directory`,
    ]);
  });

  test("for what esbuild cannot bundle, with its reasons", () => {
    write("src/clean.ts", 'import { z } from "./none";\nexport const handler = z;\n');
    const code = bundled(ENTRIES);
    const reason = 'code must be sources that esbuild bundles, got clean.ts:1:18: Could not resolve "./none"';
    expect(code.enrich.problems(scope())).toEqual([reason]);
    expect(() => code.enrich.zipFor(scope())).toThrow(reason);
  });

  test("for names and options that are none", () => {
    const code = bundled(
      { "a/b": 3 } as unknown as BundleEntries,
      {
        externalModules: [4],
        sourceMap: "inline",
      } as unknown as BundleOptions,
    );
    expect(code["a/b"]?.problems(scope(true))).toEqual([
      'code name must be 1-64 letters, digits, hyphens or underscores, got "a/b"',
      "code.a/b must be a literal path, got 3",
      "externalModules[0] must be a string, got 4",
      'sourceMap must be one of "beside", "shipped", got "inline"',
    ]);
  });

  test("without esbuild in the project", () => {
    fs.rmSync(path.join(project, "node_modules/esbuild"));
    expect(bundled(ENTRIES).enrich.problems(scope())).toEqual([
      'code must be bundled by esbuild, got no package of that name; run "npm install --save-dev esbuild", or bring a zip of your own: HandlerCode.zip(…)',
    ]);
  });
});

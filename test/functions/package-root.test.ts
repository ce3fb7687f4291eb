import { buildSync } from "esbuild";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { packageRoot, runningFrom } from "../../lib/functions/package-root";

const REPOSITORY = path.resolve(__dirname, "../..");
const SOURCE = path.join(REPOSITORY, "lib/functions/package-root.ts");

let folder: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "package-root-")));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...names: readonly string[]): string => path.join(folder, ...names);

/** A package.json, with the folders above it. */
function packageIn(where: string, name: string): void {
  fs.mkdirSync(where, { recursive: true });
  fs.writeFileSync(path.join(where, "package.json"), JSON.stringify({ name }));
}

/** The module as it stands in a package or, bundled, in an app; run from a folder of no package, it prints what it finds. */
function foundBy(outfile: string, format: "cjs" | "esm" = "cjs"): string {
  buildSync({
    stdin: {
      contents: `import { packageRoot } from ${JSON.stringify(SOURCE)}; process.stdout.write(String(packageRoot()));`,
      resolveDir: folder,
    },
    bundle: true,
    platform: "node",
    format,
    outfile,
  });
  fs.mkdirSync(at("elsewhere"), { recursive: true });
  return execFileSync(process.execPath, [outfile], { cwd: at("elsewhere"), encoding: "utf8", timeout: 20_000 });
}

describe("the folder of the package", () => {
  test("is the repository's, under jest", () => {
    expect(packageRoot()).toBe(REPOSITORY);
  });

  test("is the repository's, from its app bundled to dist/app", () => {
    packageIn(at("repository"), "cloud-conductor");
    expect(foundBy(at("repository/dist/app/main.cjs"))).toBe(at("repository"));
  });

  test("is the installed package's, from its own module", () => {
    packageIn(at("consumer"), "consumer");
    packageIn(at("consumer/node_modules/cloud-conductor"), "cloud-conductor");
    const module = at("consumer/node_modules/cloud-conductor/dist/lib/functions/package-root.js");
    expect(foundBy(module)).toBe(at("consumer/node_modules/cloud-conductor"));
  });

  test("is the linked package's real one", () => {
    packageIn(at("repository"), "cloud-conductor");
    packageIn(at("consumer"), "consumer");
    fs.mkdirSync(at("consumer/node_modules"));
    fs.symlinkSync(at("repository"), at("consumer/node_modules/cloud-conductor"));
    expect(foundBy(at("repository/dist/lib/functions/package-root.js"))).toBe(at("repository"));
    expect(foundBy(at("consumer/node_modules/cloud-conductor/dist/again.js"))).toBe(at("repository"));
  });

  test.each(["cjs", "esm"] as const)("is the installed one, from an app that bundled the library as %s", (format) => {
    packageIn(at("consumer"), "consumer");
    packageIn(at("consumer/node_modules/cloud-conductor"), "cloud-conductor");
    const app = at(`consumer/dist/app.${format === "esm" ? "mjs" : "cjs"}`);
    expect(foundBy(app, format)).toBe(at("consumer/node_modules/cloud-conductor"));
  });

  test("is the nearest one, past packages of other names", () => {
    packageIn(at("outer"), "cloud-conductor");
    packageIn(at("outer/packages/inner"), "inner");
    packageIn(at("outer/packages/inner/node_modules/cloud-conductor"), "something-else");
    expect(packageRoot([at("outer/packages/inner/lib")])).toBe(at("outer"));
  });

  test("is looked for from one start after the other", () => {
    packageIn(at("consumer/node_modules/cloud-conductor"), "cloud-conductor");
    fs.mkdirSync(at("nowhere"));
    expect(packageRoot([at("nowhere"), at("consumer/src")])).toBe(at("consumer/node_modules/cloud-conductor"));
  });

  test("may be nowhere", () => {
    expect(foundBy(at("alone/app.cjs"))).toBe("undefined");
  });

  test("is looked for from this module first, then from the script and the working directory", () => {
    expect(runningFrom()[0]).toBe(path.dirname(SOURCE));
    expect(runningFrom().at(-1)).toBe(process.cwd());
  });
});

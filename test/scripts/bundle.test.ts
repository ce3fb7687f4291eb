import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { compileSchemas } from "../../lambda/shared/schema";
import { bundleHandlers } from "../../scripts/bundle/bundle-handlers";
import { bundleKeys, isFresh } from "../../scripts/bundle/freshness";
import { importsOf } from "../../scripts/import-graph";

/** Builds are processes of their own: a second each, more on a busy machine. */
jest.setTimeout(60_000);

const REPOSITORY = path.resolve(__dirname, "../..");

const PERSON = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string", minLength: 2 }, age: { type: "integer", minimum: 0 } },
  additionalProperties: false,
};
const SOURCES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "cloud-conductor" }',
  "package-lock.json": "{}",
  "lib/functions/deterministic-zip.ts": fs.readFileSync(
    path.join(REPOSITORY, "lib/functions/deterministic-zip.ts"),
    "utf8",
  ),
  "lambda/greeter/contract.ts": `export const schemas = { person: ${JSON.stringify(PERSON)}, tag: { const: { a: [1] } } } as const;`,
  "lambda/greeter/validators.ts":
    'import { compileSchemas } from "../shared/schema";\nimport { schemas } from "./contract";\nexport const validators = compileSchemas(schemas);\n',
  "lambda/greeter/index.ts":
    'import { validators } from "./validators";\nexport const problems = (data: unknown) => validators.person(data);\nexport const tagProblems = (data: unknown) => validators.tag(data);\n',
  "lambda/counter/index.ts": "export const count = (list: readonly unknown[]): number => list.length;\n",
};

const roots: string[] = [];

/** A repository of its own below the temporary folder, with this one's scripts and packages. */
function repository(more: Readonly<Record<string, string>> = {}): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "bundle-")));
  roots.push(root);
  fs.cpSync(path.join(REPOSITORY, "lambda/shared"), path.join(root, "lambda/shared"), { recursive: true });
  for (const [file, text] of Object.entries({ ...SOURCES, ...more })) write(root, file, text);
  for (const folder of ["node_modules", "scripts"])
    fs.symlinkSync(path.join(REPOSITORY, folder), path.join(root, folder));
  return root;
}

function write(root: string, file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

function zipIn(root: string, handler: string): Buffer {
  return fs.readFileSync(path.join(root, `dist/lambda/${handler}.zip`));
}

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What the bundle exports; it is written beside its zip to be loaded. */
async function loaded(root: string, handler: string): Promise<Record<string, (data: unknown) => unknown>> {
  const file = path.join(root, `${handler}.cjs`);
  fs.writeFileSync(file, unzipSync(zipIn(root, handler))["index.js"] ?? "");
  return (await import(file)) as Record<string, (data: unknown) => unknown>;
}

afterAll(() => {
  for (const root of roots) fs.rmSync(root, { recursive: true, force: true });
});

describe("a bundle", () => {
  let root: string;
  beforeAll(() => {
    root = repository();
    bundleHandlers({ root });
  });

  test("is a zip of one file that other tools read: its mode, its date", () => {
    expect(Object.keys(unzipSync(zipIn(root, "greeter")))).toEqual(["index.js"]);
    const script =
      "import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); i = z.infolist()[0];" +
      "print(json.dumps([len(z.infolist()), i.filename, i.date_time, oct(i.external_attr >> 16), i.create_system, z.testzip()]))";
    const python = spawnSync("python3", ["-c", script, path.join(root, "dist/lambda/greeter.zip")], {
      encoding: "utf8",
    });
    expect({ status: python.status, read: JSON.parse(python.stdout) as unknown }).toEqual({
      status: 0,
      read: [1, "index.js", [1980, 1, 1, 12, 0, 0], "0o100644", 3, null],
    });
  });

  test("has the same bytes in every time zone, below every folder", () => {
    const hashes = ["UTC", "America/Los_Angeles", "Asia/Tokyo"].map((zone) => {
      const other = repository();
      const script = ["scripts/run.mjs", "scripts/bundle/build.ts", "greeter", "counter"];
      const run = spawnSync(process.execPath, script, {
        cwd: other,
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      });
      expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
      return [sha256(zipIn(other, "greeter")), sha256(zipIn(other, "counter"))];
    });
    expect(new Set(hashes.map(String))).toEqual(
      new Set([String([sha256(zipIn(root, "greeter")), sha256(zipIn(root, "counter"))])]),
    );
  });

  test("holds validators that say what those compiled at load say, without their compiler", async () => {
    const bundled = await loaded(root, "greeter");
    const atLoad = compileSchemas({ person: PERSON, tag: { const: { a: [1] } } });
    const people = [{ name: "Ada" }, { name: "A", age: -1 }, {}, { name: "Ada", more: 1 }, "Ada", null, { name: 7 }];
    expect(people.map((person) => bundled["problems"]?.(person))).toEqual(
      people.map((person) => atLoad.person(person)),
    );
    expect(bundled["problems"]?.({ name: "A", age: -1 })).toEqual([
      "/name must NOT have fewer than 2 characters",
      "/age must be >= 0",
    ]);
    const tags = [{ a: [1] }, { a: [2] }];
    expect(tags.map((tag) => bundled["tagProblems"]?.(tag))).toEqual([[], ["(root) must be equal to constant"]]);
    expect(unzipSync(zipIn(root, "greeter"))["index.js"]?.length).toBeLessThan(8_000);
  });

  test("names no folder of the machine, nor does its source map", () => {
    expect(fs.readFileSync(path.join(root, "dist/bundle/greeter.js.map"), "utf8")).not.toContain(root);
    expect(Buffer.from(unzipSync(zipIn(root, "greeter"))["index.js"] ?? []).toString("utf8")).not.toContain(
      "sourceMappingURL",
    );
  });

  test("is not made again while it is fresh", () => {
    expect(bundleHandlers({ root }).handlers.map(({ name, zip, built }) => ({ name, zip, built }))).toEqual([
      { name: "counter", zip: path.join(root, "dist/lambda/counter.zip"), built: false },
      { name: "greeter", zip: path.join(root, "dist/lambda/greeter.zip"), built: false },
    ]);
  });
});

describe("freshness", () => {
  test("costs no package: what a synth loads imports node alone", () => {
    const loaded = new Set(["scripts/bundle/bundle-handlers.ts"]);
    const packages = new Set<string>();
    for (const file of loaded) {
      for (const { target } of importsOf(REPOSITORY, file))
        (/^(scripts|lib)\//.test(target) ? loaded : packages).add(target);
    }
    expect([...loaded].sort()).toEqual([
      "lib/functions/bundle-options.ts",
      "scripts/bundle/bundle-handlers.ts",
      "scripts/bundle/freshness.ts",
      "scripts/bundle/handlers.ts",
      "scripts/bundle/options.ts",
      "scripts/bundle/repository.ts",
    ]);
    // esbuild stands there for a type.
    expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual(["esbuild"]);
  });

  test.each([
    ["its sources", "lambda/greeter/contract.ts", ["greeter"]],
    ["a source that is new", "lambda/greeter/adapters/clock.ts", ["greeter"]],
    ["what handlers share", "lambda/shared/schema-options.ts", ["counter", "greeter"]],
    ["the lock file", "package-lock.json", ["counter", "greeter"]],
  ])("ends with %s", (_, file, stale) => {
    const root = repository();
    const handlers = ["counter", "greeter"];
    const before = bundleKeys(root, handlers);
    expect(bundleKeys(root, handlers)).toEqual(before);
    write(root, file, "export {};\n");
    const after = bundleKeys(root, handlers);
    expect(handlers.filter((handler) => before.get(handler) !== after.get(handler))).toEqual(stale);
  });

  test("ends with a zip that is not what was made, or is gone", () => {
    const root = repository();
    bundleHandlers({ root, only: ["counter"] });
    const key = bundleKeys(root, ["counter"]).get("counter");
    const good = zipIn(root, "counter");
    expect(isFresh(root, "counter", key)).toBe(true);
    write(root, "dist/lambda/counter.zip", "cut");
    expect(isFresh(root, "counter", key)).toBe(false);
    fs.rmSync(path.join(root, "dist/lambda/counter.zip"));
    expect(isFresh(root, "counter", key)).toBe(false);
    expect(bundleHandlers({ root, only: ["counter"] }).handlers.map(({ built }) => built)).toEqual([true]);
    expect(zipIn(root, "counter").equals(good)).toBe(true);
  });

  test("two runs at once both end well and leave nothing half made", async () => {
    const root = repository();
    const run = (): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ["scripts/run.mjs", "scripts/bundle/main.ts"], {
          cwd: root,
          stdio: "ignore",
        });
        child.on("close", resolve);
      });
    expect(await Promise.all([run(), run()])).toEqual([0, 0]);
    expect(fs.readdirSync(path.join(root, "dist/lambda")).sort()).toEqual(["counter.zip", "greeter.zip"]);
    expect(bundleHandlers({ root }).handlers.map(({ built }) => built)).toEqual([false, false]);
  });

  test("the zip of a handler that is gone goes too", () => {
    const root = repository();
    bundleHandlers({ root, only: ["counter"] });
    fs.rmSync(path.join(root, "lambda/counter"), { recursive: true });
    fs.rmSync(path.join(root, "lambda/greeter"), { recursive: true });
    expect(bundleHandlers({ root }).handlers).toEqual([]);
    expect(fs.readdirSync(path.join(root, "dist/lambda"))).toEqual([]);
  });
});

describe("fails", () => {
  function messageOf(run: () => unknown): string {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return "nothing was thrown";
  }

  test("with every handler that cannot be bundled and why, and leaves their zips alone", () => {
    const root = repository({
      "lambda/counter/index.ts": 'import { gone } from "./gone";\nexport const handler = gone;\n',
      "lambda/greeter/contract.ts": 'export const schemas = { person: { type: "objekt" } };\n',
      "lambda/whole/index.ts": "export const handler = (): number => 1;\n",
      "lambda/torn/index.ts": "export const handler = (;\n",
    });
    expect(messageOf(() => bundleHandlers({ root }))).toBe(
      [
        "3 handlers cannot be bundled",
        '  counter: lambda/counter/index.ts:1:21 Could not resolve "./gone"',
        "  greeter: lambda/greeter/contract.ts schemas.person: schema is invalid: data/type must be equal to one of the allowed values, data/type must be array, data/type must match a schema in anyOf",
        '  torn: lambda/torn/index.ts:1:24 Unexpected ";"',
      ].join("\n"),
    );
    expect(fs.existsSync(path.join(root, "dist/lambda"))).toBe(false);
  });

  test("with what a warning says: an import that is not there is undefined at run time", () => {
    const root = repository({
      "lambda/counter/index.ts": 'import { gone } from "./own";\nexport const handler = gone;\n',
      "lambda/counter/own.ts": "export const own = 1;\n",
    });
    expect(messageOf(() => bundleHandlers({ root, only: ["counter"] }))).toBe(
      '1 handler cannot be bundled\n  counter: lambda/counter/index.ts:1:9 No matching export in "lambda/counter/own.ts" for import "gone"',
    );
  });

  test("with the handlers that are not there", () => {
    expect(messageOf(() => bundleHandlers({ root: repository(), only: ["counter", "conter"] }))).toBe(
      "no such handler: conter; lambda/ holds counter, greeter",
    );
  });

  test("outside the repository", () => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "elsewhere-")));
    roots.push(folder);
    const script = path.join(REPOSITORY, "scripts/bundle/main.ts");
    fs.symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
    const run = spawnSync(process.execPath, [path.join(REPOSITORY, "scripts/run.mjs"), script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ status: run.status, stderr: run.stderr }).toEqual({
      status: 1,
      stderr: `no package.json named cloud-conductor at or above ${folder}: run this inside the repository\n`,
    });
  });
});

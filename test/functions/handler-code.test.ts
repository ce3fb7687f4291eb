import { App, TerraformStack } from "cdktf";
import { unzipSync, zipSync } from "fflate";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../../lib/core/placeholder";
import { HandlerCode, zipAt } from "../../lib/functions/handler-code";
import { packagedProblems } from "../../lib/functions/zip-source";

const REPOSITORY = path.resolve(__dirname, "../..");

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "handler-code-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const zipIn = (name: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, zipSync({ "index.js": Buffer.from("exports.handler = async () => 1;") }));
  return file;
};

/** A stack of an app whose context says something of placeholders, or nothing. */
const scope = (placeholder?: unknown): TerraformStack => {
  const context = placeholder === undefined ? {} : { [PLACEHOLDER_HANDLERS]: placeholder };
  return new TerraformStack(new App({ outdir: folder, context }), "stack");
};

/** Of the placeholder, as `openssl dgst -sha256 -binary | base64` and `sha256sum` say it. */
const HASH = "tQ5jn0cyNLz1326NscljIrNvxe9trq4BsxAoekmiOqc=";
const HEX = "B50E639F473234BCF5DF6E8DB1C96322";

describe("a zip", () => {
  test("is hashed as Lambda hashes it: the base64 of the SHA-256 of exactly its bytes", () => {
    const { path: file } = HandlerCode.bundled("none").zipFor(scope());
    const copy = path.join(folder, "copy.zip");
    fs.copyFileSync(file, copy);
    expect(zipAt(copy)).toEqual({ path: copy, codeHash: HASH, assetHash: HEX });
  });

  test("has another hash with another byte", () => {
    const file = zipIn("own.zip");
    const before = zipAt(file);
    fs.appendFileSync(file, "x");
    const after = zipAt(file);
    expect(after.codeHash).not.toBe(before.codeHash);
    expect(after.assetHash).not.toBe(before.assetHash);
  });
});

describe("an own zip", () => {
  test("travels by its absolute path", () => {
    const file = zipIn("enrich.zip");
    const code = HandlerCode.zip(path.relative(process.cwd(), file), "enrich.run");
    expect(code.entry).toBe("enrich.run");
    expect(code.problems(scope(false))).toEqual([]);
    expect(code.zipFor(scope(false))).toEqual(zipAt(file));
  });

  test("fails when it is not there", () => {
    expect(HandlerCode.zip("dist/none.zip").problems(scope(false))).toEqual([
      "code must be a zip that is there at synthesis, got no file at dist/none.zip; build it before the app runs",
    ]);
  });

  test.each(["dist/enrich", "${TfToken[TOKEN.0]}"])("fails when it is no zip: %s", (file) => {
    const got = file.startsWith("$") ? "a token (a value known only to Terraform)" : JSON.stringify(file);
    expect(HandlerCode.zip(file).problems(scope())).toEqual([
      `code must be a .zip file that is there at synthesis, got ${got}`,
    ]);
  });
});

describe("the zip of a bundled handler", () => {
  const file = "dist/lambda/none.zip";

  test("lies below the package", () => {
    fs.mkdirSync(path.join(folder, "dist/lambda"), { recursive: true });
    zipIn("dist/lambda/none.zip");
    expect(packagedProblems(file, folder)).toEqual([]);
  });

  test("fails when it is not there, and says what to do", () => {
    expect(packagedProblems(file, folder)).toEqual([
      `code must be dist/lambda/none.zip of the package cloud-conductor, got no such file in ${folder}; run "npm run bundle" in the repository, or install cloud-conductor again`,
    ]);
    expect(HandlerCode.bundled("none").problems(scope(false))).toEqual([
      `code must be dist/lambda/none.zip of the package cloud-conductor, got no such file in ${REPOSITORY}; run "npm run bundle" in the repository, or install cloud-conductor again`,
    ]);
  });

  test("fails when the package itself is not there", () => {
    jest.isolateModules(() => {
      jest.doMock("../../lib/functions/package-root", () => ({ packageRoot: () => undefined }));
      const alone = jest.requireActual<{ readonly packagedProblems: typeof packagedProblems }>(
        "../../lib/functions/zip-source",
      );
      expect(alone.packagedProblems(file)).toEqual([
        'code must be dist/lambda/none.zip of the package cloud-conductor, got no such package at or above the app; run "npm run bundle" in the repository, or install cloud-conductor again',
      ]);
    });
  });
});

describe("the placeholder", () => {
  const code = HandlerCode.bundled("none");

  test.each([undefined, true, "true"])("stands in under jest, with a context of %s", (said) => {
    expect(code.problems(scope(said))).toEqual([]);
    const { path: file, codeHash } = code.zipFor(scope(said));
    expect(path.basename(file)).toBe("none.zip");
    expect(codeHash).toBe(HASH);
  });

  test("is the same for every handler, own ones too", () => {
    const hashes = [code, HandlerCode.bundled("retraining-trigger"), HandlerCode.zip("dist/enrich.zip")].map(
      (one) => one.zipFor(scope()).codeHash,
    );
    expect(new Set(hashes)).toEqual(new Set([HASH]));
  });

  test("is a zip that says what it is when it runs", () => {
    const files = unzipSync(fs.readFileSync(code.zipFor(scope()).path));
    expect(Object.keys(files)).toEqual(["index.js"]);
    fs.writeFileSync(path.join(folder, "index.js"), files["index.js"] ?? "");
    const { handler } = jest.requireActual<{ readonly handler: () => Promise<unknown> }>(path.join(folder, "index.js"));
    return expect(handler()).rejects.toThrow(
      "This is the placeholder of a handler: the app was synthesised under test.",
    );
  });

  test("is written again when somebody has changed it", () => {
    const changed = HandlerCode.zip("changed-by-a-test.zip");
    fs.writeFileSync(changed.zipFor(scope()).path, "broken");
    expect(changed.zipFor(scope()).codeHash).toBe(HASH);
  });

  test("does not stand in where the app says so, nor in what a test starts", () => {
    expect(code.problems(scope(false))).toHaveLength(1);
    const { expect: own } = globalThis as { expect?: unknown };
    Reflect.deleteProperty(globalThis, "expect");
    const problems = code.problems(scope());
    Object.assign(globalThis, { expect: own });
    expect(problems).toHaveLength(1);
  });
});

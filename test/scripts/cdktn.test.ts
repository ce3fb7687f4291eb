import { App, TerraformOutput, TerraformStack } from "cdktf";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { compareApps, readApps, report, type SynthesisedApp } from "../../scripts/cdktn/compare";
import { linkOthers } from "../../scripts/cdktn/install";
import { stackDifferences } from "../../scripts/stack-differences";

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cdktn-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** Two apps below one folder, as synthesise-all.ts leaves them. */
function apps(version: string, region: string): string {
  const folder = temporaryFolder();
  for (const [outdir, ...stacks] of [
    ["stacks", "lake-dev", "lake-prod"],
    ["examples/queues", "orders"],
  ] as const) {
    fs.mkdirSync(path.join(folder, path.dirname(outdir)), { recursive: true });
    const app = new App({ outdir: path.join(folder, outdir) });
    for (const name of stacks) {
      const stack = new TerraformStack(app, name);
      new TerraformOutput(stack, "region", { value: name === "lake-prod" ? region : "eu-west-1", staticId: true });
    }
    app.synth();
    for (const name of stacks) rewrite(path.join(folder, outdir, "stacks", name, "cdk.tf.json"), version);
  }
  return folder;
}

/** As another release of the library would have written it. */
function rewrite(file: string, version: string): void {
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replace(/("version": )"[^"]+"/, `$1"${version}"`));
}

describe("two libraries", () => {
  const cdktf = readApps(apps("0.21.0", "eu-west-1"), "cdktf");

  test("are told by what they write into the metadata", () => {
    expect(cdktf.by).toBe("cdktf 0.21.0");
    expect([...cdktf.stacks.keys()].sort()).toEqual(["examples/queues/orders", "stacks/lake-dev", "stacks/lake-prod"]);
  });

  test("make the same stacks where their release alone differs", () => {
    const cdktn = readApps(apps("0.24.0", "eu-west-1"), "cdktn");
    const comparisons = compareApps(cdktf, cdktn);
    expect(comparisons.flatMap(({ differences }) => differences)).toEqual([]);
    expect(report(comparisons, cdktf, cdktn)).toBe("3 of 3 stacks are the same under cdktf 0.21.0 and cdktn 0.24.0");
  });

  test("make others where a value differs", () => {
    const cdktn = readApps(apps("0.24.0", "us-east-1"), "cdktn");
    expect(report(compareApps(cdktf, cdktn), cdktf, cdktn).split("\n")).toEqual([
      "stacks/lake-prod differs:",
      '  output.region.value: "eu-west-1" under cdktf 0.21.0, "us-east-1" under cdktn 0.24.0',
      "2 of 3 stacks are the same under cdktf 0.21.0 and cdktn 0.24.0",
    ]);
  });

  test("differ in a stack that one of them does not make, and in the order of deployment", () => {
    const one: SynthesisedApp = { by: "cdktf 1", stacks: new Map([["a", { dependencies: [] }]]) };
    const other: SynthesisedApp = {
      by: "cdktn 2",
      stacks: new Map<string, unknown>([
        ["a", { dependencies: ["b"] }],
        ["b", { dependencies: [] }],
      ]),
    };
    expect(report(compareApps(one, other), one, other).split("\n")).toEqual([
      "a differs:",
      '  dependencies.0: nothing under cdktf 1, "b" under cdktn 2',
      "b differs:",
      '  : nothing under cdktf 1, {"dependencies":[]} under cdktn 2',
      "0 of 2 stacks are the same under cdktf 1 and cdktn 2",
    ]);
  });
});

test("differences are named by their place; the order of keys is none", () => {
  const sides = { one: "here", other: "there" };
  expect(stackDifferences({ a: [1, { b: 2 }], c: null }, { c: null, a: [1, { b: 2 }] }, sides)).toEqual([]);
  expect(stackDifferences({ a: [1, 2], b: {}, c: "1" }, { a: [1], b: [], c: 1 }, sides)).toEqual([
    "a.1: 2 here, nothing there",
    "b: {} here, [] there",
    'c: "1" here, 1 there',
  ]);
});

test("every package is linked beside what was installed, but the repository's own cdktf and constructs", () => {
  const [from, to] = [temporaryFolder(), temporaryFolder()];
  for (const name of ["cdktf", "constructs", "semver", "zod", ".bin", "@cdktf/provider-aws", "@types/node"])
    fs.mkdirSync(path.join(from, name), { recursive: true });
  for (const name of ["cdktf", "semver"]) fs.mkdirSync(path.join(to, name));
  linkOthers(from, to);
  expect(fs.readdirSync(to).sort()).toEqual(["@cdktf", "@types", "cdktf", "semver", "zod"]);
  const link = (name: string): boolean => fs.lstatSync(path.join(to, name)).isSymbolicLink();
  expect(["cdktf", "semver", "zod", "@cdktf/provider-aws"].map(link)).toEqual([false, false, true, true]);
});

import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { useEnvironment, type Environment } from "../../lib/core/environment";
import { labelsFor, tagsFor } from "../../lib/core/tagging";
import { tagProblems, type Tags } from "../../lib/core/tags";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { lines, messageOf } from "../support/messages";

fc.configureGlobal({ seed: 20_260_301 });

const DEV: Environment = { name: "dev", dataRemoval: "kept", tags: { costCenter: "Data 42", owner: "POS Team" } };

function mapped<T>(map: (scope: TerraformStack, own?: Tags) => T, own?: Tags, environment?: Environment): T {
  const all: T[] = [];
  synthApp((app) => {
    const stack = new TerraformStack(app, "lake");
    if (environment) useEnvironment(stack, environment);
    all.push(map(stack, own));
  });
  return all[0] as T;
}

describe("one vocabulary", () => {
  test("is tags on AWS and Azure, in the order of the keys", () => {
    const { tags = {} } = mapped(tagsFor, { dataClass: "internal" }, DEV);
    expect(Object.entries(tags)).toEqual([
      ["CostCenter", "Data 42"],
      ["DataClass", "internal"],
      ["Environment", "dev"],
      ["Owner", "POS Team"],
    ]);
  });

  test("is labels on Google", () => {
    const { labels = {} } = mapped(labelsFor, { dataClass: "internal" }, DEV);
    expect(Object.entries(labels)).toEqual([
      ["cost-center", "data-42"],
      ["data-class", "internal"],
      ["environment", "dev"],
      ["owner", "pos-team"],
    ]);
  });

  test("of the construct wins over that of the environment", () => {
    expect(mapped(tagsFor, { owner: "ML", environment: "shared" }, DEV)).toEqual({
      tags: { CostCenter: "Data 42", Environment: "shared", Owner: "ML" },
    });
  });

  test("without words is nothing", () => {
    expect([mapped(tagsFor), mapped(labelsFor)]).toEqual([{}, {}]);
  });

  test.each([
    ["Straße 1/2", "straße-1-2"],
    ["İstanbul", "i-stanbul"],
    ["x".repeat(63), "x".repeat(63)],
    ["", ""],
  ])("writes %p as the label %p", (value, label) => {
    expect(mapped(labelsFor, { owner: value })).toEqual({ labels: { owner: label } });
  });

  test("brings a value known only to Terraform into the form of a label there", () => {
    const stack = synthApp((app) => {
      const lake = new TerraformStack(app, "lake");
      new GoogleProvider(lake, "google", {});
      const owner = new TerraformVariable(lake, "owner", { type: "string" }).stringValue;
      new StorageBucket(lake, "raw", { name: "acme-raw", location: "EU", ...labelsFor(lake, { owner }) });
    }).stack("lake");
    expect(Template.of(stack).only(StorageBucket).get("labels.owner")).toBe(
      '${substr(replace(lower(var.owner), "/[^a-z0-9_-]/", "-"), 0, 63)}',
    );
  });
});

describe("whatever the tags", () => {
  const keys = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,40}$/);
  const values = fc.string({ unit: "grapheme", maxLength: 63 });
  const tags = fc.dictionary(keys, values, { maxKeys: 40 }).filter((one) => tagProblems("tags", one).length === 0);

  test("labels keep to Google's form, and none is lost", () => {
    fc.assert(
      fc.property(tags, (one) => {
        const { labels = {} } = mapped(labelsFor, one);
        expect(Object.keys(labels)).toHaveLength(Object.keys(one).length);
        for (const [key, value] of Object.entries(labels)) {
          expect(key).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
          expect(value).toMatch(/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("tags keep to the form of AWS and Azure, values untouched", () => {
    fc.assert(
      fc.property(tags, (one) => {
        const { tags: written = {} } = mapped(tagsFor, one);
        expect(Object.values(written).sort()).toEqual(Object.values(one).sort());
        for (const [key, value] of Object.entries(written)) {
          expect(key).toMatch(/^[A-Z][A-Za-z0-9]{0,62}$/);
          expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("fails on", () => {
  const KEY = (as: string) => `keyed in camelCase letters and digits, at most 63 characters as in "${as}"`;
  const VALUE = "a text of at most 63 letters, digits, spaces or any of _.:/=+@-";

  test.each([
    ["Cost", "cost"],
    ["cost-center", "cost-center"],
    ["1st", "1st"],
    ["aws:name", "aws:name"],
    ["", ""],
    ["a".repeat(64), "a".repeat(64)],
    [`a${"Ba".repeat(22)}`, `a${"-ba".repeat(22)}`],
  ])("the key %p", (key, label) => {
    expect(tagProblems("tags", { [key]: "x" })).toEqual([`tags must be ${KEY(label)}, got "${key}"`]);
  });

  test.each(["a".repeat(64), "R&D", "50 %", "a\nb", 3, null, undefined])("the value %p", (value) => {
    const got = value === undefined ? "undefined" : JSON.stringify(value);
    expect(tagProblems("tags", { owner: value as string })).toEqual([`tags.owner must be ${VALUE}, got ${got}`]);
  });

  test("two keys that are one label, and one key to Azure", () => {
    expect(tagProblems("tags", { aBc: "1", aBC: "2" })).toEqual([
      'tags[1] must be keyed differently, not by capitals alone, got "a-bc"',
    ]);
  });

  test.each([null, "owner", 3, ["owner"]])("%p instead of tags", (tags) => {
    expect(tagProblems("tags", tags as unknown as Tags)).toEqual([
      `tags must be an object, got ${JSON.stringify(tags)}`,
    ]);
  });

  test("more than a resource takes, alone or with those of the environment", () => {
    const many = (count: number): Tags =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${String(index)}`, "x"]));
    const rule = "tags must be at most 50 tags, the environment's included";
    expect(tagProblems("tags", many(51))).toEqual([`${rule}, got 51`]);
    expect(tagProblems("tags", many(50))).toEqual([]);
    for (const map of [tagsFor, labelsFor])
      expect(messageOf(() => mapped<unknown>(map, many(48), DEV))).toBe(
        lines("lake has 1 problem", `  ${rule}, got 51`),
      );
  });
});

test("tags that are not given have no problem", () => {
  expect(tagProblems("tags", undefined)).toEqual([]);
});

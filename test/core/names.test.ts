import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { useEnvironment, type Environment } from "../../lib/core/environment";
import { nameProblems, physicalName, stableHash, type NameRule } from "../../lib/core/names";
import { BUCKET_NAME } from "../../lib/storage/aws/bucket-name";
import { synthApp } from "../../lib/testing/synth";
import { PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

fc.configureGlobal({ seed: 20_260_301 });

/** Rules as different as those of the services: length, separator, case, first character. */
const RULES = {
  bucket: BUCKET_NAME,
  account: rule(/^[a-z0-9]{3,24}$/, { maximum: 24, separator: "" }),
  role: rule(/^[\w+=,.@-]{1,64}$/, { maximum: 64, lowerCase: false }),
  dataset: rule(/^[a-z_]\w{0,30}$/, { maximum: 31, separator: "_" }),
  serviceAccount: rule(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, { maximum: 30 }),
  unreserved: rule(/^(?!goog)(?!.*google)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, { maximum: 63 }),
} as const;

function rule(pattern: RegExp, rest: Partial<NameRule> & { maximum: number }): NameRule {
  return { rule: String(pattern), pattern, source: "https://example.com", ...rest };
}

/** The name of a construct at a path, stack first. */
function named(ids: readonly string[], by: NameRule, role?: string, environment?: Environment): string {
  let name = "";
  synthApp((app) => {
    const [first = "", ...below] = ids;
    const stack = new TerraformStack(app, first);
    if (environment) useEnvironment(stack, environment);
    const scope = below.reduce<Construct>((at, id) => new Construct(at, id), stack);
    name = physicalName(scope, by, role);
  });
  return name;
}

describe("a generated name", () => {
  test.each([
    [["lake-dev", "pos"], RULES.bucket, "lake-dev-pos-a4a95bb2"],
    [["lake-dev", "POS data"], RULES.bucket, "lake-dev-pos-data-a4e85f63"],
    [["lake-dev", "pos"], RULES.account, "lakedevposa4a95bb2"],
    [["lake-dev", "pos"], RULES.role, "lake-dev-pos-a4a95bb2"],
    [["Lake", "POS"], RULES.role, "Lake-POS-8de0778a"],
    [["lake-dev", "pos"], RULES.dataset, "lake_dev_pos_a4a95bb2"],
  ])("of %p", (ids, by, expected) => {
    expect(named(ids, by)).toBe(expected);
  });

  test("is cut to the limit, its hash kept", () => {
    expect(named(["lake-production", "point-of-sale-transactions"], RULES.account)).toBe("lakeproductionpodea7885f");
    expect(named(["lake-production", "point-of-sale-transactions"], RULES.serviceAccount)).toBe(
      "lake-production-point-dea7885f",
    );
  });

  test("leaves out what no name is made of", () => {
    expect(named(["lake", "é ü"], RULES.bucket)).toMatch(/^lake-[0-9a-f]{8}$/);
    expect(named(["é"], RULES.bucket)).toMatch(/^[0-9a-f]{8}$/);
  });

  test.each([
    ["a digit first", ["1st", "pos"], RULES.serviceAccount, /^cc-1st-pos-[0-9a-f]{8}$/],
    ["a reserved beginning", ["sthree", "pos"], RULES.bucket, /^cc-sthree-pos-[0-9a-f]{8}$/],
    ["a reserved beginning made of two ids", ["xn-", "-pos"], RULES.bucket, /^xn-pos-[0-9a-f]{8}$/],
    ["a reserved word inside", ["lake", "google", "raw"], RULES.unreserved, /^cc-[0-9a-f]{8}$/],
  ])("with %s is brought into the rule", (_, ids, by, expected) => {
    expect(named(ids, by)).toMatch(expected);
  });

  test("tells roles of one construct apart", () => {
    const all = [named(["lake", "pos"], RULES.role), named(["lake", "pos"], RULES.role, "dead-letter")];
    expect(all).toEqual(["lake-pos-9c591c5d", "lake-pos-dead-letter-18ee99e9"]);
  });

  test("fails when the rule contradicts itself", () => {
    const impossible = { ...RULES.role, rule: "three letters", pattern: /^[a-z]{3}$/ };
    expect(messageOf(() => named(["lake", "pos"], impossible))).toBe(
      lines(
        "lake/pos has 1 problem",
        '  name must be given, because none can be made that is three letters, got "lake-pos-9c591c5d"',
      ),
    );
  });
});

describe("a name that a whole cloud shares", () => {
  const owned = (accountId: string): Environment => ({ ...PROD, aws: { accountId, region: "eu-west-1" } });
  const bucket = (environment?: Environment) => named(["lake", "pos"], RULES.bucket, undefined, environment);

  test("differs between accounts, and not between other facts of the environment", () => {
    const [one, other] = [bucket(owned("111111111111")), bucket(owned("222222222222"))];
    expect(new Set([one, other, bucket()]).size).toBe(3);
    expect(bucket({ ...owned("111111111111"), name: "other", tags: {} })).toBe(one);
  });

  test("does not count the owner where it counts within an account", () => {
    const role = (environment: Environment) => named(["lake", "pos"], RULES.role, undefined, environment);
    expect(role(owned("111111111111"))).toBe(role(owned("222222222222")));
  });

  test("counts the project on Google and the subscription on Azure", () => {
    const environment = (projectId: string, subscriptionId: string): Environment => ({
      name: "dev",
      dataRemoval: "kept",
      google: { projectId, projectNumber: "1", region: "us-central1" },
      azure: { subscriptionId, resourceGroupName: "data", location: "westeurope" },
    });
    const uuid = (digit: string) => `${digit.repeat(8)}-1111-1111-1111-111111111111`;
    const name = (sharedIn: "google" | "azure", one: Environment) =>
      named(["lake", "pos"], { ...RULES.bucket, sharedIn }, undefined, one);
    const [first, project, subscription] = [
      environment("acme-one", uuid("1")),
      environment("acme-two", uuid("1")),
      environment("acme-one", uuid("2")),
    ];
    expect(name("google", first)).not.toBe(name("google", project));
    expect(name("google", first)).toBe(name("google", subscription));
    expect(name("azure", first)).not.toBe(name("azure", subscription));
    expect(name("azure", first)).toBe(name("azure", project));
  });
});

describe("whatever the path", () => {
  const stackIds = fc.stringMatching(/^[A-Za-z0-9é_-]{1,40}$/);
  const ids = fc.array(
    fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.constantFrom("google", "xn--", "-", "1")),
    {
      maxLength: 4,
    },
  );
  const paths = fc
    .tuple(stackIds, ids)
    .map(([first, rest]) => [first, ...rest.map((id) => id.replaceAll("/", "|"))])
    // names of an object's own, which a construct tree takes to be there already
    .filter((all) => all.every((id) => !(id in {})));

  test.each(Object.entries(RULES))("the name of a %s keeps to its rule, and to itself", (_, by) => {
    fc.assert(
      fc.property(paths, (path) => {
        const name = named(path, by);
        expect(name).toMatch(by.pattern);
        expect(name.length).toBeLessThanOrEqual(by.maximum);
        expect(named(path, by)).toBe(name);
      }),
      { numRuns: 60 },
    );
  });

  test("two paths have two names", () => {
    fc.assert(
      fc.property(paths, paths, (one, other) => {
        fc.pre(one.join("/") !== other.join("/"));
        expect(named(one, RULES.account)).not.toBe(named(other, RULES.account));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a given name", () => {
  test("that follows the rule has no problem", () => {
    expect(nameProblems("bucketName", "acme-pos-dev", BUCKET_NAME)).toEqual([]);
  });

  test.each(["Acme_POS", "ab", "a".repeat(64), "192.168.0.1", "a..b", "xn--a", "acme-s3alias", 3])(
    "%p does not",
    (name) => {
      expect(nameProblems("bucketName", name, BUCKET_NAME)).toEqual([
        `bucketName must be 3-63 lower-case letters, digits, dots or hyphens, got ${JSON.stringify(name)}`,
      ]);
    },
  );
});

test("a hash is the same on every machine", () => {
  expect([stableHash("lake-dev/pos"), stableHash("lake-dev/pos", 16)]).toEqual(["e954e5c2", "e954e5c23b3aba1b"]);
});

import fs from "node:fs";
import path from "node:path";
import { TerraformVariable, type TerraformStack } from "cdktf";
import fc from "fast-check";
import { DataRemoval } from "../../lib/core/data-removal";
import { ConstructValidationError } from "../../lib/core/errors";
import type { BucketProps } from "../../lib/storage/bucket";
import type { LifecycleRule } from "../../lib/storage/lifecycle";
import { StorageTier } from "../../lib/storage/tier";
import { filesOf, synthApp, type SynthesisedApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { lines, messageOf } from "../support/messages";
import { DEV, PROD, stackOn, templateOn, VERBS, type AnyBucket, type BucketCloud } from "./clouds/cloud";
import { grantContract } from "./grant-contract";
import { junkProps } from "./junk-props";
import { optionalContract } from "./optional-contract";

/** Rules in the order of their prefixes, the whole bucket last. */
const LIFECYCLE: readonly LifecycleRule[] = [
  {
    prefix: "raw/",
    transitions: [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.COLD, afterDays: 60 },
      { tier: StorageTier.ARCHIVE, afterDays: 90 },
    ],
    expireAfterDays: 730,
  },
  { prefix: "scratch/", expireAfterDays: 1 },
  { transitions: [{ tier: StorageTier.COLD, afterDays: 0 }] },
];

const MISSING_ENVIRONMENT =
  'The data is kept: dataRemoval is "destroy" here, and the environment does not say dataRemoval: "allowed".';
const MISSING_PROP =
  'The data is kept: the environment says dataRemoval: "allowed", and the construct does not say dataRemoval: "destroy".';

/** What a bucket promises on every cloud. */
export function bucketContract(cloud: BucketCloud, foreign: BucketCloud): void {
  const one = (props: BucketProps = {}): Template => templateOn(cloud, (stack) => void cloud.make(stack, "pos", props));
  const errorOf = (props: object): string =>
    messageOf(() => synthApp((app) => void cloud.make(stackOn(cloud, app), "pos", props)));

  describe("by default", () => {
    test("is private", () => {
      expect(cloud.privacy(one())).toEqual(cloud.private);
    });

    test("is encrypted", () => {
      expect(cloud.encryption(one())).toEqual(cloud.encrypted);
    });

    test("keeps versions, for 90 days once they are replaced, and parts of uploads for 7", () => {
      const template = one();
      expect(cloud.versioning(template)).toEqual(cloud.versioned);
      expect(JSON.stringify(cloud.noncurrentDays(template))).toContain(":90");
      expect(JSON.stringify(cloud.abortDays(template) ?? ":7")).toContain(":7");
    });

    test("speaks TLS alone", () => {
      expect(cloud.transport(one())).toEqual(cloud.tlsOnly);
    });

    test("needs no lifecycle", () => {
      expect(cloud.lifecycle(one())).toEqual([]);
    });
  });

  describe("its data", () => {
    const removing = (environment: typeof PROD, dataRemoval?: DataRemoval): SynthesisedApp =>
      synthApp((app) => void cloud.make(stackOn(cloud, app, "lake", environment), "pos", { dataRemoval }));
    const infos = (app: SynthesisedApp): readonly string[] =>
      app.annotations("lake").map(({ constructPath, level, message }) => `${level} ${constructPath}: ${message}`);

    test.each([
      ["neither key", PROD, undefined, []],
      ["the construct's key alone", PROD, DataRemoval.DESTROY, [`info lake/pos: ${MISSING_ENVIRONMENT}`]],
      ["the environment's key alone", DEV, undefined, [`info lake/pos: ${MISSING_PROP}`]],
      ["a key that says KEEP", DEV, DataRemoval.KEEP, []],
    ] as const)("stays with %s", (_, environment, dataRemoval, notes) => {
      const app = removing(environment, dataRemoval);
      expect(cloud.guards(Template.of(app.stack("lake")))).toEqual(cloud.kept);
      expect(infos(app)).toEqual(notes);
    });

    test("goes with both keys turned", () => {
      const app = removing(DEV, DataRemoval.DESTROY);
      expect(cloud.guards(Template.of(app.stack("lake")))).toEqual(cloud.removable);
      expect(infos(app)).toEqual([]);
    });
  });

  describe("its lifecycle", () => {
    test("means the same, word for word", () => {
      expect(cloud.lifecycle(one({ lifecycle: LIFECYCLE }))).toEqual(LIFECYCLE);
    });

    test("keeps versions as long as is said", () => {
      const template = one({ noncurrentVersions: { expireAfterDays: 14 } });
      expect(JSON.stringify(cloud.noncurrentDays(template))).toContain(":14");
    });

    test("refuses every wrong value at once, by its path", () => {
      const message = errorOf({
        lifecycle: [{ prefix: "/raw", expireAfterDays: 0 }, { transitions: [{ tier: "glacial", afterDays: 1.5 }] }],
        noncurrentVersions: { expireAfterDays: "soon" },
        abortIncompleteUploadsAfterDays: 0,
        dataRemoval: "yes",
      });
      expect(message).toBe(
        lines(
          "lake/pos has 7 problems",
          '  lifecycle[0].prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
          "  lifecycle[0].expireAfterDays must be a whole number from 1 to 99999 days, got 0",
          '  lifecycle[1].transitions[0].tier must be one of "hot", "cool", "cold", "archive", "deep-archive", got "glacial"',
          "  lifecycle[1].transitions[0].afterDays must be a whole number from 0 to 99999 days, got 1.5",
          '  noncurrentVersions.expireAfterDays must be a whole number from 1 to 99999 days, got "soon"',
          "  abortIncompleteUploadsAfterDays must be a whole number from 1 to 99999 days, got 0",
          '  dataRemoval must be one of "keep", "destroy", got "yes"',
        ),
      );
    });
  });

  optionalContract(cloud);

  describe("values that Terraform alone knows", () => {
    const withVariable = (build: (stack: TerraformStack, text: string, number: number) => void): Template =>
      templateOn(cloud, (stack) => {
        const variable = new TerraformVariable(stack, "later", {});
        build(stack, variable.stringValue, variable.numberValue);
      });

    test("pass as a name and as a tag", () => {
      const template = withVariable((stack, text) => {
        cloud.make(stack, "pos", { bucketName: text, tags: { owner: text } });
      });
      expect(cloud.nameOf(template)).toBe("${var.later}");
      expect(JSON.stringify(cloud.tags(template))).toContain("var.later");
    });

    test("are refused in what selects, counts and orders", () => {
      const token = "a token (a value known only to Terraform)";
      const literal = `a literal value, because it decides which resources are made, got ${token}`;
      const message = messageOf(() =>
        withVariable((stack, text, number) => {
          const rule = { prefix: text, transitions: [{ tier: text, afterDays: number }], expireAfterDays: number };
          cloud.make(stack, "pos", { lifecycle: [rule], noncurrentVersions: { expireAfterDays: number } } as never);
        }),
      );
      expect(message).toBe(
        lines(
          "lake/pos has 5 problems",
          `  lifecycle[0].prefix must be ${literal}`,
          `  lifecycle[0].transitions[0].tier must be one of "hot", "cool", "cold", "archive", "deep-archive", got ${token}`,
          `  lifecycle[0].transitions[0].afterDays must be ${literal}`,
          `  lifecycle[0].expireAfterDays must be ${literal}`,
          `  noncurrentVersions.expireAfterDays must be ${literal}`,
        ),
      );
    });

    test("are refused as lists and as the prefix of a grant", () => {
      const build = (stack: TerraformStack, text: string): void => {
        cloud.make(stack, "pos", { lifecycle: text as never });
      };
      expect(messageOf(() => withVariable(build))).toBe(
        "lake/pos has 1 problem\n  lifecycle must be a literal list, got a token (a value known only to Terraform)",
      );
      const grant = (stack: TerraformStack, text: string): void => {
        cloud.make(stack, "pos").grant("read", cloud.principal(stack, "reader"), text);
      };
      expect(messageOf(() => withVariable(grant))).toBe(
        "lake/pos has 1 problem\n  prefix must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      );
    });
  });

  describe("its name", () => {
    test("is taken as given", () => {
      expect(cloud.nameOf(one({ bucketName: "acme-pos-dev" }))).toBe("acme-pos-dev");
    });

    test("is made of the path otherwise, the same at every synth", () => {
      const name = cloud.nameOf(one());
      expect(name).toMatch(new RegExp(`^${cloud.names.generated}[0-9a-f]{8}$`));
      expect(cloud.nameOf(one())).toBe(name);
    });

    test("is made within the limit of a long path", () => {
      const template = templateOn(cloud, (stack) => void cloud.make(stack, "Sales_and__orders".repeat(9)));
      expect(String(cloud.nameOf(template))).toHaveLength(cloud.names.longest);
      expect(cloud.nameOf(template)).toMatch(/^lake-Sales-and-orders/i);
    });

    test.each([["Acme_POS"], ["ab"], ["-pos"], ["a".repeat(64)], [""], [42]])("is refused as %p", (bucketName) => {
      expect(errorOf({ bucketName })).toBe(
        `lake/pos has 1 problem\n  bucketName must be ${cloud.names.rule}, got ${JSON.stringify(bucketName)}`,
      );
    });
  });

  grantContract(cloud, foreign);

  describe("what stays", () => {
    const pinned = (): SynthesisedApp =>
      synthApp((app) => {
        const stack = stackOn(cloud, app);
        const bucket: AnyBucket = cloud.make(stack, "pos", { lifecycle: LIFECYCLE });
        for (const verb of VERBS) bucket.grant(verb, cloud.principal(stack, verb), "raw/");
      });

    test("the addresses, whatever happens inside", () => {
      expect(Template.of(pinned().stack("lake")).addresses()).toEqual(cloud.addresses);
    });

    test("every byte, between two synths", () => {
      const bytes = (app: SynthesisedApp): string =>
        fs.readFileSync(path.join(filesOf(app.stack("lake")).folder, "cdk.tf.json"), "utf8");
      expect(bytes(pinned())).toBe(bytes(pinned()));
    });

    test("the environment's tags, with the bucket's own", () => {
      expect(cloud.tags(one({ tags: { owner: "Sales @ Co" } }))).toEqual(cloud.tagged);
    });
  });

  test("answers to whatever it is given with an error of its own, or with a bucket", () => {
    synthApp((app) => {
      const stack = stackOn(cloud, app);
      let made = 0;
      fc.assert(
        fc.property(junkProps, (props) => {
          const failure = failureOf(() => cloud.make(stack, `junk-${String((made += 1))}`, props as BucketProps));
          return failure === undefined || failure instanceof ConstructValidationError;
        }),
        { numRuns: 150, seed: 3 },
      );
      for (const child of stack.node.children)
        if (child.node.id.startsWith("junk-")) stack.node.tryRemoveChild(child.node.id);
    });
  });
}

function failureOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (failure) {
    return failure;
  }
}

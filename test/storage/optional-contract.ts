import { ConstructValidationError } from "../../lib/core/errors";
import type { BucketProps } from "../../lib/storage/bucket";
import { RetentionMode } from "../../lib/storage/retention";
import { StorageTier } from "../../lib/storage/tier";
import type { Template } from "../../lib/testing/template";
import { templateOn, type BucketCloud, type Refusable } from "./clouds/cloud";

/** What not every cloud has: the same meaning where it is there, and an error that says so where it is not. */
export function optionalContract(cloud: BucketCloud): void {
  /** What a bucket with some props says, read back from what is rendered; or the error. */
  function meaning(props: BucketProps, read: (template: Template) => unknown): unknown {
    try {
      return read(templateOn(cloud, (stack) => void cloud.make(stack, "pos", props)));
    } catch (failure) {
      if (failure instanceof ConstructValidationError) return failure.message;
      throw failure;
    }
  }

  const unlessRefused = (refusable: Refusable, path: string, value: unknown, meant: unknown): unknown => {
    const rule = cloud.refused[refusable];
    return rule === undefined
      ? meant
      : `lake/pos has 1 problem\n  ${path} must be ${rule}, got ${JSON.stringify(value)}`;
  };

  describe("what not every cloud has", () => {
    test.each([
      ["id", "archive-rule"],
      ["tags", { class: "training", tier: "hot" }],
      ["tags", { class: "training" }],
      ["minimumSizeBytes", 131_072],
      ["maximumSizeBytes", 1],
    ] as const)("%s of a rule: %p", (name, value) => {
      for (const prefix of [{ prefix: "raw/" }, {}]) {
        const rule = { ...prefix, [name]: value, expireAfterDays: 90 };
        expect(meaning({ lifecycle: [rule] }, cloud.lifecycle)).toEqual(
          unlessRefused(name, `lifecycle[0].${name}`, value, [rule]),
        );
      }
    });

    test("tiers of versions", () => {
      const noncurrentVersions = {
        transitions: [
          { tier: StorageTier.COOL, afterDays: 30 },
          { tier: StorageTier.COLD, afterDays: 60 },
          { tier: StorageTier.ARCHIVE, afterDays: 90 },
        ],
        expireAfterDays: 365,
      };
      expect(meaning({ noncurrentVersions }, cloud.versions)).toEqual(noncurrentVersions);
    });

    test("a number of versions that stay", () => {
      const noncurrentVersions = { keepNewest: 3, expireAfterDays: 14 };
      expect(meaning({ noncurrentVersions }, cloud.versions)).toEqual(
        unlessRefused("keepNewest", "noncurrentVersions.keepNewest", 3, noncurrentVersions),
      );
    });

    test.each([RetentionMode.GOVERNANCE, RetentionMode.COMPLIANCE])("a retention of %s", (mode) => {
      const retention = { minimumDays: 30, mode };
      expect(meaning({ retention }, cloud.retention)).toEqual(
        unlessRefused("retention", "retention", retention, retention),
      );
    });
  });
}

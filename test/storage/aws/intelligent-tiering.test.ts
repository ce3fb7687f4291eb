import { S3BucketIntelligentTieringConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { AwsBucket, type AwsBucketProps } from "../../../lib/storage/aws/bucket";
import { tieringProblems, type IntelligentTiering } from "../../../lib/storage/aws/intelligent-tiering";
import type { LifecycleRule } from "../../../lib/storage/lifecycle";
import { StorageTier } from "../../../lib/storage/tier";
import type { Template } from "../../../lib/testing/template";
import { AWS } from "../clouds/aws";
import { templateOn } from "../clouds/cloud";

const tiered = (props: AwsBucketProps): Template => templateOn(AWS, (stack) => new AwsBucket(stack, "pos", props));
const RULE = {
  id: "intelligent_tiering",
  status: "Enabled",
  filter: [{ prefix: "" }],
  transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }],
};

describe("tiers by access", () => {
  test("take in every new object, and go on to the archives that are said", () => {
    const template = tiered({ intelligentTiering: { archiveAfterDays: 90, deepArchiveAfterDays: 180 } });
    expect(template.only(S3BucketLifecycleConfiguration).get("rule.0")).toEqual(RULE);
    expect(template.only(S3BucketIntelligentTieringConfiguration).attributes).toEqual({
      bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}",
      name: "intelligent_tiering",
      tiering: [
        { access_tier: "ARCHIVE_ACCESS", days: 90 },
        { access_tier: "DEEP_ARCHIVE_ACCESS", days: 180 },
      ],
    });
  });

  test("are of one prefix alone where that is said", () => {
    const template = tiered({ intelligentTiering: { prefix: "raw/", archiveAfterDays: 730 } });
    expect(template.only(S3BucketLifecycleConfiguration).get("rule.0.filter")).toEqual([{ prefix: "raw/" }]);
    expect(template.only(S3BucketIntelligentTieringConfiguration).get("filter")).toEqual({ prefix: "raw/" });
  });

  test("are readable at once where no archive is said", () => {
    const template = tiered({ intelligentTiering: {}, lifecycle: [{ prefix: "raw/", expireAfterDays: 365 }] });
    expect(template.only(S3BucketLifecycleConfiguration).get("rule.1")).toEqual(RULE);
    expect(template.all(S3BucketIntelligentTieringConfiguration)).toEqual([]);
  });
});

describe("tiers by access fail", () => {
  const problems = (tiering: IntelligentTiering, ...lifecycle: readonly LifecycleRule[]): readonly string[] =>
    tieringProblems(tiering, lifecycle);

  test.each([
    [{ archiveAfterDays: 89 }, "archiveAfterDays must be a whole number from 90 to 730 days, got 89"],
    [{ archiveAfterDays: 731 }, "archiveAfterDays must be a whole number from 90 to 730 days, got 731"],
    [{ deepArchiveAfterDays: 179 }, "deepArchiveAfterDays must be a whole number from 180 to 730 days, got 179"],
    [
      { archiveAfterDays: 200, deepArchiveAfterDays: 200 },
      "deepArchiveAfterDays must be more than the 200 days of archiveAfterDays, got 200",
    ],
  ])("with %p", (tiering, message) => {
    expect(problems(tiering)).toEqual([`intelligentTiering.${message}`]);
  });

  test("beside tiers by age of the same objects, and only there", () => {
    const cool = { transitions: [{ tier: StorageTier.COOL, afterDays: 30 }] };
    const moves = '[{"tier":"cool","afterDays":30}]';
    expect(problems({ prefix: "raw/" }, { prefix: "old/", ...cool })).toEqual([]);
    expect(problems({ prefix: "raw/" }, cool, { prefix: "raw/pos/", ...cool })).toEqual([
      `lifecycle[0].transitions must be left out below "raw/", where intelligentTiering finds the tier, got ${moves}`,
      `lifecycle[1].transitions must be left out below "raw/", where intelligentTiering finds the tier, got ${moves}`,
    ]);
  });

  test("beside a rule of their name", () => {
    expect(problems({}, { id: "intelligent_tiering", expireAfterDays: 1 })).toEqual([
      'lifecycle[0].id must be another one beside intelligentTiering, whose rule has it, got "intelligent_tiering"',
    ]);
  });
});

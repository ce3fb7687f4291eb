import { S3ControlStorageLensConfiguration } from "@cdktf/provider-aws/lib/s3control-storage-lens-configuration";
import type { TerraformStack } from "cdktf";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { LensMetrics, StorageLens } from "../../../lib/storage/aws/storage-lens";
import { templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const errorOf = (build: (stack: TerraformStack) => unknown): string => messageOf(() => templateOf(build));
const ON = { enabled: true };

describe("Storage Lens", () => {
  test("looks at what is stored, everywhere, at no cost", () => {
    const lens = templateOf((stack) => new StorageLens(stack, "lens")).only(S3ControlStorageLensConfiguration);
    expect(lens.get("config_id")).toMatch(/^lake-lens-[0-9a-f]{8}$/);
    expect(lens.get("storage_lens_configuration")).toEqual({ account_level: { bucket_level: {} }, enabled: true });
    expect(lens.get("tags")).toEqual({ CostCenter: "Data 42", Environment: "prod" });
  });

  test("looks at what is read of some buckets in some regions, and tells CloudWatch", () => {
    const template = templateOf((stack) => {
      const bucket = new AwsBucket(stack, "archive");
      new StorageLens(stack, "lens", {
        configurationId: "acme",
        metrics: LensMetrics.ACTIVITY,
        buckets: [bucket],
        regions: ["eu-west-1"],
        cloudWatch: true,
      });
    });
    const measured = {
      activity_metrics: ON,
      advanced_cost_optimization_metrics: ON,
      advanced_data_protection_metrics: ON,
      detailed_status_code_metrics: ON,
    };
    expect(template.only(S3ControlStorageLensConfiguration).get("storage_lens_configuration")).toEqual({
      account_level: { ...measured, bucket_level: measured },
      data_export: { cloud_watch_metrics: ON },
      enabled: true,
      include: { buckets: [expect.stringMatching(/^\$\{aws_s3_bucket\.archive_\w+\.arn\}$/)], regions: ["eu-west-1"] },
    });
  });

  test("fails with all that is wrong", () => {
    const wrong = {
      configurationId: "a b",
      metrics: "all" as never,
      buckets: [],
      regions: ["Frankfurt"],
      cloudWatch: "yes" as never,
    };
    expect(errorOf((stack) => new StorageLens(stack, "lens", wrong))).toBe(
      lines(
        "lake/lens has 5 problems",
        '  configurationId must be 1-64 letters, digits or any of _.-, got "a b"',
        '  metrics must be one of "usage", "activity", got "all"',
        "  buckets must be at least one, or not given for all, got []",
        '  regions[0] must be a region such as eu-west-1, got "Frankfurt"',
        '  cloudWatch must be true or false, got "yes"',
      ),
    );
    expect(errorOf((stack) => new StorageLens(stack, "lens", { cloudWatch: true }))).toBe(
      lines(
        "lake/lens has 1 problem",
        "  metrics must be ACTIVITY, because usage alone is not published to CloudWatch, got undefined",
      ),
    );
  });
});

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { DataFactoryPipeline } from "@cdktf/provider-azurerm/lib/data-factory-pipeline";
import { DataFactoryIntegrationRuntimeSelfHosted } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-self-hosted";
import { DataFactoryTriggerSchedule } from "@cdktf/provider-azurerm/lib/data-factory-trigger-schedule";
import { DataFactoryTriggerTumblingWindow } from "@cdktf/provider-azurerm/lib/data-factory-trigger-tumbling-window";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { build as buildIntoAzure } from "../../examples/copies-into-azure";
import { build } from "../../examples/replication";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

describe("inside S3", () => {
  const template = Template.of(synthApp(build).stack("replication"));
  const address = (type: string, path: string): string => template.only({ tfResourceType: type }, { path }).address;

  test("row 30: a rule Enabled, priority 1, training-data/ to us-west-2 in STANDARD_IA, by s3-crr-role", () => {
    const configuration = template.only(S3BucketReplication, { path: "dr" });
    expect(configuration.get("rule")).toEqual([
      expect.objectContaining({
        status: "Enabled",
        priority: 1,
        filter: { prefix: "training-data/" },
        destination: expect.objectContaining({
          bucket: `\${${address("aws_s3_bucket", "copy/Resource")}.arn}`,
          storage_class: "STANDARD_IA",
        }) as object,
      }),
    ]);
    expect(template.only(S3Bucket, { path: "copy" }).get("region")).toBe("us-west-2");
    expect(configuration.get("role")).toBe(`\${${address("aws_iam_role", "dr/Role/Resource")}.arn}`);
    expect(template.only(IamRole, { path: "dr" }).get("name")).toBe("s3-crr-role");
  });

  test("row 31: two regions, versions in both, older ones in Glacier", () => {
    expect(template.only(S3BucketReplication, { path: "two-regions" }).get("rule.0.status")).toBe("Enabled");
    for (const path of ["primary", "us-west-2"]) {
      expect(template.only(S3BucketVersioning, { path }).get("versioning_configuration.status")).toBe("Enabled");
      const rules = template.only(S3BucketLifecycleConfiguration, { path }).get("rule") as readonly {
        readonly noncurrent_version_transition?: readonly object[];
      }[];
      expect(rules.flatMap((rule) => rule.noncurrent_version_transition ?? [])).toEqual([
        { noncurrent_days: 30, storage_class: "GLACIER" },
      ]);
    }
  });

  test("row 32: several destinations of one source, each near those who read it", () => {
    const rules = template.only(S3BucketReplication, { path: "copies" }).get("rule") as readonly {
      readonly filter: { readonly prefix: string };
      readonly destination: { readonly bucket: string };
    }[];
    const [west, models] = ["west", "models"].map((id) => `\${${address("aws_s3_bucket", `${id}/Resource`)}.arn}`);
    expect(rules.map(({ filter, destination }) => [filter.prefix, destination.bucket])).toEqual([
      ["training-data/", models],
      ["clean/", west],
      ["raw/", west],
    ]);
  });
});

describe("from S3 into Azure", () => {
  const template = Template.of(synthApp(buildIntoAzure).stack("copies-into-azure"));
  const activity = (path: string): unknown =>
    (JSON.parse(String(template.only(DataFactoryPipeline, { path }).get("activities_json"))) as readonly unknown[])[0];

  test("row 36: an hourly sync of training/ from S3 to Azure", () => {
    const trigger = template.only(DataFactoryTriggerTumblingWindow);
    expect([trigger.get("frequency"), trigger.get("interval")]).toEqual(["Hour", 1]);
    expect(activity("training-copy")).toMatchObject({
      typeProperties: { source: { storeSettings: { type: "AmazonS3ReadSettings", prefix: "training/" } } },
    });
  });

  test("row 37: S3 is read and the data lake written by Data Factory, on a self-hosted runtime too", () => {
    expect(activity("reference-copy")).toMatchObject({
      type: "Copy",
      typeProperties: {
        source: { storeSettings: { type: "AmazonS3ReadSettings" } },
        sink: { storeSettings: { type: "AzureBlobFSWriteSettings" } },
      },
    });
    expect(template.count(DataFactoryIntegrationRuntimeSelfHosted)).toBe(1);
    expect(template.count(DataFactoryTriggerSchedule)).toBe(1);
  });

  test("row 40: the way from S3 into the data lake keeps to a prefix of its own", () => {
    expect(activity("reference-copy")).toMatchObject({ outputs: [{ parameters: { folder: "from-aws/reference" } }] });
  });
});

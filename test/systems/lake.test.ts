/** The rows of the lake: each finds its exact figures in what an example synthesises. */
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3ControlStorageLensConfiguration } from "@cdktf/provider-aws/lib/s3control-storage-lens-configuration";
import { S3DirectoryBucket } from "@cdktf/provider-aws/lib/s3-directory-bucket";
import { S3TablesTable } from "@cdktf/provider-aws/lib/s3tables-table";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import { build } from "../../examples/data-lake";
import { build as buildTrainingStorage } from "../../examples/training-storage";
import { build as buildWarehouse } from "../../examples/warehouse";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { statementsOf } from "../support/policies";

const lake = synthApp(build).stack("data-lake");
const template = Template.of(lake);

/** What roles may touch, all policies together. */
const resources = template
  .all(IamRolePolicy)
  .flatMap((policy) => statementsOf(policy.get("policy")))
  .flatMap(({ Resource }) => Resource)
  .map((resource) => resource.replace(/^.*\}/, ""));

test("row 16: Hive partitions source_system=…/year=2025/month=03/day=15/", () => {
  expect(resources).toContain("/source_system=pos/year=2025/month=03/day=15/*");
});

test("row 17: the zones raw, staging, processed, curated, archive, checkpoints, models, dlq; incoming/", () => {
  const zones = [
    ...template.all(S3Bucket).map((bucket) => bucket.get("tags.Zone")),
    ...template.all(StorageContainer).map((bucket) => bucket.get("name")),
    ...template.all(StorageBucket).map((bucket) => bucket.get("labels.zone")),
  ];
  expect([...new Set(zones)].sort()).toEqual(
    ["raw", "staging", "processed", "curated", "archive", "checkpoints", "models", "dlq"].sort(),
  );
  expect(resources).toContain("/incoming/*");
});

test("row 18: raw_data: s3://…, processed_data: abfss://…@….dfs.core.windows.net/…, as outputs and as parameters", () => {
  const forms = {
    raw_data: /^s3:\/\/\$\{aws_s3_bucket\.lake_aws_raw_\w+\.bucket\}\/$/,
    processed_data:
      /^abfss:\/\/\$\{azurerm_storage_container\.\w+\.name\}@\$\{azurerm_storage_account\.\w+\.name\}\.dfs\.core\.windows\.net\/$/,
    curated_data_google: /^gs:\/\/\$\{google_storage_bucket\.lake_google_curated_\w+\.name\}\/$/,
  };
  const outputs = lake["output"] as Readonly<Record<string, { readonly value: string }>>;
  for (const [name, form] of Object.entries(forms)) {
    expect(outputs[name]?.value).toMatch(form);
    expect(template.only(SsmParameter, { with: { name: `/airflow/variables/${name}` } }).get("value")).toMatch(form);
  }
});

test("row 20: an S3 Express One Zone bucket for training", () => {
  const training = Template.of(synthApp(buildTrainingStorage).stack("training-storage"));
  const express = { type: "Directory", data_redundancy: "SingleAvailabilityZone" };
  expect(training.only(S3DirectoryBucket, { with: express }).get("bucket")).toMatch(/--use1-az4--x-s3$/);
});

test("row 21: Storage Lens finds hot data in archive tiers: activity by bucket", () => {
  const training = Template.of(synthApp(buildTrainingStorage).stack("training-storage"));
  const activity = {
    account_level: { activity_metrics: { enabled: true }, bucket_level: { activity_metrics: { enabled: true } } },
  };
  expect(training.count(S3ControlStorageLensConfiguration, { with: { storage_lens_configuration: activity } })).toBe(1);
});

test("row 26: the open-table warehouse: warehouse.events under Glue and in a table bucket", () => {
  const warehouse = Template.of(synthApp(buildWarehouse).stack("warehouse"));
  expect(warehouse.only(GlueCatalogDatabase, { path: "warehouse" }).get("name")).toBe("warehouse");
  const iceberg = { open_table_format_input: { iceberg_input: { metadata_operation: "CREATE" } } };
  expect(warehouse.only(GlueCatalogTable, { with: iceberg }).get("name")).toBe("events");
  expect(warehouse.only(S3TablesTable, { with: { format: "ICEBERG" } }).get("name")).toBe("events");
});

test("row 28: checkpoints: versioned, replaced versions gone after 7 days", () => {
  const housekeeping = { id: "housekeeping", noncurrent_version_expiration: [{ noncurrent_days: 7 }] };
  const rules = template.only(S3BucketLifecycleConfiguration, { path: "lake/aws/checkpoints" }).get("rule");
  expect(rules).toEqual([expect.objectContaining(housekeeping)]);
});

test("row 39: what is written is archived in another cloud: every hour, without a key", () => {
  const job = template.only(StorageTransferJob, { path: "lake/google/curated-from-aws" });
  expect(job.get("schedule.repeat_interval")).toBe("3600s");
  expect(job.has("transfer_spec.aws_s3_data_source.aws_access_key")).toBe(false);
});

test("row 55: the catalog's database in a second region", () => {
  const warehouse = Template.of(synthApp(buildWarehouse).stack("warehouse"));
  const west = warehouse.only(GlueCatalogDatabase, { path: "warehouse-west" });
  expect([west.get("name"), west.get("region")]).toEqual(["warehouse", "us-west-2"]);
});

/** The rows of S3: each finds its exact figures in what an example synthesises. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketIntelligentTieringConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { build } from "../../examples/storage-aws";
import { build as buildWorm } from "../../examples/worm";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { statementsOf } from "../support/policies";

const template = Template.of(synthApp(build).stack("storage-aws"));
const worm = Template.of(synthApp(buildWorm).stack("worm"));

/** The rules of a bucket; the last one clears away versions and uploads. */
const rules = (path: string): readonly unknown[] =>
  template.only(S3BucketLifecycleConfiguration, { path }).get("rule") as readonly unknown[];

test("row 2: versioning from creation, of every bucket", () => {
  const enabled = template.all(S3BucketVersioningA).map((one) => one.get("versioning_configuration.status"));
  expect(enabled).toEqual(template.all(S3Bucket).map(() => "Enabled"));
});

test("row 3: archive-rule, the whole bucket to GLACIER after 30 days", () => {
  expect(rules("archive")[0]).toEqual({
    id: "archive-rule",
    status: "Enabled",
    filter: [{ prefix: "" }],
    transition: [{ days: 30, storage_class: "GLACIER" }],
  });
});

test("row 4: archive-old-data, raw/ to GLACIER after 90 days", () => {
  expect(rules("raw")[0]).toEqual({
    id: "archive-old-data",
    status: "Enabled",
    filter: [{ prefix: "raw/" }],
    transition: [{ days: 90, storage_class: "GLACIER" }],
  });
});

test("row 5: GLACIER after 30 days, gone after 730, AES256, versioned, tagged for disaster recovery", () => {
  const path = "pos-backup";
  expect(rules(path)[0]).toMatchObject({
    transition: [{ days: 30, storage_class: "GLACIER" }],
    expiration: [{ days: 730 }],
  });
  expect(template.only(S3BucketServerSideEncryptionConfigurationA, { path }).get("rule")).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
  expect(template.only(S3BucketVersioningA, { path }).get("versioning_configuration.status")).toBe("Enabled");
  expect(template.only(S3Bucket, { path }).get("tags")).toEqual({
    Name: "pos-backup",
    Environment: "prod",
    Purpose: "DisasterRecovery",
  });
});

test("row 6: archive_to_glacier after 90 days, in a bucket whose name ends with a hash of its path", () => {
  expect(rules("data-product")[0]).toMatchObject({
    id: "archive_to_glacier",
    transition: [{ days: 90, storage_class: "GLACIER" }],
  });
  const name = (): unknown =>
    Template.of(synthApp(build).stack("storage-aws")).only(S3Bucket, { path: "data-product" }).get("bucket");
  expect(name()).toMatch(/^storage-aws-data-product-[0-9a-f]{8}$/);
  expect(name()).toBe(template.only(S3Bucket, { path: "data-product" }).get("bucket"));
});

test("rows 7 and 8: older versions, and objects after 30 days, to Glacier", () => {
  expect(rules("raw").at(-1)).toMatchObject({
    noncurrent_version_transition: [{ noncurrent_days: 30, storage_class: "GLACIER" }],
    noncurrent_version_expiration: [{ noncurrent_days: 365 }],
  });
});

test("row 9: Glacier Deep Archive", () => {
  expect(rules("training")[1]).toMatchObject({ transition: [{ days: 180, storage_class: "DEEP_ARCHIVE" }] });
});

test("row 10: Intelligent-Tiering with automatic archives", () => {
  const path = "features";
  expect(rules(path)[0]).toMatchObject({ transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] });
  expect(template.only(S3BucketIntelligentTieringConfiguration, { path }).get("tiering")).toEqual([
    { access_tier: "ARCHIVE_ACCESS", days: 90 },
    { access_tier: "DEEP_ARCHIVE_ACCESS", days: 180 },
  ]);
});

test("row 11: a lifecycle by the object tags class=training and tier=hot, and who sets tags again", () => {
  expect(rules("training")[0]).toMatchObject({ filter: [{ and: [{ tags: { class: "training", tier: "hot" } }] }] });
  const tagged = statementsOf(template.only(IamRolePolicy, { path: "tagger" }).get("policy"));
  expect(tagged.map(({ Action }) => Action)).toEqual([["s3:GetObjectTagging", "s3:PutObjectTagging"]]);
  // the list that S3 Batch Operations read
  expect(template.only(S3BucketInventory).get("destination.bucket.format")).toBe("CSV");
});

test("row 12: object lock GOVERNANCE 30 days", () => {
  const path = "ledger";
  expect(worm.only(S3Bucket, { path }).get("object_lock_enabled")).toBe(true);
  expect(worm.only(S3BucketObjectLockConfigurationA, { path }).get("rule.default_retention")).toEqual({
    mode: "GOVERNANCE",
    days: 30,
  });
});

test("row 13: AES256 by default, SSE-KMS with a key that has an alias for regulated data", () => {
  expect(template.only(KmsAlias).get("name")).toBe("alias/pos");
  const algorithms = template
    .all(S3BucketServerSideEncryptionConfigurationA)
    .map((one) => one.get("rule.0.apply_server_side_encryption_by_default.sse_algorithm"));
  expect([...new Set(algorithms)].sort()).toEqual(["AES256", "aws:kms"]);
});

test("row 14: TLS 1.2 at least, of every bucket", () => {
  const refused = template
    .all(S3BucketPolicy)
    .map((policy) => statementsOf(policy.get("policy")).map(({ Effect, Condition }) => ({ Effect, Condition })));
  for (const statements of refused) {
    expect(statements).toContainEqual({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
    expect(statements).toContainEqual({ Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } });
  }
  expect(refused).toHaveLength(template.all(S3Bucket).length);
});

test("row 19: removed after 90 days, inference backups after 30", () => {
  expect(rules("raw")[1]).toMatchObject({ filter: [{ prefix: "landing/" }], expiration: [{ days: 90 }] });
  expect(rules("training")[2]).toMatchObject({ filter: [{ prefix: "inference/" }], expiration: [{ days: 30 }] });
});

test("row 24: s3:ObjectCreated:* below raw/ with .csv", () => {
  const notification = template.only(S3BucketNotification, { path: "pos" });
  expect(notification.get("queue.0")).toMatchObject({
    events: ["s3:ObjectCreated:*"],
    filter_prefix: "raw/",
    filter_suffix: ".csv",
  });
  expect(notification.get("eventbridge")).toBe(true);
});

test("row 25: request metrics with the FilterId of the 4xx alarm", () => {
  const alarm = template.only(CloudwatchMetricAlarm, { path: "pos-refused" });
  expect(alarm.get("metric_name")).toBe("4xxErrors");
  expect(alarm.get("dimensions.FilterId")).toBe(template.only(S3BucketMetric).get("name"));
});

test("row 28: checkpoints with versions that soon go", () => {
  expect(rules("checkpoints")[0]).toMatchObject({ filter: [{ prefix: "checkpoints/" }] });
  expect(rules("checkpoints").at(-1)).toMatchObject({
    noncurrent_version_expiration: [{ noncurrent_days: 1, newer_noncurrent_versions: 3 }],
  });
});

test("access logs go into one bucket with S3's own keys, which has none itself", () => {
  expect(template.only(S3BucketLoggingA).get("target_bucket")).toMatch(/^\$\{aws_s3_bucket\.logs_/);
  expect(
    template
      .only(S3BucketServerSideEncryptionConfigurationA, { path: "logs" })
      .get("rule.0.apply_server_side_encryption_by_default.sse_algorithm"),
  ).toBe("AES256");
});

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { TerraformStack } from "cdktf";
import { AwsRole } from "../../../lib/identity/aws/role";
import { trustService } from "../../../lib/identity/aws/trust";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { StorageTier } from "../../../lib/storage/tier";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { AWS } from "../clouds/aws";
import { stackOn, templateOn } from "../clouds/cloud";

const KEY = { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" };
const on = (build: (stack: TerraformStack) => unknown): Template => templateOn(AWS, build);
const errorOf = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AWS, app))));

describe("an S3 bucket", () => {
  test("says in one error what is wrong with it, as the call sites promise", () => {
    const message = errorOf((stack) => {
      new AwsBucket(stack, "pos", {
        bucketName: "Acme_POS",
        lifecycle: [
          {
            prefix: "raw/",
            transitions: [
              { tier: StorageTier.COOL, afterDays: 30 },
              { tier: StorageTier.ARCHIVE, afterDays: 45 },
            ],
          },
        ],
      });
    });
    expect(message).toBe(
      lines(
        "lake/pos has 2 problems",
        "  lifecycle[0].transitions[1].afterDays must be at least 30 days after the transition to COOL at 30, got 45",
        '  bucketName must be 3-63 lower-case letters, digits, dots or hyphens, got "Acme_POS"',
      ),
    );
  });

  test("has no access control lists", () => {
    const template = on((stack) => new AwsBucket(stack, "pos"));
    expect(template.only(S3BucketOwnershipControls).get("rule.object_ownership")).toBe("BucketOwnerEnforced");
    expect(template.only(S3Bucket).has("acl")).toBe(false);
  });

  test("says nothing in the blocks that the provider deprecates, whatever it is told", () => {
    const template = on((stack) => {
      const accessLogs = new AwsBucket(stack, "logs");
      new AwsBucket(stack, "pos", {
        encryption: BucketEncryption.key(KEY),
        lifecycle: [{ expireAfterDays: 400 }],
        retention: { minimumDays: 30 },
        accessLogs,
      });
    });
    expect(Object.keys(template.only(S3Bucket, { path: "pos" }).attributes).sort()).toEqual(
      ["bucket", "force_destroy", "lifecycle", "object_lock_enabled", "tags"].sort(),
    );
  });

  test("has every tier, the deepest too", () => {
    const transitions = [StorageTier.COOL, StorageTier.COLD, StorageTier.ARCHIVE, StorageTier.DEEP_ARCHIVE].map(
      (tier, index) => ({ tier, afterDays: 30 + index * 30 }),
    );
    const template = on((stack) => new AwsBucket(stack, "pos", { lifecycle: [{ transitions }] }));
    expect(template.only(S3BucketLifecycleConfiguration).get("rule.0.transition")).toEqual([
      { days: 30, storage_class: "STANDARD_IA" },
      { days: 60, storage_class: "GLACIER_IR" },
      { days: 90, storage_class: "GLACIER" },
      { days: 120, storage_class: "DEEP_ARCHIVE" },
    ]);
  });

  test("clears away what nobody would miss, once there are versions", () => {
    const template = on((stack) => new AwsBucket(stack, "pos", { abortIncompleteUploadsAfterDays: 2 }));
    const lifecycle = template.only(S3BucketLifecycleConfiguration);
    expect(lifecycle.get("rule")).toEqual([
      {
        abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }],
        expiration: [{ expired_object_delete_marker: true }],
        filter: [{ prefix: "" }],
        id: "housekeeping",
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
        status: "Enabled",
      },
    ]);
    expect(lifecycle.get("depends_on")).toEqual(["aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6"]);
  });

  test("takes a customer-managed key, and every grant includes it", () => {
    const template = on((stack) => {
      const bucket = new AwsBucket(stack, "pos", { encryption: BucketEncryption.key(KEY) });
      const role = new AwsRole(stack, "role", { trust: trustService("lambda.amazonaws.com") });
      bucket.grants.read(role);
      bucket.grants.write(role);
      bucket.grants.delete(role);
    });
    expect(template.only(S3BucketServerSideEncryptionConfigurationA).get("rule")).toEqual([
      {
        apply_server_side_encryption_by_default: { kms_master_key_id: KEY.keyArn, sse_algorithm: "aws:kms" },
        bucket_key_enabled: true,
      },
    ]);
    const statements = template.all(IamRolePolicy).flatMap((block) => statementsOf(block.get("policy")));
    const condition = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
    expect(statements.filter(({ Resource }) => Resource[0] === KEY.keyArn)).toEqual([
      { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEY.keyArn], Condition: condition },
      { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: [KEY.keyArn], Condition: condition },
    ]);
  });

  test("refuses an encryption that is none", () => {
    expect(errorOf((stack) => new AwsBucket(stack, "pos", { encryption: "kms" as never }))).toBe(
      'lake/pos has 1 problem\n  encryption must be BucketEncryption.s3Managed() or BucketEncryption.key(key), got "kms"',
    );
  });

  test.each([["xn--pos"], ["10.0.0.1"], ["acme..pos"], ["pos-s3alias"], ["sthree-pos"]])(
    "refuses the name %s, which S3 keeps for itself",
    (bucketName) => {
      expect(errorOf((stack) => new AwsBucket(stack, "pos", { bucketName }))).toBe(
        `lake/pos has 1 problem\n  bucketName must be 3-63 lower-case letters, digits, dots or hyphens, got "${bucketName}"`,
      );
    },
  );

  test("gives its children to overrides and moves", () => {
    const app = synthApp((app) => {
      const bucket = new AwsBucket(stackOn(AWS, app), "pos");
      bucket.resource.addOverride("object_lock_enabled", true);
      bucket.resources.versioning.moveFromId("aws_s3_bucket_versioning.old");
      bucket.resource.importFrom("acme-legacy");
    });
    const stack = app.stack("lake");
    expect(Template.of(stack).only(S3Bucket).get("object_lock_enabled")).toBe(true);
    expect(stack["moved"]).toEqual([
      { from: "aws_s3_bucket_versioning.old", to: "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6" },
    ]);
    expect(stack["import"]).toEqual([{ id: "acme-legacy", to: "aws_s3_bucket.pos_A02B06CA" }]);
  });

  test("is taken over as a whole, each setting by the id that the provider knows it by", () => {
    const app = synthApp((app) => {
      const stack = stackOn(AWS, app);
      const logs = new AwsBucket(stack, "logs", { bucketName: "acme-logs" });
      const bucket = new AwsBucket(stack, "pos", {
        bucketName: "acme-legacy",
        retention: { minimumDays: 30 },
        accessLogs: logs,
        inventory: { destination: logs },
        intelligentTiering: { archiveAfterDays: 90 },
      });
      bucket.metrics.clientErrors();
      const { inventory, intelligentTiering, ...settings } = bucket.resources;
      for (const setting of [bucket.resource, ...Object.values(settings)]) setting.importFrom("acme-legacy");
      inventory?.importFrom("acme-legacy:inventory");
      intelligentTiering?.importFrom("acme-legacy:intelligent_tiering");
      bucket.metrics.requestFilters.get("all")?.importFrom("acme-legacy:all");
    });
    expect(app.stack("lake")["import"]).toEqual([
      { id: "acme-legacy", to: "aws_s3_bucket.pos_A02B06CA" },
      { id: "acme-legacy", to: "aws_s3_bucket_public_access_block.pos_PublicAccessBlock_503ACD0E" },
      { id: "acme-legacy", to: "aws_s3_bucket_policy.pos_Policy_BF2C0CE0" },
      { id: "acme-legacy", to: "aws_s3_bucket_notification.pos_Notification_B30A039B" },
      { id: "acme-legacy", to: "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6" },
      { id: "acme-legacy", to: "aws_s3_bucket_ownership_controls.pos_Ownership_072B6205" },
      { id: "acme-legacy", to: "aws_s3_bucket_server_side_encryption_configuration.pos_Encryption_A397F224" },
      { id: "acme-legacy", to: "aws_s3_bucket_lifecycle_configuration.pos_Lifecycle_D64398C8" },
      { id: "acme-legacy", to: "aws_s3_bucket_object_lock_configuration.pos_ObjectLock_6247DBFE" },
      { id: "acme-legacy", to: "aws_s3_bucket_logging.pos_AccessLogs_4B53BB4B" },
      { id: "acme-legacy:inventory", to: "aws_s3_bucket_inventory.pos_Inventory_714CF378" },
      {
        id: "acme-legacy:intelligent_tiering",
        to: "aws_s3_bucket_intelligent_tiering_configuration.pos_IntelligentTiering_3543A835",
      },
      { id: "acme-legacy:all", to: "aws_s3_bucket_metric.pos_RequestMetrics-all_C27E2894" },
    ]);
  });
});

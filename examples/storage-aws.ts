import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { AwsKey } from "cloud-conductor/encryption/aws";
import { bundle } from "cloud-conductor/functions";
import { NodeFunction } from "cloud-conductor/functions/aws";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { Severity } from "cloud-conductor/monitoring";
import { Delivery, StorageTier } from "cloud-conductor/storage";
import { AwsBucket, BucketEncryption, InventoryFormat } from "cloud-conductor/storage/aws";

/** What a bucket of S3 can be told besides what it is by itself: private, encrypted, versioned, tidy, kept. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "storage-aws");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    aws: { accountId: "123456789012", region: "eu-west-1" },
  });

  // #region watched
  const logs = new AwsBucket(stack, "logs", { lifecycle: [{ expireAfterDays: 400 }] });
  const pos = new AwsBucket(stack, "pos", {
    encryption: BucketEncryption.key(new AwsKey(stack, "pos-key", { aliasName: "pos" })),
    accessLogs: logs,
    inventory: { destination: logs, format: InventoryFormat.CSV },
  });
  pos.metrics.clientErrors().alarm(stack, "pos-refused", { above: 100, severity: Severity.HIGH });
  // #endregion

  // #region lifecycle
  new AwsBucket(stack, "archive", {
    lifecycle: [{ id: "archive-rule", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }] }],
  });
  new AwsBucket(stack, "raw", {
    lifecycle: [
      { id: "archive-old-data", prefix: "raw/", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 90 }] },
      { prefix: "landing/", expireAfterDays: 90 },
    ],
    noncurrentVersions: { transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }], expireAfterDays: 365 },
  });
  new AwsBucket(stack, "pos-backup", {
    lifecycle: [{ transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }], expireAfterDays: 730 }],
    tags: { name: "pos-backup", purpose: "DisasterRecovery" },
  });
  new AwsBucket(stack, "data-product", {
    lifecycle: [{ id: "archive_to_glacier", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 90 }] }],
  });
  // #endregion

  // #region filters
  const training = new AwsBucket(stack, "training", {
    lifecycle: [
      { tags: { class: "training", tier: "hot" }, transitions: [{ tier: StorageTier.COOL, afterDays: 90 }] },
      {
        prefix: "frames/",
        minimumSizeBytes: 1, // small ones too: S3 moves none below 128 KiB unless told
        transitions: [{ tier: StorageTier.DEEP_ARCHIVE, afterDays: 180 }],
      },
      { prefix: "inference/", expireAfterDays: 30 },
    ],
  });
  const tagger = new AwsRole(stack, "tagger", { trust: trustService("batchoperations.s3.amazonaws.com") });
  training.grants.tag(tagger);
  // #endregion

  // #region tiering
  new AwsBucket(stack, "features", { intelligentTiering: { archiveAfterDays: 90, deepArchiveAfterDays: 180 } });
  // #endregion

  // #region checkpoints
  const checkpoints = new AwsBucket(stack, "checkpoints", {
    lifecycle: [{ prefix: "checkpoints/", expireAfterDays: 7 }],
    noncurrentVersions: { expireAfterDays: 1, keepNewest: 3 },
    abortIncompleteUploadsAfterDays: 1,
  });
  // #endregion

  // #region notified
  const { enrich } = bundle("examples/functions", { enrich: "enrich.ts" });
  const loader = new NodeFunction(stack, "loader", {
    code: enrich,
    environment: { OUTPUT: checkpoints.bucketName },
    timeoutSeconds: 60,
  });
  loader.addEventSource(pos.objectsCreated({ prefix: "raw/", suffix: ".csv", delivery: Delivery.DIRECT }));
  pos.grants.read(loader, { prefix: "raw/" }).before(loader.resource);
  checkpoints.grants.write(loader, { prefix: "checkpoints/" }).before(loader.resource);
  // #endregion
}

import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { GoogleKey } from "cloud-conductor/encryption/google";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { RetentionMode, StorageTier } from "cloud-conductor/storage";
import {
  Autoclass,
  BucketEncryption,
  BucketLocation,
  BucketNotification,
  DualRegionReplication,
  GoogleBucket,
} from "cloud-conductor/storage/google";

/** Buckets of Cloud Storage with what Google has of its own: keys, classes by access, places, retention, news, logs. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "google-storage");
  new GoogleProvider(stack, "google", { project: "acme-data", region: "us-central1" });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    google: { projectId: "acme-data", projectNumber: "111111111111", region: "us-central1" },
  });

  // #region key
  const key = new GoogleKey(stack, "lake-key");
  new GoogleBucket(stack, "orders", { encryption: BucketEncryption.key(key) });
  // #endregion

  // #region places
  new GoogleBucket(stack, "lake", { bucketName: "company-primary-data-lake", location: "US" }); // many regions
  const events = new GoogleBucket(stack, "events", { location: BucketLocation.region("us-central1") }); // most writes
  new GoogleBucket(stack, "models", {
    location: BucketLocation.dualRegion("us-central1", "us-east1", { replication: DualRegionReplication.TURBO }),
    autoclass: Autoclass.ARCHIVE, // by when it was read last
  });
  // #endregion

  // #region protection
  const logs = new GoogleBucket(stack, "access-logs", { lifecycle: [{ expireAfterDays: 90 }] });
  new GoogleBucket(stack, "ledger", {
    retention: { minimumDays: 30, mode: RetentionMode.COMPLIANCE }, // locked: nobody shortens it
    objectRetention: true,
    softDeleteDays: 30,
    accessLogs: { bucket: logs },
    lifecycle: [{ transitions: [{ tier: StorageTier.COOL, afterDays: 30 }] }],
  });
  // #endregion

  // #region news
  const uploads = new PubsubTopic(stack, "uploads", { name: "uploads" });
  const topic = { path: uploads.node.path, topicName: uploads.id };
  new BucketNotification(stack, "new-uploads", { bucket: events, topic, prefix: "raw/" });
  // #endregion
}

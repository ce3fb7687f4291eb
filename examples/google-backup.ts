import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { RedisInstance } from "@cdktf/provider-google/lib/redis-instance";
import { type App, TerraformStack } from "cdktf";
import { RedisExport } from "cloud-conductor/backup/google";
import { Schedule, useEnvironment } from "cloud-conductor/core";
import { GoogleBucket } from "cloud-conductor/storage/google";

/** Snapshots of Redis in a bucket of Cloud Storage. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "google-backup");
  new GoogleProvider(stack, "google", { project: "acme-data", region: "us-central1" });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    google: { projectId: "acme-data", projectNumber: "111111111111", region: "us-central1" },
  });
  const features = new RedisInstance(stack, "features", {
    name: "features",
    memorySizeGb: 5,
    tier: "STANDARD_HA",
    authEnabled: true,
    transitEncryptionMode: "SERVER_AUTHENTICATION",
    lifecycle: { preventDestroy: true },
  });

  // #region redis
  const backups = new GoogleBucket(stack, "backups", { bucketName: "feature-backups" });
  new RedisExport(stack, "features-export", {
    instance: { instanceName: features.id, member: features.persistenceIamIdentity },
    destination: backups,
    objectName: "redis-snapshot.rdb",
    schedule: Schedule.daily({ hour: 3 }),
  });
  // #endregion
}

import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { GoogleKey } from "cloud-conductor/encryption/google";
import { BucketEncryption, GoogleBucket } from "cloud-conductor/storage/google";

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
}

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { AwsBucket, DirectoryBucket, LensMetrics, StorageLens } from "cloud-conductor/storage/aws";

/** Fast storage beside the machines that train, and what tells whether data lies in a tier that fits. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "training-storage");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const training = new AwsRole(stack, "training", { trust: trustService("sagemaker.amazonaws.com") });

  // #region directory
  const scratch = new DirectoryBucket(stack, "scratch", { zoneId: "use1-az4", expireAfterDays: 14 });
  scratch.grants.readWrite(training);
  // #endregion

  // #region lens
  const archive = new AwsBucket(stack, "archive", { bucketName: "acme-archive-prod" });
  new StorageLens(stack, "lens", { metrics: LensMetrics.ACTIVITY, buckets: [archive], cloudWatch: true });
  // #endregion
}

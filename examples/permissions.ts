import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { AwsBucket, BucketEncryption } from "cloud-conductor/storage/aws";

/** A bucket in one stack, who reads and writes it in another: the permission stands with the role, the bucket knows nothing of it. */
export function build(app: App): void {
  const data = new TerraformStack(app, "data");
  new AwsProvider(data, "aws", { region: "eu-west-1" });
  const pos = new AwsBucket(data, "pos", { bucketName: "acme-pos-dev" });

  const consumers = new TerraformStack(app, "consumers");
  new AwsProvider(consumers, "aws", { region: "eu-west-1" });
  const validator = new AwsRole(consumers, "validator", { trust: trustService("lambda.amazonaws.com") });

  // #region grants
  pos.grants.read(validator, { prefix: "raw/" }); // bucket, prefix and key in one go
  pos.grants.write(validator, { prefix: "clean/" });
  // #endregion

  // #region existing
  const legacy = AwsBucket.fromBucketAttributes(consumers, "legacy", {
    bucketName: "acme-legacy",
    encryption: BucketEncryption.s3Managed(),
    region: "eu-west-1",
  });
  legacy.grants.read(validator);
  // #endregion

  // #region take-over
  const adopted = new AwsBucket(data, "adopted", { bucketName: "acme-pos-archive" });
  adopted.resource.importFrom("acme-pos-archive");
  // #endregion
}

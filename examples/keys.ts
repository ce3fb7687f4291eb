import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { AwsKey } from "cloud-conductor/encryption/aws";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { AwsBucket, BucketEncryption } from "cloud-conductor/storage/aws";
import { AwsQueue, QueueEncryption } from "cloud-conductor/streaming/aws";

/** One key for a domain of data: what it encrypts includes it in each grant. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "lake");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const reader = new AwsRole(stack, "reader", { trust: trustService("lambda.amazonaws.com") });

  // #region key
  const key = new AwsKey(stack, "sales", { description: "Sales data" });
  const pos = new AwsBucket(stack, "pos", { encryption: BucketEncryption.key(key) });
  const orders = new AwsQueue(stack, "orders", { encryption: QueueEncryption.key(key) });

  pos.grants.read(reader); // bucket and key in one go
  orders.grants.consume(reader);
  // #endregion

  // #region grants
  key.grants.decrypt(reader, { viaService: "s3" }); // for what the library does not make
  key.allowService({ service: "cloudwatch.amazonaws.com", actions: ["kms:Decrypt", "kms:GenerateDataKey"] });
  key.allowLogGroup("/aws/lambda/validate");
  // #endregion

  // #region existing
  const shared = AwsKey.fromKeyAttributes(stack, "shared", {
    keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  });
  shared.grants.encryptDecrypt(reader);
  // #endregion
}

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { StorageTier } from "cloud-conductor/storage";
import { AwsBucket } from "cloud-conductor/storage/aws";

export function build(app = new App()): App {
  const stack = new TerraformStack(app, "first");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new AwsBucket(stack, "pos", {
    bucketName: "acme-pos-dev",
    lifecycle: [{ prefix: "raw/", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 90 }], expireAfterDays: 730 }],
  });
  return app;
}

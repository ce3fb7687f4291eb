import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { RetentionMode } from "cloud-conductor/storage";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** Write once, read many: what nobody removes before its time. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "worm");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  useEnvironment(stack, { name: "prod", dataRemoval: "kept" });

  // #region retention
  new AwsBucket(stack, "ledger", { retention: { minimumDays: 30 } }); // GOVERNANCE: with a right of its own it can be removed
  new AwsBucket(stack, "audit", { retention: { minimumDays: 2555, mode: RetentionMode.COMPLIANCE } }); // nobody can, for seven years
  // #endregion
}

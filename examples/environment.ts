import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { type Environment, type IncidentRoute, useEnvironment } from "cloud-conductor/core";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** Where a stack stands: its account, region, tags and removal, and whom its alarms tell. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "lake-prod");
  new AwsProvider(stack, "aws", { region: "us-east-1" });

  // #region environment
  const prod: Environment = {
    name: "prod",
    tags: { owner: "data-platform", costCenter: "4711" },
    dataRemoval: "kept",
    aws: { accountId: "333333333333", region: "us-east-1" },
  };
  const onCall: IncidentRoute = { actionsFor: () => ["arn:aws:sns:us-east-1:333333333333:on-call"] };
  useEnvironment(stack, prod, { route: onCall });
  // #endregion

  // #region elsewhere
  const auditAccount = new AwsProvider(stack, "audit-account", { alias: "audit", region: "us-east-1" });
  new AwsBucket(stack, "west", { bucketName: "acme-pos-west", region: "us-west-2" });
  new AwsBucket(stack, "audit", { bucketName: "acme-audit", provider: auditAccount });
  // #endregion
}

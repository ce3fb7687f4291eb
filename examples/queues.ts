import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { Severity } from "cloud-conductor/monitoring";
import { AwsBucket } from "cloud-conductor/storage/aws";
import { AwsQueue, QueueEncryption } from "cloud-conductor/streaming/aws";

/** A queue, who sends to it, who handles its messages, and who is told when they wait too long. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "orders");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const shop = new AwsRole(stack, "shop", { trust: trustService("ecs-tasks.amazonaws.com") });
  const processor = new AwsRole(stack, "processor", { trust: trustService("lambda.amazonaws.com") });
  const uploads = new AwsBucket(stack, "uploads");

  // #region queue
  const orders = new AwsQueue(stack, "orders", { visibilityTimeoutSeconds: 180, maxReceiveCount: 3 });
  orders.grants.send(shop);
  orders.grants.consume(processor);
  orders.deadLetterQueue.grants.send(processor); // what it can tell at once to be hopeless
  // #endregion

  // #region service
  orders.allowService({ sid: "Uploads", service: "s3.amazonaws.com", sourceArn: uploads.bucketArn });
  // #endregion

  // #region alarm
  orders.metrics.ageOfOldestMessageSeconds().alarm(stack, "orders-late", {
    above: 900,
    severity: Severity.HIGH,
    runbook: "https://wiki.acme.example/orders-late",
  });
  // #endregion

  // #region existing
  const legacy = AwsQueue.fromQueueAttributes(stack, "legacy", {
    queueArn: "arn:aws:sqs:eu-west-1:123456789012:legacy-orders",
    encryption: QueueEncryption.sqsManaged(),
  });
  legacy.grants.send(shop);
  // #endregion
}

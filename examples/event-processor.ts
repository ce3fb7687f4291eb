import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, type App } from "cdktf";
import { KinesisEventProcessor } from "cloud-conductor/functions/aws";
import { AwsBucket } from "cloud-conductor/storage/aws";
import { StreamCapacity } from "cloud-conductor/streaming";
import { KinesisDataStream } from "cloud-conductor/streaming/aws";

/** Sales of every shop: checked, masked, handed on, and kept. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "event-processor");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const copies = new AwsBucket(stack, "copies");

  // #region processor
  const transactions = new KinesisDataStream(stack, "transactions", {
    streamName: "pos-transactions-stream",
    capacity: StreamCapacity.provisioned(4),
  });
  const hub = new KinesisDataStream(stack, "hub");

  const processor = new KinesisEventProcessor(stack, "sales", {
    source: transactions,
    output: hub,
    copies,
    copyPrefix: "pos/raw/",
    partitionKeyField: "store_id",
  });
  processor.metrics.recordsRejected().alarm(stack, "many-rejected", { above: 100, severity: "low" });
  // #endregion
}

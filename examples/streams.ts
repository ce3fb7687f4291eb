import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, type App } from "cdktf";
import { bundle } from "cloud-conductor/functions";
import { NodeFunction, StreamReadMode } from "cloud-conductor/functions/aws";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { Severity } from "cloud-conductor/monitoring";
import { AwsBucket } from "cloud-conductor/storage/aws";
import { StreamCapacity } from "cloud-conductor/streaming";
import { AwsQueue, KinesisDataStream } from "cloud-conductor/streaming/aws";

/** A stream of sales, who writes to it, and functions on its records, on a queue and on events. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "streams");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const rejected = new AwsBucket(stack, "rejected");
  const shop = new AwsRole(stack, "shop", { trust: trustService("ecs-tasks.amazonaws.com") });
  const code = bundle("examples/functions", { enrich: "enrich.ts", answer: "tidy.ts" });

  // #region stream
  const sales = new KinesisDataStream(stack, "sales", { capacity: StreamCapacity.provisioned(4), retentionHours: 168 });
  sales.grants.produce(shop);
  sales.metrics.iteratorAgeSeconds().alarm(stack, "sales-late", { above: 60, severity: Severity.HIGH });
  // #endregion

  // #region records
  const enrich = new NodeFunction(stack, "enrich", { code: code.enrich, timeoutSeconds: 60 });
  enrich.addEventSource(sales, {
    batchSize: 100,
    maximumBatchingWindowSeconds: 5,
    readMode: StreamReadMode.ENHANCED_FAN_OUT,
    filters: [{ data: { type: ["sale"] } }],
    onFailure: rejected,
  });
  // #endregion

  // #region messages
  const tickets = new AwsQueue(stack, "tickets", { visibilityTimeoutSeconds: 180 });
  const answer = new NodeFunction(stack, "answer", { code: code.answer, timeoutSeconds: 30 });
  answer.addEventSource(tickets, { maximumConcurrency: 5 });
  // #endregion

  // #region events
  answer.addEventRule("ticket-created", {
    pattern: { source: ["acme.tickets"], "detail-type": ["NewTicketCreated"] },
    deadLetterQueue: tickets.deadLetterQueue,
  });
  answer.onAsyncFailure({ deadLetterQueue: tickets.deadLetterQueue });
  // #endregion
}

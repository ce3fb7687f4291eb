import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { ClientSettings } from "../../scripts/local/clients";

const NAME = "e2e-tap";

/** Listens to what a bucket says of new objects, as a second consumer beside the trigger. */
export class EventTap {
  private readonly sqs: SQSClient;
  private readonly events: EventBridgeClient;
  private queueUrl = "";

  public constructor(settings: ClientSettings) {
    this.sqs = new SQSClient(settings);
    this.events = new EventBridgeClient(settings);
  }

  public async open(bucket: string): Promise<void> {
    const { QueueUrl = "" } = await this.sqs.send(new CreateQueueCommand({ QueueName: NAME }));
    this.queueUrl = QueueUrl;
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
    );
    const pattern = { source: ["aws.s3"], "detail-type": ["Object Created"], detail: { bucket: { name: [bucket] } } };
    const rule = await this.events.send(new PutRuleCommand({ Name: NAME, EventPattern: JSON.stringify(pattern) }));
    const policy = sendPolicy(Attributes?.QueueArn ?? "", rule.RuleArn ?? "");
    await this.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(policy) } }));
    const target = { Id: "queue", Arn: Attributes?.QueueArn ?? "" };
    await this.events.send(new PutTargetsCommand({ Rule: NAME, Targets: [target] }));
  }

  /** The next event, as it stands in a message. */
  public async next(): Promise<string> {
    const receive = { QueueUrl: this.queueUrl, WaitTimeSeconds: 10, MaxNumberOfMessages: 1 };
    const [message] = (await this.sqs.send(new ReceiveMessageCommand(receive))).Messages ?? [];
    if (message === undefined) throw new Error("the bucket has said nothing for 10 s");
    const done = { QueueUrl: this.queueUrl, ReceiptHandle: message.ReceiptHandle };
    await this.sqs.send(new DeleteMessageCommand(done));
    return message.Body ?? "";
  }

  public async close(): Promise<void> {
    await this.events.send(new RemoveTargetsCommand({ Rule: NAME, Ids: ["queue"] }));
    await this.events.send(new DeleteRuleCommand({ Name: NAME }));
    await this.sqs.send(new DeleteQueueCommand({ QueueUrl: this.queueUrl }));
  }
}

const sendPolicy = (queueArn: string, ruleArn: string): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
  ],
});

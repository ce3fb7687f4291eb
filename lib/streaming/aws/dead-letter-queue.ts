import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import type { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import type { AwsKeyRef } from "../../encryption/references";
import { standing } from "../../identity/aws/arn";
import type { AwsQueueRef } from "../references";
import { AwsQueueGrants } from "./queue-grants";
import { AwsQueueMetrics } from "./queue-metrics";
import { OwnedQueuePolicy, type SendingService } from "./queue-policy";

/**
 * A dead letter keeps the age it had, and 14 days are the longest that SQS keeps anything: a day is left to look at it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const DEAD_LETTER_RETENTION_SECONDS = 1_209_600;

/** How a dead-letter queue is made. */
interface DeadLetterQueueConfig {
  readonly placement: AwsPlacementProps;
  readonly queue: SqsQueueConfig | ((self: Construct) => SqsQueueConfig);
  readonly key: AwsKeyRef | undefined;
}

/** Where the messages of a queue go that nobody could handle. Made by its queue, or alone by `deadLetterQueue()`. */
export class DeadLetterQueue extends Construct implements AwsQueueRef {
  public readonly path: string;
  public readonly queueName: string;
  public readonly queueArn: string;
  public readonly queueUrl: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly grants: AwsQueueGrants;
  public readonly metrics: AwsQueueMetrics;
  /** What senders have to wait for: their right to send. */
  public readonly policy: ITerraformDependable & IConstruct;
  public readonly resource: SqsQueue;
  public readonly resources: { readonly policy: SqsQueuePolicy };
  private readonly senders: OwnedQueuePolicy;

  public constructor(scope: Construct, id: string, { placement, queue, key }: DeadLetterQueueConfig) {
    super(scope, id);
    place(this, "aws", placement);
    this.resource = new SqsQueue(this, "Resource", placed(this, typeof queue === "function" ? queue(this) : queue));
    this.path = this.node.path;
    this.queueName = this.resource.name;
    this.queueArn = this.resource.arn;
    this.queueUrl = this.resource.url;
    const { region, accountId } = standing(this, placement, this.queueArn);
    this.region = region;
    this.accountId = accountId;
    this.keyArn = key?.keyArn;
    this.senders = new OwnedQueuePolicy(this, { queueUrl: this.queueUrl, queueArn: this.queueArn, key });
    this.policy = this.senders.resource;
    this.resources = { policy: this.senders.resource };
    this.grants = new AwsQueueGrants(this, this, this.senders, key);
    this.metrics = new AwsQueueMetrics(this.queueName, placement);
  }

  /** Lets a service send here what it could not deliver, for one resource. */
  public allowService(sender: SendingService): void {
    this.senders.allowService(sender);
  }
}

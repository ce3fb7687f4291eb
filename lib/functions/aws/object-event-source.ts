import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct, type IConstruct } from "constructs";
import type { DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { waitFor, type Grantee } from "../../core/grant";
import { physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import type { Tags } from "../../core/tags";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { Monitoring } from "../../monitoring/alarm";
import { Delivery } from "../../storage/delivery";
import type { AwsObjectsCreated } from "../../storage/references";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import type { QueueEncryption } from "../../streaming/aws/encryption";
import { AwsQueue } from "../../streaming/aws/queue";
import { DELIVERY, hiddenSeconds, LONGEST_DESCRIPTION } from "./event-delivery";
import { objectCreatedPattern } from "./event-pattern";
import type { FunctionMetrics } from "./function-metrics";
import { sourceId } from "./source-id";
import { RULE_NAME, sourceProblems } from "./object-event-limits";

/** How a function takes the news of objects from its queue. */
export interface ObjectEventSourceOptions extends DataRemovalProps {
  /** Most messages of one run, 1 to 10,000. @default 10 */
  readonly batchSize?: number;
  /** How long a batch is collected, 0 to 300 seconds; needed for more than 10 messages. @default 0 */
  readonly maximumBatchingWindowSeconds?: number;
  /** Deliveries after which a message becomes a dead letter. @default 5 */
  readonly maxReceiveCount?: number;
  /** Most runs at a time that this source starts, 2 to 1,000. @default - as many as there is work for */
  readonly maximumConcurrency?: number;
  /** Of the messages. @default QueueEncryption.sqsManaged() */
  readonly encryption?: QueueEncryption;
  /** Who is told of the first dead letter. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
}

/** The function behind a source. */
export interface EventConsumer extends Grantee<AwsPrincipal> {
  readonly functionArn: string;
  /** Longest run, in seconds. */
  readonly timeoutSeconds: number;
  readonly metrics: FunctionMetrics;
}

/** What the function hands to its source. */
export interface ObjectEventSourceProps extends ObjectEventSourceOptions, AwsPlacementProps {
  readonly consumer: EventConsumer;
  readonly objects: AwsObjectsCreated;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources of a source, each for overrides and moves; `queue` has its own. */
export interface ObjectEventSourceResources {
  /** There is none with direct delivery. */
  readonly rule?: CloudwatchEventRule;
  /** There is none with direct delivery. */
  readonly target?: CloudwatchEventTarget;
}

/** New objects of a bucket on their way to a function: rule or notification, queue with dead letters, mapping. */
export class ObjectEventSource extends Construct {
  public readonly queue: AwsQueue;
  public readonly deadLetterQueue: DeadLetterQueue;
  public readonly resource: LambdaEventSourceMapping;
  public readonly resources: ObjectEventSourceResources;

  public constructor(scope: Construct, id: string, props: ObjectEventSourceProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...sourceProblems(this, props)]);
    this.queue = this.createQueue(props);
    this.deadLetterQueue = this.queue.deadLetterQueue;
    this.resources = DELIVER[props.objects.delivery](this, this.queue, props);
    this.resource = this.createMapping(props);
    this.queue.grants.consume(props.consumer).before(this.resource);
  }

  private createQueue(props: ObjectEventSourceProps): AwsQueue {
    const { maxReceiveCount, encryption, monitoring, dataRemoval, tags, region, provider } = props;
    const { consumer, maximumBatchingWindowSeconds } = props;
    return new AwsQueue(this, "Queue", {
      visibilityTimeoutSeconds: hiddenSeconds(consumer.timeoutSeconds, maximumBatchingWindowSeconds),
      maxReceiveCount,
      encryption,
      monitoring,
      dataRemoval,
      tags,
      region,
      provider,
    });
  }

  private createMapping(props: ObjectEventSourceProps): LambdaEventSourceMapping {
    const { batchSize = 10, maximumBatchingWindowSeconds = 0, maximumConcurrency, tags } = props;
    return new LambdaEventSourceMapping(
      this,
      "Resource",
      placed(this, {
        eventSourceArn: this.queue.queueArn,
        functionName: props.consumer.functionArn,
        batchSize,
        maximumBatchingWindowInSeconds: maximumBatchingWindowSeconds,
        functionResponseTypes: ["ReportBatchItemFailures"],
        ...(maximumConcurrency !== undefined && { scalingConfig: { maximumConcurrency } }),
        ...tagsFor(this, tags),
      }),
    );
  }
}

/** What brings the news to the queue, by way of delivery. */
const DELIVER: Record<
  Delivery,
  (source: Construct, queue: AwsQueue, props: ObjectEventSourceProps) => ObjectEventSourceResources
> = {
  [Delivery.EVENT_BRIDGE]: byRule,
  [Delivery.DIRECT]: byNotification,
};

function byRule(
  source: Construct,
  queue: AwsQueue,
  { objects, tags }: ObjectEventSourceProps,
): ObjectEventSourceResources {
  const rule = new CloudwatchEventRule(
    source,
    "Rule",
    placed(source, {
      name: physicalName(source, RULE_NAME),
      description: `New objects of ${objects.bucket.path}`.slice(0, LONGEST_DESCRIPTION),
      eventPattern: objectCreatedPattern(objects.bucket.bucketName, objects),
      ...tagsFor(source, tags),
    }),
  );
  for (const receiver of [queue, queue.deadLetterQueue])
    receiver.allowService({ sid: "EventBridge", service: "events.amazonaws.com", sourceArn: rule.arn });
  const target = new CloudwatchEventTarget(
    source,
    "Target",
    placed(source, {
      rule: rule.name,
      arn: queue.queueArn,
      retryPolicy: DELIVERY,
      deadLetterConfig: { arn: queue.deadLetterQueue.queueArn },
    }),
  );
  // what EventBridge may not deliver it does not try again
  waitFor(target, queue.policy, queue.deadLetterQueue.policy);
  return { rule, target };
}

function byNotification(
  source: Construct,
  queue: AwsQueue,
  { objects }: ObjectEventSourceProps,
): ObjectEventSourceResources {
  const { bucket, prefix, suffix } = objects;
  const { accountId: sourceAccount } = bucket;
  queue.allowService({ sid: "S3", service: "s3.amazonaws.com", sourceArn: bucket.bucketArn, sourceAccount });
  objects.notify?.({ id: source.node.id, queueArn: queue.queueArn, policy: queue.policy, prefix, suffix });
  return {};
}

/** The id of a source below its function: readable, and its own for each bucket, prefix and suffix. */
export const objectSourceId = (consumer: IConstruct, { bucket, prefix = "", suffix = "" }: AwsObjectsCreated): string =>
  sourceId(consumer, "objects", bucket.path, [prefix, suffix]);

import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { given, isToken, problem, wholeNumber, type Range } from "../../core/checks";
import { dataRemovalProblems, type DataRemovalProps } from "../../core/data-removal";
import { routeOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { nameProblems, physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { standing } from "../../identity/aws/arn";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { AwsQueueRef } from "../references";
import { DEAD_LETTER_RETENTION_SECONDS, DeadLetterQueue } from "./dead-letter-queue";
import { encryptionProblems, type QueueEncryption } from "./encryption";
import { AwsQueueGrants } from "./queue-grants";
import { AwsQueueMetrics } from "./queue-metrics";
import { DEAD_LETTER, QUEUE_NAME } from "./queue-name";
import { OwnedQueuePolicy, type SendingService } from "./queue-policy";
import { queueSettings, type QueueSettings } from "./queue-settings";
import { ReferredQueue, type AwsQueueAttributes } from "./referred-queue";

/** A standard queue of SQS: encrypted, TLS only, kept, with a dead-letter queue of its own. */
export interface AwsQueueProps extends DataRemovalProps, AwsPlacementProps {
  /** The dead-letter queue is called the same with `-dead-letter`. @default - derived from the construct path */
  readonly queueName?: string;
  /** How long a received message is hidden, 0 to 43,200; at least six times the timeout of a consuming function. @default 30 */
  readonly visibilityTimeoutSeconds?: number;
  /** How long a message waits to be handled, 1 to 312; then it is gone, it does not become a dead letter. @default 96 */
  readonly retentionHours?: number;
  /** Deliveries after which a message becomes a dead letter, 1 to 1,000. @default 5 */
  readonly maxReceiveCount?: number;
  /** Of queue and dead-letter queue. @default QueueEncryption.sqsManaged() */
  readonly encryption?: QueueEncryption;
  /** Who is told of the first dead letter. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A queue of SQS, own or referred to. */
export interface IAwsQueue extends AwsQueueRef {
  readonly grants: AwsQueueGrants;
  readonly metrics: AwsQueueMetrics;
  /** Lets a service send to the queue, for one resource. */
  allowService(sender: SendingService): void;
}

/** The provider's resources of a queue, each for overrides and moves; `deadLetterQueue` has its own. */
export interface AwsQueueResources {
  readonly policy: SqsQueuePolicy;
  readonly redriveAllowPolicy: SqsQueueRedriveAllowPolicy;
}

const RETENTION = { minimum: 1, maximum: 312, unit: "hours" };
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const VISIBILITY = { minimum: 0, maximum: 43_200, unit: "seconds" };
const RECEIVES = { minimum: 1, maximum: 1000 };

const DEFAULT = { visibilityTimeoutSeconds: 30, retentionHours: 96, maxReceiveCount: 5 };

/** A standard queue of SQS and its dead-letter queue. */
export class AwsQueue extends Construct implements IAwsQueue {
  /** Refers to a queue that exists; nothing of it is written. `encryption` is required, because a grant includes the key. */
  public static fromQueueAttributes(scope: Construct, id: string, attributes: AwsQueueAttributes): IAwsQueue {
    return new ReferredQueue(scope, id, attributes);
  }

  public readonly path: string;
  public readonly queueName: string;
  public readonly queueArn: string;
  public readonly queueUrl: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly visibilityTimeoutSeconds: number;
  public readonly deadLetterQueue: DeadLetterQueue;
  /** Goes off with the first dead letter; there is one as soon as there is a route. */
  public readonly deadLetterAlarm?: AwsAlarm;
  public readonly grants: AwsQueueGrants;
  public readonly metrics: AwsQueueMetrics;
  /** What senders have to wait for: their right to send, and to use the key where both stand in one stack. */
  public readonly policy: ITerraformDependable & IConstruct;
  public readonly resource: SqsQueue;
  public readonly resources: AwsQueueResources;
  private readonly senders: OwnedQueuePolicy;

  public constructor(scope: Construct, id: string, props: AwsQueueProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...queueProblems(props)]);
    const key = props.encryption?.key;
    const common = queueSettings(this, props);
    this.deadLetterQueue = this.createDeadLetterQueue(props, common);
    this.visibilityTimeoutSeconds = props.visibilityTimeoutSeconds ?? DEFAULT.visibilityTimeoutSeconds;
    this.resource = this.createQueue(props, common);
    this.path = this.node.path;
    this.queueName = this.resource.name;
    this.queueArn = this.resource.arn;
    this.queueUrl = this.resource.url;
    const { region, accountId } = standing(this, props, this.queueArn);
    this.region = region;
    this.accountId = accountId;
    this.keyArn = key?.keyArn;
    this.senders = new OwnedQueuePolicy(this, { queueUrl: this.queueUrl, queueArn: this.queueArn, key });
    this.policy = this.senders.resource;
    this.resources = { policy: this.senders.resource, redriveAllowPolicy: this.limitDeadLetters() };
    this.grants = new AwsQueueGrants(this, this, this.senders, key);
    this.metrics = new AwsQueueMetrics(this.queueName, props);
    this.deadLetterAlarm = this.watchDeadLetters(props.monitoring);
  }

  /**
   * Lets a service send to the queue, for one resource; what makes it send waits for `policy`.
   *
   * @throws ConstructValidationError when the sid says something else already
   */
  public allowService(sender: SendingService): void {
    this.senders.allowService(sender);
  }

  private createDeadLetterQueue(props: AwsQueueProps, common: QueueSettings): DeadLetterQueue {
    const { queueName, encryption } = props;
    const name = queueName === undefined ? physicalName(this, QUEUE_NAME, DEAD_LETTER) : `${queueName}-${DEAD_LETTER}`;
    return new DeadLetterQueue(this, "DeadLetter", {
      placement: props,
      queue: { ...common, name, messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS },
      key: encryption?.key,
    });
  }

  private createQueue(props: AwsQueueProps, common: QueueSettings): SqsQueue {
    const redrive = {
      deadLetterTargetArn: this.deadLetterQueue.queueArn,
      maxReceiveCount: props.maxReceiveCount ?? DEFAULT.maxReceiveCount,
    };
    return new SqsQueue(
      this,
      "Resource",
      placed(this, {
        ...common,
        name: props.queueName ?? physicalName(this, QUEUE_NAME),
        visibilityTimeoutSeconds: this.visibilityTimeoutSeconds,
        messageRetentionSeconds: (props.retentionHours ?? DEFAULT.retentionHours) * 3600,
        redrivePolicy: JSON.stringify(redrive),
      }),
    );
  }

  /** Dead letters of this queue alone; apart from the dead-letter queue, because the two name each other. */
  private limitDeadLetters(): SqsQueueRedriveAllowPolicy {
    const allowed = { redrivePermission: "byQueue", sourceQueueArns: [this.queueArn] };
    return new SqsQueueRedriveAllowPolicy(
      this,
      "RedriveAllow",
      placed(this, { queueUrl: this.deadLetterQueue.queueUrl, redriveAllowPolicy: JSON.stringify(allowed) }),
    );
  }

  private watchDeadLetters({ severity = Severity.HIGH, route = routeOf(this) }: Monitoring = {}): AwsAlarm | undefined {
    if (route === undefined) return undefined;
    return this.deadLetterQueue.metrics.visibleMessages().alarm(this, "DeadLetterAlarm", {
      above: 0,
      severity,
      route,
      description: `Messages of ${this.path} could not be handled and wait in its dead-letter queue`,
    });
  }
}

const queueProblems = (props: AwsQueueProps): string[] => [
  ...given(props.queueName, (name) => nameProblems("queueName", name, QUEUE_NAME)),
  ...given(props.visibilityTimeoutSeconds, (seconds) => count("visibilityTimeoutSeconds", seconds, VISIBILITY)),
  ...given(props.retentionHours, (hours) => count("retentionHours", hours, RETENTION)),
  ...given(props.maxReceiveCount, (times) => count("maxReceiveCount", times, RECEIVES)),
  ...given(props.encryption, encryptionProblems),
  ...monitoringProblems(props.monitoring),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

/** A literal whole number: it is compared with a function's timeout, multiplied, or written into JSON. */
const count = (path: string, value: number, range: Range): string[] =>
  isToken(value) ? [problem(path, "a literal number", value)] : wholeNumber(path, value, range);

import { KinesisStreamConsumer } from "@cdktf/provider-aws/lib/kinesis-stream-consumer";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { routeOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import type { Grant } from "../../core/grant";
import { Severity } from "../../core/incident-route";
import { physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { IAwsBucket } from "../../storage/aws/bucket";
import type { KinesisDataStream } from "../../streaming/aws/kinesis-data-stream";
import { MappingMetrics } from "./mapping-metrics";
import type { EventConsumer } from "./object-event-source";
import {
  recordAgeSeconds,
  StartingPosition,
  StreamReadMode,
  streamSourceProblems,
  type EventFilter,
} from "./stream-limits";

/** How a function takes the records of a stream. */
export interface StreamEventSourceOptions {
  /** Keeps the records that are given up, themselves and why: below `aws/lambda/`. */
  readonly onFailure: IAwsBucket;
  /** Most records of one run, 1 to 10,000. @default 100 */
  readonly batchSize?: number;
  /** How long a batch is collected, 0 to 300 seconds. @default 0 */
  readonly maximumBatchingWindowSeconds?: number;
  /** @default StartingPosition.TRIM_HORIZON */
  readonly startingPosition?: StartingPosition;
  /** @default StreamReadMode.SHARED */
  readonly readMode?: StreamReadMode;
  /** Runs at a time of one shard, 1 to 10; order is kept for each partition key. @default 1 */
  readonly parallelizationFactor?: number;
  /** Further tries of a batch that fails, 0 to 10,000; meanwhile its shard waits. @default 10 */
  readonly maximumRetryAttempts?: number;
  /** Age at which a record is given up, 60 to 604,800 and less than the stream keeps it. @default - an hour less than the stream keeps it, at most 7 days */
  readonly maximumRecordAgeSeconds?: number;
  /** Patterns of which one must fit, at most 5; what fits none is never seen. @default - all records */
  readonly filters?: readonly EventFilter[];
  /** Who is told of late and of given-up records. @default - the environment's route; without one there are no alarms */
  readonly monitoring?: Monitoring;
}

/** What the function hands to its source. */
export interface StreamEventSourceProps extends StreamEventSourceOptions, AwsPlacementProps {
  readonly consumer: EventConsumer;
  readonly stream: KinesisDataStream;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The alarms of a source. */
export interface StreamEventSourceAlarms {
  /** Records are late: the function is slower than the stream, or stands still. */
  readonly late: AwsAlarm;
  /** Records were given up and lie in the bucket. */
  readonly givenUp: AwsAlarm;
}

const CONSUMER_NAME: NameRule = {
  rule: "1-128 letters, digits or any of _.-",
  pattern: /^[A-Za-z0-9_.-]{1,128}$/,
  maximum: 128,
  source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html",
};

/** Enough for a deployment or a throttled table to pass; a batch is halved between tries, so a bad record soon stands alone. */
const RETRIES = 10;
/** Where Lambda puts what is given up. https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
const FAILURE_PREFIX = "aws/lambda/";
/** An eighth of the time that is left to act on it. */
const LATE_PART = 8;

/** The records of a stream on their way to a function. */
export class StreamEventSource extends Construct {
  public readonly resource: LambdaEventSourceMapping;
  /** There is one with enhanced fan-out. */
  public readonly fanOut?: KinesisStreamConsumer;
  public readonly metrics: MappingMetrics;
  /** There are alarms as soon as there is a route. */
  public readonly alarms?: StreamEventSourceAlarms;
  private readonly recordAgeSeconds: number;

  public constructor(scope: Construct, id: string, props: StreamEventSourceProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...sourceProblems(props)]);
    this.recordAgeSeconds = props.maximumRecordAgeSeconds ?? recordAgeSeconds(props.stream);
    if (props.readMode === StreamReadMode.ENHANCED_FAN_OUT) this.fanOut = this.register(props.stream);
    this.resource = this.createMapping(props);
    for (const grant of this.grants(props)) grant.before(this.resource);
    this.metrics = new MappingMetrics(this.resource.uuid, props);
    this.alarms = this.watch(props);
  }

  private register(stream: KinesisDataStream): KinesisStreamConsumer {
    const name = physicalName(this, CONSUMER_NAME);
    return new KinesisStreamConsumer(this, "FanOut", placed(this, { name, streamArn: stream.streamArn }));
  }

  private createMapping(props: StreamEventSourceProps): LambdaEventSourceMapping {
    const { filters, startingPosition = StartingPosition.TRIM_HORIZON } = props;
    return new LambdaEventSourceMapping(
      this,
      "Resource",
      placed(this, {
        eventSourceArn: this.fanOut?.arn ?? props.stream.streamArn,
        functionName: props.consumer.functionArn,
        startingPosition,
        batchSize: props.batchSize ?? 100,
        maximumBatchingWindowInSeconds: props.maximumBatchingWindowSeconds ?? 0,
        parallelizationFactor: props.parallelizationFactor ?? 1,
        maximumRetryAttempts: props.maximumRetryAttempts ?? RETRIES,
        maximumRecordAgeInSeconds: this.recordAgeSeconds,
        bisectBatchOnFunctionError: true,
        functionResponseTypes: ["ReportBatchItemFailures"],
        destinationConfig: { onFailure: { destinationArn: props.onFailure.bucketArn } },
        metricsConfig: { metrics: ["EventCount"] },
        ...(filters && { filterCriteria: { filter: filters.map((one) => ({ pattern: JSON.stringify(one) })) } }),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private grants({ consumer, stream, onFailure }: StreamEventSourceProps): readonly Grant[] {
    const { grantPrincipal } = consumer;
    const list = [{ actions: ["s3:ListBucket"], resources: [onFailure.bucketArn] }];
    const read = [stream.grants.consume(consumer), onFailure.grants.write(consumer, { prefix: FAILURE_PREFIX })];
    const listed = grantPrincipal.allow({ verb: "list-failures", target: onFailure.path }, list);
    if (this.fanOut === undefined) return [...read, listed];
    const subscribe = [{ actions: ["kinesis:SubscribeToShard"], resources: [this.fanOut.arn] }];
    return [...read, listed, grantPrincipal.allow({ verb: "subscribe", target: this.node.path }, subscribe)];
  }

  private watch({ stream, consumer, monitoring = {} }: StreamEventSourceProps): StreamEventSourceAlarms | undefined {
    const { severity = Severity.HIGH, route = routeOf(this) } = monitoring;
    if (route === undefined) return undefined;
    const to = { severity, route };
    return {
      late: consumer.metrics.iteratorAgeSeconds().alarm(this, "Late", {
        above: Math.ceil(this.recordAgeSeconds / LATE_PART),
        evaluationPeriods: 3,
        description: `Records of ${stream.path} are late; they are given up at ${String(this.recordAgeSeconds)} seconds`,
        ...to,
      }),
      givenUp: this.metrics.givenUp().alarm(this, "GivenUp", {
        above: 0,
        description: `Records of ${stream.path} were given up; they lie below ${FAILURE_PREFIX} of the bucket`,
        ...to,
      }),
    };
  }
}

const sourceProblems = (props: StreamEventSourceProps): readonly string[] => [
  ...streamSourceProblems(props),
  ...monitoringProblems(props.monitoring),
  ...tagProblems("tags", props.tags),
];

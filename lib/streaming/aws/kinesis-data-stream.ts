import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { Construct } from "constructs";
import { given, literal, wholeNumber } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { routeOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { standing } from "../../identity/aws/arn";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { KinesisStreamRef } from "../references";
import { capacityProblems, StreamCapacity } from "../stream-capacity";
import { streamEncryptionProblems, type StreamEncryption } from "./encryption";
import { KinesisGrants } from "./kinesis-grants";
import { KinesisMetrics } from "./kinesis-metrics";

/** A data stream of Kinesis: encrypted, kept. */
export interface KinesisDataStreamProps extends DataRemovalProps, AwsPlacementProps {
  /** @default - derived from the construct path */
  readonly streamName?: string;
  /** @default StreamCapacity.onDemand() */
  readonly capacity?: StreamCapacity;
  /** How long a record stays, 24 to 8,760: what a consumer that stands still may be behind before it loses something. @default 168 */
  readonly retentionHours?: number;
  /** @default StreamEncryption.kinesisManaged() */
  readonly encryption?: StreamEncryption;
  /** Who is told of refused writes. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const STREAM_NAME: NameRule = {
  rule: "1-128 letters, digits or any of _.-",
  pattern: /^[A-Za-z0-9_.-]{1,128}$/,
  maximum: 128,
  source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html",
};

/** https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html */
const RETENTION = { minimum: 24, maximum: 8760, unit: "hours" };
/** A consumer may stand still over a weekend and a holiday. */
const DEFAULT_RETENTION_HOURS = 168;
const MANAGED_KEY = "alias/aws/kinesis";

/** A data stream of Kinesis. */
export class KinesisDataStream extends Construct implements KinesisStreamRef {
  public readonly path: string;
  public readonly streamName: string;
  public readonly streamArn: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly retentionHours: number;
  /** Goes off when writes are refused; there is one as soon as there is a route. */
  public readonly throttleAlarm?: AwsAlarm;
  public readonly grants: KinesisGrants;
  public readonly metrics: KinesisMetrics;
  public readonly resource: KinesisStream;

  public constructor(scope: Construct, id: string, props: KinesisDataStreamProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...streamProblems(props)]);
    this.retentionHours = props.retentionHours ?? DEFAULT_RETENTION_HOURS;
    this.resource = this.createStream(props);
    this.path = this.node.path;
    this.streamName = this.resource.name;
    this.streamArn = this.resource.arn;
    const { region, accountId } = standing(this, props, this.streamArn);
    this.region = region;
    this.accountId = accountId;
    this.keyArn = props.encryption?.keyArn;
    this.grants = new KinesisGrants(this, this, props.encryption?.key);
    this.metrics = new KinesisMetrics(this.streamName, props);
    this.throttleAlarm = this.watchWrites(props.monitoring);
  }

  private createStream(props: KinesisDataStreamProps): KinesisStream {
    const destroys = destroysData(this, props);
    const { shards } = props.capacity ?? StreamCapacity.onDemand();
    return new KinesisStream(
      this,
      "Resource",
      placed(this, {
        name: props.streamName ?? physicalName(this, STREAM_NAME),
        retentionPeriod: this.retentionHours,
        streamModeDetails: { streamMode: shards === undefined ? "ON_DEMAND" : "PROVISIONED" },
        ...(shards !== undefined && { shardCount: shards }),
        encryptionType: "KMS",
        kmsKeyId: props.encryption?.keyArn ?? MANAGED_KEY,
        enforceConsumerDeletion: destroys,
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private watchWrites({ severity = Severity.HIGH, route = routeOf(this) }: Monitoring = {}): AwsAlarm | undefined {
    if (route === undefined) return undefined;
    return this.metrics.writesThrottled().alarm(this, "ThrottleAlarm", {
      above: 0,
      evaluationPeriods: 5,
      severity,
      route,
      description: `Writes to ${this.path} are refused: it needs more shards, or keys that spread better`,
    });
  }
}

const streamProblems = (props: KinesisDataStreamProps): string[] => [
  ...given(props.streamName, (name) => nameProblems("streamName", name, STREAM_NAME)),
  ...given(props.capacity, (capacity) => capacityProblems("capacity", capacity)),
  ...given(props.retentionHours, (hours) => [
    ...literal("retentionHours", hours),
    ...wholeNumber("retentionHours", hours, RETENTION),
  ]),
  ...given(props.encryption, streamEncryptionProblems),
  ...monitoringProblems(props.monitoring),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

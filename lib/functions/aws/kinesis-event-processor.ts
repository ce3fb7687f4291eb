import {
  defaults,
  fieldNameForm,
  handlerName,
  type permissions,
  variables,
  type KinesisEventProcessorEnvironment,
} from "../../../lambda/kinesis-event-processor/contract";
import { renderEnvironment } from "../../../lambda/shared/format/environment";
import { folderForm } from "../../../lambda/shared/format/text-forms";
import { Construct } from "constructs";
import { distinct, given, having, list, literal, matching, object } from "../../core/checks";
import { dataRemovalProblems, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { place, type AwsPlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsKeyRef } from "../../encryption/references";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { IAwsBucket } from "../../storage/aws/bucket";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import { QueueEncryption } from "../../streaming/aws/encryption";
import type { KinesisDataStream } from "../../streaming/aws/kinesis-data-stream";
import { deadLetterQueue } from "../../streaming/aws/own-dead-letters";
import { HandlerCode } from "../handler-code";
import { EventProcessorMetrics } from "./event-processor-metrics";
import { eventProcessorAlarms, type EventProcessorAlarms } from "./event-processor-alarms";
import { NodeFunction, type NodeFunctionProps } from "./node-function";
import type { StreamEventSource, StreamEventSourceOptions } from "./stream-event-source";

/** How the function itself is set up; the rest follows from the handler. */
export type EventProcessorFunctionOptions = Pick<
  NodeFunctionProps,
  "functionName" | "runtime" | "architecture" | "logRetentionDays" | "memoryMiB" | "timeoutSeconds"
>;

/** How records come to the processor. */
export type EventProcessorBatching = Omit<StreamEventSourceOptions, "onFailure" | "monitoring">;

/** Checks, masks and hands on the records of a stream, and keeps a masked copy. */
export interface KinesisEventProcessorProps extends DataRemovalProps, AwsPlacementProps {
  readonly source: KinesisDataStream;
  /** Takes the records that are in order; not the source. */
  readonly output: KinesisDataStream;
  /** Takes the masked copies, and what the stream gives up. */
  readonly copies: IAwsBucket;
  /** Folder of the copies, with a slash at its end. @default "raw/" */
  readonly copyPrefix?: string;
  /** Fields that a record must have. @default - sale_id, sku, amount */
  readonly requiredFields?: readonly string[];
  /** Field whose value is the partition key of what is handed on. @default - the key that the record came with */
  readonly partitionKeyField?: string;
  /** @default - 100 records a batch, ten tries */
  readonly batching?: EventProcessorBatching;
  /** The key of dead letters, logs and variables. @default - keys that the services keep */
  readonly key?: AwsKeyRef;
  /** @default - 512 MiB, 60 seconds */
  readonly function?: EventProcessorFunctionOptions;
  /** Who is told of what. @default - the environment's route; without one there are no alarms */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const MACHINE = { timeoutSeconds: 60, memoryMiB: 512 };

/** The bundled handler kinesis-event-processor with all that it stands on. */
export class KinesisEventProcessor extends Construct implements Grantee<AwsPrincipal> {
  public readonly function: NodeFunction;
  public readonly grantPrincipal: AwsPrincipal;
  public readonly source: StreamEventSource;
  public readonly deadLetterQueue: DeadLetterQueue;
  public readonly metrics: EventProcessorMetrics;
  /** There are alarms as soon as there is a route. */
  public readonly alarms?: EventProcessorAlarms;

  public constructor(scope: Construct, id: string, props: KinesisEventProcessorProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...processorProblems(props)]);
    this.deadLetterQueue = this.createDeadLetters(props);
    this.function = this.createFunction(props);
    this.grantPrincipal = this.function.grantPrincipal;
    this.grantContract(props);
    this.source = this.function.addEventSource(props.source, {
      ...props.batching,
      onFailure: props.copies,
      monitoring: props.monitoring,
    });
    this.metrics = new EventProcessorMetrics(this.function.functionName);
    this.alarms = eventProcessorAlarms(this, props.monitoring);
  }

  private createDeadLetters({ key, monitoring, dataRemoval, tags, region, provider }: KinesisEventProcessorProps) {
    const encryption = key && QueueEncryption.key(key);
    return deadLetterQueue(this, "DeadLetter", { encryption, monitoring, dataRemoval, tags, region, provider });
  }

  private createFunction(props: KinesisEventProcessorProps): NodeFunction {
    const { key, tags, region, provider } = props;
    return new NodeFunction(this, "Function", {
      code: HandlerCode.bundled(handlerName),
      description: `Checks and masks the records of ${props.source.path}`.slice(0, 256),
      environment: renderEnvironment(variables, this.environment(props)),
      ...MACHINE,
      ...props.function,
      environmentKey: key,
      logKey: key,
      tags,
      region,
      provider,
    });
  }

  /** Exactly the variables of the handler's contract. */
  private environment(props: KinesisEventProcessorProps): KinesisEventProcessorEnvironment {
    return {
      RAW_BUCKET: props.copies.bucketName,
      RAW_PREFIX: props.copyPrefix ?? defaults.RAW_PREFIX,
      OUTPUT_STREAM: props.output.streamName,
      DEAD_LETTER_QUEUE_URL: this.deadLetterQueue.queueUrl,
      REQUIRED_FIELDS: props.requiredFields ?? defaults.REQUIRED_FIELDS,
      PARTITION_KEY_FIELD: props.partitionKeyField,
    };
  }

  /** What the contract's `permissions` name, before the function: a target that is missing here does not compile. */
  private grantContract({ copies, copyPrefix, output }: KinesisEventProcessorProps): void {
    const grants: Record<keyof typeof permissions, Grant> = {
      raw: copies.grants.write(this, { prefix: copyPrefix ?? defaults.RAW_PREFIX }),
      output: output.grants.produce(this),
      deadLetter: this.deadLetterQueue.grants.send(this),
    };
    for (const grant of Object.values(grants)) grant.before(this.function.resource);
  }
}

function processorProblems(props: KinesisEventProcessorProps): readonly string[] {
  const shape = shapeProblems(props);
  if (shape.length > 0) return shape;
  return [
    ...sameProblems(props),
    ...given(props.copyPrefix, (prefix) => [
      ...literal("copyPrefix", prefix),
      ...matching("copyPrefix", prefix, new RegExp(folderForm.pattern, "u"), folderForm.rule),
    ]),
    ...given(props.requiredFields, (fields) => [
      ...list("requiredFields", fields, (field, path) => fieldProblems(path, field)),
      ...distinct("requiredFields", fields, String, "named once"),
    ]),
    ...given(props.partitionKeyField, (field) => fieldProblems("partitionKeyField", field)),
    ...monitoringProblems(props.monitoring),
    ...dataRemovalProblems(props),
    ...tagProblems("tags", props.tags),
  ];
}

const shapeProblems = (props: KinesisEventProcessorProps): readonly string[] => [
  ...having("source", props.source, "streamArn", "a data stream of Kinesis"),
  ...having("output", props.output, "streamArn", "a data stream of Kinesis"),
  ...having("copies", props.copies, "grants", "a bucket of AWS"),
  ...given(props.key, (key) => having("key", key, "keyArn", "a key of KMS")),
  ...given(props.batching, (batching) => object("batching", batching)),
  ...given(props.function, (options) => object("function", options)),
];

const sameProblems = ({ source, output }: KinesisEventProcessorProps): readonly string[] =>
  source.path === output.path
    ? [`output must be another stream than the source, which would be read for ever, got ${output.path}`]
    : [];

const fieldProblems = (path: string, field: string): readonly string[] => [
  ...literal(path, field),
  ...matching(path, field, new RegExp(fieldNameForm.pattern, "u"), fieldNameForm.rule),
];

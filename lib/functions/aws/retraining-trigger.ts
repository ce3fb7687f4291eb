import {
  handlerName,
  statePartitions,
  tick,
  variables,
  type RetrainingTriggerEnvironment,
} from "../../../lambda/retraining-trigger/contract";
import { renderEnvironment } from "../../../lambda/shared/format/environment";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { assertValid } from "../../core/errors";
import type { Grantee } from "../../core/grant";
import { place } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import { QueueEncryption } from "../../streaming/aws/encryption";
import type { AwsQueue } from "../../streaming/aws/queue";
import { HandlerCode } from "../handler-code";
import { artifactPrefixes, startVariables, type ArtifactPrefixes } from "../retraining";
import { NodeFunction } from "./node-function";
import type { FunctionSchedule } from "./function-schedule";
import { IdempotencyTable } from "./idempotency-table";
import type { ObjectEventSource } from "./object-event-source";
import { retrainingAlarms, type RetrainingAlarms } from "./retraining-alarms";
import { RetrainingMetrics } from "./retraining-metrics";
import { grantContract } from "./retraining-permissions";
import { retrainingBatching, triggerProblems, type RetrainingTriggerProps } from "./retraining-props";
import { TableEncryption } from "./table-encryption";
import { trainingJob } from "./training-job";

/** A batch is read, recorded and decided on in one run. */
const MACHINE = { timeoutSeconds: 300, memoryMiB: 512 };
/** How often the trigger looks at what waits, unless it may wait even less. */
const TICK_MINUTES = 5;
/** An event that is older meets the next tick; Lambda keeps none for less. */
const TICK_AGE_SECONDS = 300;

/** The bundled handler retraining-trigger with all that it stands on: queue and dead letters, state, schedule, alarms. */
export class RetrainingTrigger extends Construct implements Grantee<AwsPrincipal> {
  public readonly path: string;
  public readonly function: NodeFunction;
  public readonly grantPrincipal: AwsPrincipal;
  public readonly source: ObjectEventSource;
  public readonly queue: AwsQueue;
  public readonly deadLetterQueue: DeadLetterQueue;
  public readonly table: IdempotencyTable;
  public readonly schedule: FunctionSchedule;
  /** Where manifests, models and checkpoints lie in the artifacts bucket. */
  public readonly prefixes: Required<ArtifactPrefixes>;
  public readonly jobNamePrefix: string;
  public readonly metrics: RetrainingMetrics;
  /** There are alarms as soon as there is a route. */
  public readonly alarms?: RetrainingAlarms;

  public constructor(scope: Construct, id: string, props: RetrainingTriggerProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...triggerProblems(props)]);
    this.path = this.node.path;
    this.jobNamePrefix = props.jobNamePrefix;
    this.prefixes = artifactPrefixes(props.jobNamePrefix, props.prefixes);
    this.table = props.table ?? this.createTable(props);
    this.function = this.createFunction(props);
    this.grantPrincipal = this.function.grantPrincipal;
    this.source = this.listen(props);
    this.queue = this.source.queue;
    this.deadLetterQueue = this.source.deadLetterQueue;
    this.grantPermissions(props);
    this.schedule = this.look(props);
    this.metrics = new RetrainingMetrics(this.function.functionName);
    this.alarms = retrainingAlarms(this, props.monitoring, startVariables(props.startWhen).COOL_DOWN_MINUTES);
  }

  private createTable({ key, dataRemoval, tags, region, provider }: RetrainingTriggerProps): IdempotencyTable {
    const encryption = key && TableEncryption.key(key);
    return new IdempotencyTable(this, "State", { encryption, dataRemoval, tags, region, provider });
  }

  private createFunction(props: RetrainingTriggerProps): NodeFunction {
    const { key, tags, region, provider } = props;
    return new NodeFunction(this, "Function", {
      code: HandlerCode.bundled(handlerName),
      description: `Starts training jobs of ${props.jobNamePrefix} from new data`,
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
  private environment(props: RetrainingTriggerProps): RetrainingTriggerEnvironment {
    const { source, artifacts, trainingRole, training, jobNamePrefix, dryRun = false } = props;
    const { tags } = tagsFor(this, props.tags);
    return {
      SOURCE_BUCKET: source.bucket.bucketName,
      SOURCE_PREFIX: source.prefix,
      SOURCE_SUFFIX: source.suffix,
      STATE_TABLE: this.table.tableName,
      MANIFEST_BUCKET: artifacts.bucketName,
      MANIFEST_PREFIX: this.prefixes.manifests,
      // the queue follows from the function, whose timeout decides how long a message is hidden
      DEAD_LETTER_QUEUE_URL: Lazy.stringValue({ produce: () => this.deadLetterQueue.queueUrl }),
      JOB_NAME_PREFIX: jobNamePrefix,
      ...startVariables(props.startWhen),
      DRY_RUN: dryRun,
      TRAINING_JOB: trainingJob(training, { roleArn: trainingRole.roleArn, artifacts, prefixes: this.prefixes, tags }),
    };
  }

  private listen({ source, batching, key, monitoring, dataRemoval }: RetrainingTriggerProps): ObjectEventSource {
    const encryption = key && QueueEncryption.key(key);
    return this.function.addEventSource(source, {
      ...retrainingBatching(batching),
      encryption,
      monitoring,
      dataRemoval,
    });
  }

  private grantPermissions({ source, artifacts, trainingRole, jobNamePrefix }: RetrainingTriggerProps): void {
    const { bucket, prefix } = source;
    const partitions = statePartitions({
      SOURCE_BUCKET: bucket.bucketName,
      SOURCE_PREFIX: prefix,
      JOB_NAME_PREFIX: jobNamePrefix,
    });
    const targets = {
      path: this.path,
      role: this.grantPrincipal,
      table: this.table,
      partitions: Object.values(partitions),
      artifacts,
      manifestPrefix: this.prefixes.manifests,
      deadLetterQueue: this.deadLetterQueue,
      trainingRoleArn: trainingRole.roleArn,
      jobNamePrefix,
    };
    grantContract(targets, this.function.resource);
  }

  /** What waits moves on with the next object or the next look: no queue holds a batch longer than five minutes. */
  private look({ startWhen }: RetrainingTriggerProps): FunctionSchedule {
    const { MAXIMUM_WAIT_MINUTES } = startVariables(startWhen);
    const { deadLetterQueue } = this;
    this.function.onAsyncFailure({ deadLetterQueue, maximumEventAgeSeconds: TICK_AGE_SECONDS });
    const everyMinutes = Math.min(TICK_MINUTES, MAXIMUM_WAIT_MINUTES);
    return this.function.addSchedule("Tick", { everyMinutes, input: tick, deadLetterQueue });
  }
}

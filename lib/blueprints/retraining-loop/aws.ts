import { Construct } from "constructs";
import { given, having, oneOf } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { physicalName } from "../../core/names";
import { place, type AwsPlacementProps } from "../../core/placement";
import type { AwsKeyRef } from "../../encryption/references";
import type { IdempotencyTable } from "../../functions/aws/idempotency-table";
import {
  retrainingMonitoringProblems,
  type RetrainingAlarms,
  type RetrainingMonitoring,
} from "../../functions/aws/retraining-alarms";
import {
  folderProblems,
  retrainingBatchingProblems,
  type RetrainingBatching,
  type RetrainingFunctionOptions,
} from "../../functions/aws/retraining-props";
import { RetrainingTrigger } from "../../functions/aws/retraining-trigger";
import { artifactPrefixes, prefixProblems, type ArtifactPrefixes } from "../../functions/retraining";
import { JOB_NAME_PREFIX } from "../../machine-learning/job-name";
import { TrainingRole, type BucketFolder } from "../../machine-learning/aws/training-role";
import { AwsBucket, type IAwsBucket } from "../../storage/aws/bucket";
import { BucketEncryption } from "../../storage/aws/encryption";
import { Delivery } from "../../storage/delivery";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import type { AwsQueue } from "../../streaming/aws/queue";
import { loopProblems, type RetrainingLoopSettings } from "./retraining-loop";

/** The loop on AWS: S3, SQS, Lambda and SageMaker. */
export interface RetrainingLoopProps extends RetrainingLoopSettings, AwsPlacementProps {
  /** Where labelled data comes in. @default - a bucket of its own */
  readonly data?: IAwsBucket;
  /** Takes manifests, models and checkpoints; `data` will do, apart from `prefix`. @default - a bucket of its own */
  readonly artifacts?: IAwsBucket;
  /** Folders of the artifacts. @default - named after the jobs */
  readonly prefixes?: ArtifactPrefixes;
  /** How the news of an object comes. @default Delivery.EVENT_BRIDGE */
  readonly delivery?: Delivery;
  /** @default - 100 messages or 20 seconds a batch */
  readonly batching?: RetrainingBatching;
  /** The key of the loop's own buckets, its messages, state, logs and variables. @default - keys that the services keep */
  readonly key?: AwsKeyRef;
  /** The repository of the image in ECR, where the image is a token. @default - what the image says */
  readonly repositoryArn?: string;
  /** @default - as every function */
  readonly function?: RetrainingFunctionOptions;
  /** Who is told of what. @default - the environment's route; without one there are no alarms */
  readonly monitoring?: RetrainingMonitoring;
}

/** Labelled data in, training jobs out: bucket → queue → trigger → training job of SageMaker. */
export class RetrainingLoop extends Construct {
  public readonly data: IAwsBucket;
  public readonly artifacts: IAwsBucket;
  public readonly trainingRole: TrainingRole;
  public readonly trigger: RetrainingTrigger;
  public readonly queue: AwsQueue;
  public readonly deadLetterQueue: DeadLetterQueue;
  /** What the trigger knows of objects and jobs. */
  public readonly table: IdempotencyTable;
  public readonly jobNamePrefix: string;
  /** There are alarms as soon as there is a route. */
  public readonly alarms?: RetrainingAlarms;

  public constructor(scope: Construct, id: string, props: RetrainingLoopProps) {
    super(scope, id);
    this.jobNamePrefix = props.jobNamePrefix ?? physicalName(this, JOB_NAME_PREFIX);
    assertValid(this, [...place(this, "aws", props), ...awsLoopProblems(props, this.jobNamePrefix)]);
    this.data = props.data ?? this.createBucket("Data", props);
    this.artifacts = props.artifacts ?? this.createBucket("Artifacts", props);
    this.trainingRole = this.createRole(props);
    this.trigger = this.createTrigger(props);
    this.queue = this.trigger.queue;
    this.deadLetterQueue = this.trigger.deadLetterQueue;
    this.table = this.trigger.table;
    this.alarms = this.trigger.alarms;
  }

  private createBucket(id: string, { key, dataRemoval, tags, region, provider }: RetrainingLoopProps): AwsBucket {
    return new AwsBucket(this, id, {
      encryption: key && BucketEncryption.key(key),
      dataRemoval,
      tags,
      region,
      provider,
    });
  }

  /** The jobs read what the manifests name, and the manifests; they write models, and with spot capacity checkpoints. */
  private createRole({ training, prefix, prefixes, repositoryArn, provider, tags }: RetrainingLoopProps): TrainingRole {
    const { manifests, models, checkpoints } = artifactPrefixes(this.jobNamePrefix, prefixes);
    const inArtifacts = (folder: string): BucketFolder => ({ bucket: this.artifacts, prefix: folder });
    const resumed = training.spot ? [inArtifacts(checkpoints)] : [];
    return new TrainingRole(this, "TrainingRole", {
      jobNamePrefix: this.jobNamePrefix,
      image: training.image,
      repositoryArn,
      reads: [{ bucket: this.data, prefix }, inArtifacts(manifests), ...resumed],
      writes: [inArtifacts(models), ...resumed],
      network: training.network,
      provider,
      tags,
    });
  }

  private createTrigger(props: RetrainingLoopProps): RetrainingTrigger {
    const { prefix, suffix, delivery } = props;
    return new RetrainingTrigger(this, "Trigger", {
      ...props,
      source: this.data.objectsCreated({ prefix, suffix, delivery }),
      artifacts: this.artifacts,
      trainingRole: this.trainingRole,
      jobNamePrefix: this.jobNamePrefix,
    });
  }
}

function awsLoopProblems(props: RetrainingLoopProps, jobNamePrefix: string): readonly string[] {
  const shape = [
    ...given(props.data, (bucket) => having("data", bucket, "grants", "a bucket of AWS")),
    ...given(props.artifacts, (bucket) => having("artifacts", bucket, "grants", "a bucket of AWS")),
    ...given(props.key, (key) => having("key", key, "keyArn", "a key of KMS")),
  ];
  const { data, artifacts, prefix, prefixes } = props;
  return [
    ...loopProblems(props),
    ...shape,
    ...given(props.delivery, (delivery) => oneOf("delivery", delivery, Object.values(Delivery))),
    ...retrainingBatchingProblems(props.batching),
    ...retrainingMonitoringProblems(props.monitoring),
    ...(data && artifacts && shape.length === 0
      ? folderProblems({ bucket: data, prefix }, { artifacts, jobNamePrefix, prefixes })
      : given(prefixes, (some) => prefixProblems("prefixes", some))),
  ];
}

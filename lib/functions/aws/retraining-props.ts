import { flag, given, having, object } from "../../core/checks";
import type { DataRemovalProps } from "../../core/data-removal";
import type { AwsPlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsKeyRef } from "../../encryption/references";
import { jobNamePrefixProblems, jobNamePrefixOfRoleProblems } from "../../machine-learning/job-name";
import type { AwsTrainingRoleRef } from "../../machine-learning/references";
import { trainingProblems, type TrainingSettings } from "../../machine-learning/training";
import type { IAwsBucket } from "../../storage/aws/bucket";
import type { AwsBucketRef, AwsObjectsCreated } from "../../storage/references";
import {
  artifactPrefixes,
  prefixProblems,
  selfTriggerProblems,
  startProblems,
  type ArtifactPrefixes,
  type StartWhen,
} from "../retraining";
import type { NodeFunctionProps } from "./node-function";
import type { IdempotencyTable } from "./idempotency-table";
import { batchingProblems } from "./object-event-limits";
import type { ObjectEventSourceOptions } from "./object-event-source";
import { retrainingMonitoringProblems, type RetrainingMonitoring } from "./retraining-alarms";

/** How the function itself is set up; the rest follows from the handler. */
export type RetrainingFunctionOptions = Pick<
  NodeFunctionProps,
  "functionName" | "runtime" | "architecture" | "logRetentionDays" | "reservedConcurrency"
>;

/** How new objects come to the trigger. */
export type RetrainingBatching = Omit<ObjectEventSourceOptions, "encryption" | "monitoring" | "dataRemoval">;

/** Turns new objects of a bucket into training jobs of SageMaker. */
export interface RetrainingTriggerProps extends DataRemovalProps, AwsPlacementProps {
  /** `bucket.objectsCreated({ prefix: "labelled/", suffix: ".csv" })` */
  readonly source: AwsObjectsCreated;
  /** Takes manifests, models and checkpoints; the source's own bucket will do, apart from the source's prefix. */
  readonly artifacts: IAwsBucket;
  /** What the jobs run as: it reads the source and the manifests, and writes models and checkpoints. */
  readonly trainingRole: AwsTrainingRoleRef;
  readonly training: TrainingSettings;
  /** Names of the jobs begin with it and a hyphen; it tells the jobs of this trigger from others. */
  readonly jobNamePrefix: string;
  /** @default - with 1 MiB or after 60 minutes; 15 minutes between jobs, one job at a time */
  readonly startWhen?: StartWhen;
  /** @default - folders named after the jobs */
  readonly prefixes?: ArtifactPrefixes;
  /** Whether everything happens but the job itself. @default false */
  readonly dryRun?: boolean;
  /** @default - 100 messages or 20 seconds a batch */
  readonly batching?: RetrainingBatching;
  /** Several triggers may share one. @default - one of its own */
  readonly table?: IdempotencyTable;
  /** The key of messages, state, logs and variables. @default - keys that the services keep */
  readonly key?: AwsKeyRef;
  /** @default - as every function */
  readonly function?: RetrainingFunctionOptions;
  /** Who is told of what. @default - the environment's route; without one there are no alarms */
  readonly monitoring?: RetrainingMonitoring;
  /** Of the resources and of the jobs. @default - the environment's tags */
  readonly tags?: Tags;
}

/** The problems of what a trigger takes; a wrong shape is named before it is looked into. */
export function triggerProblems(props: RetrainingTriggerProps): string[] {
  const shape = shapeProblems(props);
  if (shape.length > 0) return shape;
  const jobName = jobNamePrefixProblems("jobNamePrefix", props.jobNamePrefix);
  return [
    ...trainingProblems("training", props.training),
    ...jobName,
    ...(jobName.length > 0 ? [] : placeProblems(props)),
    ...given(props.startWhen, (when) => startProblems("startWhen", when)),
    ...given(props.dryRun, (dryRun) => flag("dryRun", dryRun)),
    ...retrainingBatchingProblems(props.batching),
    ...retrainingMonitoringProblems(props.monitoring),
    ...tagProblems("tags", props.tags),
  ];
}

/** How new objects come when nothing else is said: a burst of them is one run. */
export const retrainingBatching = (batching: RetrainingBatching = {}): RetrainingBatching => ({
  ...batching,
  batchSize: batching.batchSize ?? 100,
  maximumBatchingWindowSeconds: batching.maximumBatchingWindowSeconds ?? 20,
});

/** The problems of how new objects come. */
export const retrainingBatchingProblems = (batching: RetrainingBatching | undefined): readonly string[] =>
  given(batching, (some) => {
    const shape = object("batching", some);
    return shape.length > 0 ? shape : batchingProblems("batching", retrainingBatching(some));
  });

const shapeProblems = (props: RetrainingTriggerProps): string[] => [
  ...having("source", props.source, "delivery", "objectsCreated(…) of a bucket"),
  ...having("artifacts", props.artifacts, "grants", "a bucket of AWS"),
  ...having("trainingRole", props.trainingRole, "roleArn", "a training role"),
  ...given(props.table, (table) => having("table", table, "tableName", "an IdempotencyTable")),
  ...given(props.key, (key) => having("key", key, "keyArn", "a key of KMS")),
  ...given(props.function, (options) => object("function", options)),
];

const placeProblems = ({
  source,
  artifacts,
  trainingRole,
  jobNamePrefix,
  prefixes,
}: RetrainingTriggerProps): string[] => [
  ...jobNamePrefixOfRoleProblems("jobNamePrefix", jobNamePrefix, trainingRole),
  ...folderProblems(source, { artifacts, jobNamePrefix, prefixes }),
];

/** Where the output goes. */
interface OutputPlace {
  readonly artifacts: AwsBucketRef;
  readonly jobNamePrefix: string;
  readonly prefixes?: ArtifactPrefixes;
}

/** The problems of the output's folders: their names, and whether the loop would take its output for new data. */
export function folderProblems(
  watched: { readonly bucket: AwsBucketRef; readonly prefix?: string },
  { artifacts, jobNamePrefix, prefixes }: OutputPlace,
): readonly string[] {
  const named = given(prefixes, (some) => prefixProblems("prefixes", some));
  if (named.length > 0 || !isSame(watched.bucket, artifacts)) return named;
  return selfTriggerProblems("prefixes", watched.prefix ?? "", artifactPrefixes(jobNamePrefix, prefixes));
}

/** Whether two references mean one bucket, as far as synthesis can tell. */
const isSame = (one: AwsBucketRef, other: AwsBucketRef): boolean =>
  one.path === other.path || one.bucketName === other.bucketName;

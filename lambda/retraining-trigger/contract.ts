/**
 * What the retraining trigger takes and needs. The construct renders `variables`, grants `permissions`, alarms on
 * `metrics`; the handler reads nothing else.
 *
 * New objects of one folder of a bucket are collected in a table until they are enough bytes or the oldest has waited
 * long enough; then they become one SageMaker training job, through a manifest that names exactly these objects.
 *
 * The source ends its work with the batch, so whatever waits (too few bytes, cool-down, a full house, more objects
 * than one job takes) moves on with the next event or the next tick. A trigger needs a schedule that sends `tick`.
 */
import type { S3Event, S3ObjectCreatedNotificationEvent, SQSBatchResponse, SQSEvent, ScheduledEvent } from "aws-lambda";
import { flag, integer, json, optional, text } from "../shared/format/environment";
import type { EnvironmentOf } from "../shared/format/environment";
import { objectCreatedSchema, s3RecordSchema } from "../shared/format/object-created";
import { bucketNameForm, folderForm, queueUrlForm } from "../shared/format/text-forms";
import { trainingJobSchema } from "../shared/format/training-job";
import type { TrainingJobSettings } from "../shared/format/training-job";

/** Names the handler in log lines, dead-letter messages, state and its zip. */
export const handlerName = "retraining-trigger";

/** The input of a schedule that makes the trigger look again at what has accumulated. */
export const tick = { source: "cloud-conductor.tick" } as const;
/** The same as a type. */
export type Tick = typeof tick;

/**
 * - a queue whose message bodies hold S3 notifications or EventBridge `Object Created` events: answered per message;
 * - the same events directly (asynchronous invocation): every record is tried, then one error if any is to be retried;
 * - a schedule, as a rule's `ScheduledEvent` or with `tick` as its input.
 */
export type RetrainingTriggerEvent = SQSEvent | S3Event | S3ObjectCreatedNotificationEvent | ScheduledEvent | Tick;
/** The answer to a queue; nothing to everything else, which is told by throwing. */
export type RetrainingTriggerResult = SQSBatchResponse | undefined;

const keyPrefix = {
  pattern: "^(?!/)[^\\p{Cc}]{0,256}$",
  rule: "a key prefix of at most 256 characters, without a leading slash and control characters",
};

/** Characters of a job name prefix; what is left of 63 holds the data set and the hash. */
export const jobNamePrefixLimit = 32;

/**
 * SageMaker: `^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
export const jobNamePrefixForm = {
  pattern: `^(?=.{1,${jobNamePrefixLimit}}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*$`,
  rule: `1-${jobNamePrefixLimit} letters, digits or hyphens that begin and end with a letter or digit`,
};

/** Everything the handler is told. Names of AWS things, times in minutes, sizes in bytes. */
export const variables = {
  /** Name of the bucket whose objects are training data. */
  SOURCE_BUCKET: text(bucketNameForm),
  /** Only keys that begin with it; absent or empty: the whole bucket. */
  SOURCE_PREFIX: optional(text(keyPrefix)),
  /** Only keys that end with it, such as `.csv`. */
  SOURCE_SUFFIX: optional(text()),
  /** Name of the idempotency table: partition key `id`, sort key `sortKey`, TTL attribute `expiration`. */
  STATE_TABLE: text({ pattern: "^[a-zA-Z0-9_.-]{3,255}$", rule: "a table name" }),
  /** Name of the bucket of the manifests; the source's or another one in its region. */
  MANIFEST_BUCKET: text(bucketNameForm),
  /** Folder of the manifests, outside `SOURCE_PREFIX`; one object `<job name>.manifest` a job. */
  MANIFEST_PREFIX: text(folderForm),
  /** Queue of what was refused; its messages are `DeadLetterMessage`s. */
  DEAD_LETTER_QUEUE_URL: text(queueUrlForm),
  /** Names the jobs, counts the running ones and separates the state of triggers that share a table. */
  JOB_NAME_PREFIX: text(jobNamePrefixForm),
  /** A job starts as soon as so many bytes wait. */
  MINIMUM_BYTES: integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** A job starts with whatever waits as soon as the oldest object has waited so long. */
  MAXIMUM_WAIT_MINUTES: integer({ minimum: 1, maximum: 43_200 }),
  /** No further job for so long after one has started. */
  COOL_DOWN_MINUTES: integer({ minimum: 0, maximum: 43_200 }),
  /** Jobs of this prefix that may run at the same time. */
  MAXIMUM_CONCURRENT_JOBS: integer({ minimum: 1, maximum: 1000 }),
  /** Everything but the job itself: objects stay pending, the manifest is written, log and metric say so. */
  DRY_RUN: flag(),
  /** What every job has in common. */
  TRAINING_JOB: json<TrainingJobSettings>(),
} as const;

/** The values of the variables. */
export type RetrainingTriggerEnvironment = EnvironmentOf<typeof variables>;

/** Values of the partition key `id`. */
export interface StatePartitions {
  /** What is known of each key: its newest version and the job that took it. */
  readonly objects: string;
  /** What waits, oldest first. */
  readonly pending: string;
  /** One item: the planned job, its lease, the cool-down. */
  readonly lock: string;
}

/**
 * The partitions of the state table that belong to one trigger. A construct may limit its role to them
 * (`dynamodb:LeadingKeys`); triggers with the same prefix of bucket, objects and jobs share them.
 */
export function statePartitions(
  trigger: Pick<RetrainingTriggerEnvironment, "SOURCE_BUCKET" | "SOURCE_PREFIX" | "JOB_NAME_PREFIX">,
): StatePartitions {
  const scope = `${handlerName}#${trigger.JOB_NAME_PREFIX}#${trigger.SOURCE_BUCKET}/${trigger.SOURCE_PREFIX ?? ""}`;
  return { objects: `${scope}#objects`, pending: `${scope}#pending`, lock: `${scope}#lock` };
}

/** What the construct uses where its user says nothing. */
export const defaults = {
  MINIMUM_BYTES: 1_048_576,
  MAXIMUM_WAIT_MINUTES: 60,
  COOL_DOWN_MINUTES: 15,
  MAXIMUM_CONCURRENT_JOBS: 1,
  DRY_RUN: false,
} as const;

/**
 * The exact actions on each target. Keys of encrypted targets come with their grants. `allTrainingJobs` knows no
 * resource and needs `*`; the names of `trainingJobs` begin with `<JOB_NAME_PREFIX>-`.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export const permissions = {
  stateTable: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
  /** AddTags: a job with tags is refused without it. */
  trainingJobs: ["sagemaker:AddTags", "sagemaker:CreateTrainingJob"],
  allTrainingJobs: ["sagemaker:ListTrainingJobs"],
  trainingRole: ["iam:PassRole"],
  manifests: ["s3:PutObject"],
  deadLetter: ["sqs:SendMessage"],
} as const;

/** JSON Schemas of what comes from outside. */
export const schemas = {
  s3Record: s3RecordSchema,
  objectCreated: objectCreatedSchema,
  trainingJob: trainingJobSchema,
} as const;

/** Limits that are ours to choose. */
export const limits = {
  /** Objects of one job; the rest waits for the next one. Ours: the plan has to fit one item of the state table. */
  objectsPerJob: 1000,
  /**
   * Days an object is remembered after its job: a message waits up to 14 days in its queue and 14 in a dead-letter queue.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
   */
  rememberedDays: 35,
} as const;

/**
 * Embedded metrics: counts with the dimension `service` = name of the function. Those with a reason are also counted per
 * reason, with the second dimension `reason`.
 */
export const metrics = {
  namespace: "CloudConductor/RetrainingTrigger",
  dimension: "service",
  names: {
    /** A training job was created. */
    started: "JobsStarted",
    /** In a dry run: a job would have been created. */
    dryRun: "JobsNotStartedInDryRun",
    /** Objects wait and no job was started; by reason (`SkipReason`). */
    skipped: "JobsSkipped",
    /** An object was recorded towards the next job. */
    recorded: "ObjectsRecorded",
    /** Already recorded, or older than what is recorded of the same key. */
    duplicates: "DuplicateObjects",
    /** Not the trigger's business: test events, removals, folder markers, empty objects; by reason. */
    ignored: "EventsIgnored",
    /** Went to the dead-letter queue; by reason. */
    rejected: "RecordsRejected",
    /** A call failed and the source is asked to deliver again. */
    failures: "Failures",
  },
} as const;

/** Why objects wait although an event or a tick asked. */
export type SkipReason = "below-minimum" | "cool-down" | "concurrency" | "locked";

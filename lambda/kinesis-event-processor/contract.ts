/**
 * What the event processor takes and needs. The construct renders `variables`, grants `permissions`, alarms on `metrics`;
 * the handler reads nothing else.
 *
 * Records of a stream are checked, masked, marked with where they came from and handed on in their order; a masked copy of
 * each batch goes to a bucket. What is no such record goes to the dead letters and is done with.
 */
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { json, optional, text, type EnvironmentOf } from "../shared/format/environment";
import { bucketNameForm, folderForm, queueUrlForm } from "../shared/format/text-forms";

/** Names the handler in log lines, dead-letter messages and its zip. */
export const handlerName = "kinesis-event-processor";

export type KinesisEventProcessorEvent = KinesisStreamEvent;
/** At most one failure: the first record that is not done; the stream delivers from there on again. */
export type KinesisEventProcessorResult = KinesisStreamBatchResponse;

/** What a field of a record is called. */
export const fieldNameForm = { pattern: '^[^\\p{Cc}".]{1,128}$', rule: "a name of 1-128 characters without dots" };

/** Everything the handler is told. */
export const variables = {
  /** Name of the bucket of the masked copies. */
  RAW_BUCKET: text(bucketNameForm),
  /** Folder of the copies: `<prefix>year=…/month=…/day=…/<shard>-<first>-<last sequence number>.ndjson.gz`. */
  RAW_PREFIX: text(folderForm),
  /** Name of the stream that the records are handed on to. */
  OUTPUT_STREAM: text({ pattern: "^[a-zA-Z0-9_.-]{1,128}$", rule: "the name of a stream" }),
  /** Queue of what was refused; its messages are `DeadLetterMessage`s. */
  DEAD_LETTER_QUEUE_URL: text(queueUrlForm),
  /** Fields that a record must have, with a value other than null and the empty text. */
  REQUIRED_FIELDS: json<readonly string[]>(),
  /** Field whose value is the partition key of what is handed on; absent: the key that the record came with. */
  PARTITION_KEY_FIELD: optional(text(fieldNameForm)),
} as const;

/** The values of the variables. */
export type KinesisEventProcessorEnvironment = EnvironmentOf<typeof variables>;

/** What the construct uses where its user says nothing: the fields of a sale. */
export const defaults = { REQUIRED_FIELDS: ["sale_id", "sku", "amount"], RAW_PREFIX: "raw/" } as const;

/** The exact actions on each target. Keys of encrypted targets come with their grants. */
export const permissions = {
  raw: ["s3:PutObject"],
  output: ["kinesis:PutRecords"],
  deadLetter: ["sqs:SendMessage"],
} as const;

/** JSON Schemas of what comes from outside. */
export const schemas = {
  requiredFields: {
    type: "array",
    maxItems: 50,
    uniqueItems: true,
    items: { type: "string", pattern: fieldNameForm.pattern },
  },
} as const;

/** What is added to a record: where it came from, the same at every delivery. */
export const originField = "_origin";

/** Embedded metrics: counts with the dimension `service` = name of the function. */
export const metrics = {
  namespace: "CloudConductor/KinesisEventProcessor",
  dimension: "service",
  names: {
    /** A record was handed on. */
    processed: "RecordsProcessed",
    /** Went to the dead-letter queue; by reason. */
    rejected: "RecordsRejected",
    /** A call failed, or time ran out, and the stream delivers again from there. */
    failures: "Failures",
  },
} as const;

import {
  distinct,
  given,
  having,
  isToken,
  list,
  literal,
  object,
  oneOf,
  problem,
  wholeNumber,
  type Range,
} from "../../core/checks";
import type { KinesisStreamRef } from "../../streaming/references";

/** Where a function begins to read a stream. */
export const StartingPosition = {
  /** With the oldest record that is still there: nothing is skipped. */
  TRIM_HORIZON: "TRIM_HORIZON",
  /** With what comes from now on. */
  LATEST: "LATEST",
} as const;
export type StartingPosition = (typeof StartingPosition)[keyof typeof StartingPosition];

/** How a function reads a stream. */
export const StreamReadMode = {
  /** All readers share 2 MiB a second of each shard. */
  SHARED: "shared",
  /** 2 MiB a second of each shard for this function alone, at a price of its own. */
  ENHANCED_FAN_OUT: "enhanced-fan-out",
} as const;
export type StreamReadMode = (typeof StreamReadMode)[keyof typeof StreamReadMode];

/** Pattern of an event, in the language of EventBridge: `{ data: { type: ["sale"] } }`. */
export type EventFilter = Readonly<Record<string, unknown>>;

/** How records become runs. */
export interface StreamBatching {
  readonly batchSize?: number;
  readonly maximumBatchingWindowSeconds?: number;
  readonly parallelizationFactor?: number;
  readonly maximumRetryAttempts?: number;
  readonly maximumRecordAgeSeconds?: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html; without an end a bad record blocks its shard */
const RANGES: Readonly<Record<keyof StreamBatching, Range>> = {
  batchSize: { minimum: 1, maximum: 10_000, unit: "records" },
  maximumBatchingWindowSeconds: { minimum: 0, maximum: 300, unit: "seconds" },
  parallelizationFactor: { minimum: 1, maximum: 10 },
  maximumRetryAttempts: { minimum: 0, maximum: 10_000 },
  maximumRecordAgeSeconds: { minimum: 60, maximum: 604_800, unit: "seconds" },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const FILTERS_MAXIMUM = 5;
const FILTER_CHARACTERS = 4096;

/** Longest age of a record, in seconds: an hour before the stream forgets it, and at most what Lambda takes. */
export const recordAgeSeconds = ({ retentionHours }: KinesisStreamRef): number =>
  Math.min((retentionHours - 1) * 3600, RANGES.maximumRecordAgeSeconds.maximum ?? Infinity);

interface Source extends StreamBatching {
  readonly stream: KinesisStreamRef;
  readonly startingPosition?: StartingPosition;
  readonly readMode?: StreamReadMode;
  readonly filters?: readonly EventFilter[];
  readonly onFailure: unknown;
}

/** The problems of a stream as a source. */
export function streamSourceProblems(props: Source): readonly string[] {
  const shape = having("source", props.stream, "streamArn", "a data stream of Kinesis");
  if (shape.length > 0) return shape;
  return [
    ...(Object.keys(RANGES) as (keyof StreamBatching)[]).flatMap((name) =>
      given(props[name], (value) => [...literal(name, value), ...wholeNumber(name, value, RANGES[name])]),
    ),
    ...given(props.startingPosition, (where) => oneOf("startingPosition", where, Object.values(StartingPosition))),
    ...given(props.readMode, (mode) => oneOf("readMode", mode, Object.values(StreamReadMode))),
    ...having("onFailure", props.onFailure, "bucketArn", "a bucket, which keeps the records themselves"),
    ...filterProblems("filters", props.filters),
    ...ageProblems(props),
  ];
}

/** A record that the stream has forgotten cannot be put aside any more. */
function ageProblems({ stream, maximumRecordAgeSeconds: age }: Source): readonly string[] {
  const kept = stream.retentionHours * 3600;
  if (age === undefined || isToken(age) || age < kept) return [];
  return [
    problem("maximumRecordAgeSeconds", `less than the ${String(kept)} seconds that the stream keeps a record`, age),
  ];
}

/** The problems of what is let through. */
export const filterProblems = (path: string, filters: readonly EventFilter[] | undefined): readonly string[] =>
  given(filters, (patterns) => {
    const each = list(path, patterns, (filter, at) => shapeOf(at, filter));
    if (each.length > 0) return each;
    const many =
      patterns.length <= FILTERS_MAXIMUM && patterns.length > 0
        ? []
        : [problem(path, `1 to ${String(FILTERS_MAXIMUM)} patterns`, patterns.length)];
    return [...many, ...distinct(path, patterns, (filter) => JSON.stringify(filter), "said once")];
  });

function shapeOf(path: string, filter: EventFilter): readonly string[] {
  const shape = object(path, filter);
  if (shape.length > 0) return shape;
  const { length } = JSON.stringify(filter);
  return length <= FILTER_CHARACTERS
    ? []
    : [problem(path, `at most ${String(FILTER_CHARACTERS)} characters of JSON`, length)];
}

/** What the processor decides about one record. Plain data in, plain data out. */
import { maskJson } from "../shared/format/mask-json";
import { maskText } from "../shared/format/masking";
import { utf8Bytes } from "../shared/format/object-key";
import { dayPartitions, partitionPrefix } from "../shared/format/partitions";
import { jsonRules, parseStrictJson, type JsonObject } from "../shared/strict-json";
import { originField, type KinesisEventProcessorEnvironment } from "./contract";

/** The environment as decisions need it. */
export interface ProcessorPolicy {
  readonly requiredFields: readonly string[];
  readonly partitionKeyField?: string;
  readonly rawPrefix: string;
  /** Most bytes of a record and its partition key. */
  readonly entryBytes: number;
}

/** The policy that an environment says. */
export const policyOf = (environment: KinesisEventProcessorEnvironment, entryBytes: number): ProcessorPolicy => ({
  requiredFields: environment.REQUIRED_FIELDS,
  ...(environment.PARTITION_KEY_FIELD !== undefined && { partitionKeyField: environment.PARTITION_KEY_FIELD }),
  rawPrefix: environment.RAW_PREFIX,
  entryBytes,
});

/** A record as it came. */
export interface Incoming {
  readonly id: string;
  readonly partitionKey: string;
  readonly text: string;
  /** Milliseconds since 1970, when the stream took it. */
  readonly arrivedAt: number;
}

/** A record as it is handed on, or why it is not. */
export type Verdict =
  | { readonly kind: "accepted"; readonly partitionKey: string; readonly line: string }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string };

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html */
const LONGEST_PARTITION_KEY = 256;

/** Checks, masks and marks a record. Two deliveries of one record give the same line. */
export function judge(incoming: Incoming, policy: ProcessorPolicy): Verdict {
  const parsed = parseStrictJson(incoming.text);
  if ("fault" in parsed) return refused(parsed.fault, `the record must ${jsonRules[parsed.fault]}`);
  const missing = policy.requiredFields.filter((field) => isMissing(parsed.value, field));
  if (missing.length > 0) return refused("missing-field", `the record must have ${missing.join(", ")}`);
  if (originField in parsed.value) return refused("reserved-field", `the record must not have ${originField}`);
  const line = marked(maskJson(incoming.text), incoming);
  const partitionKey = partitionKeyOf(parsed.value, incoming, policy);
  if (utf8Bytes(line) + utf8Bytes(partitionKey) > policy.entryBytes)
    return refused("too-large", `the record must be at most ${String(policy.entryBytes)} bytes`);
  return { kind: "accepted", partitionKey, line };
}

const refused = (reason: string, detail: string): Verdict => ({ kind: "refused", reason, detail });

const isMissing = (record: JsonObject, field: string): boolean =>
  !Object.hasOwn(record, field) || record[field] === null || record[field] === "";

/** Written at the end of the text: parsing and writing it anew would round large numbers. */
function marked(text: string, { id, arrivedAt }: Incoming): string {
  const origin = JSON.stringify({ [originField]: { id, arrivedAt: new Date(arrivedAt).toISOString() } }).slice(1);
  const open = text.trimEnd().slice(0, -1).trimEnd();
  return `${open.replace(/[\r\n]+/g, " ")}${open.endsWith("{") ? "" : ","}${origin}`;
}

function partitionKeyOf(
  record: JsonObject,
  { partitionKey }: Incoming,
  { partitionKeyField }: ProcessorPolicy,
): string {
  const value = partitionKeyField === undefined ? undefined : record[partitionKeyField];
  const own = typeof value === "string" || typeof value === "number" ? maskText(String(value)) : "";
  return (own === "" ? partitionKey : own).slice(0, LONGEST_PARTITION_KEY);
}

/** The record of the stream that a user's record came in. */
export interface StreamPosition {
  readonly id: string;
  readonly arrivedAt: number;
}

/**
 * Where the copy of some records lies: the same for the same records. The last one counts too: part of a batch that comes
 * again alone must not take the place of the whole.
 */
export function rawKey(first: StreamPosition, last: StreamPosition, { rawPrefix }: ProcessorPolicy): string {
  const [shard = "", sequence = ""] = first.id.split(":");
  const [, lastSequence = ""] = last.id.split(":");
  const day = partitionPrefix(dayPartitions(new Date(first.arrivedAt)));
  return `${rawPrefix}${day}${shard}-${sequence}-${lastSequence}.ndjson.gz`;
}

/**
 * Events of S3 in every form they come: a notification, an event of EventBridge, a message body that holds one of them,
 * the test event. One normal form comes out; nothing throws, whatever the input.
 */
import { refusedRecord, type Refused } from "./format/dead-letter";
import { decodeFormKey } from "./format/object-key";
import type { CreatedObject } from "./format/object-created";
import type { Validator } from "./schema-problems";
import { isObject, jsonRules, parseStrictJson, type JsonObject } from "./strict-json";

/** Why a record will never be taken, however often it comes. */
export interface Rejection {
  readonly reason: string;
  readonly detail: string;
  readonly refused: Refused;
}

/** What an event says. */
export type Notice =
  | { readonly kind: "created"; readonly object: CreatedObject }
  | { readonly kind: "ignored"; readonly reason: "test-event" | "other-event" }
  | { readonly kind: "rejected"; readonly rejection: Rejection };

/** The compiled `s3RecordSchema` and `objectCreatedSchema`. */
export interface S3Validators {
  readonly s3Record: Validator;
  readonly objectCreated: Validator;
}

/** The notices of a message body. A body that is no event is one rejection. */
export function noticesOfText(text: string, validators: S3Validators): readonly Notice[] {
  const json = parseStrictJson(text);
  if ("value" in json) return noticesOfEvent(json.value, validators);
  return [rejected(json.fault, `the record must ${jsonRules[json.fault]}`, text)];
}

/** The notices of an event as the function receives it. */
export function noticesOfEvent(event: unknown, validators: S3Validators): readonly Notice[] {
  if (!isObject(event)) return [unknownEvent(event)];
  if (event["Event"] === "s3:TestEvent") return [{ kind: "ignored", reason: "test-event" }];
  const records = event["Records"];
  if (Array.isArray(records) && records.length > 0)
    return records.map((record: unknown) => noticeOfRecord(record, validators));
  if (event["source"] !== "aws.s3" || typeof event["detail-type"] !== "string") return [unknownEvent(event)];
  if (event["detail-type"] !== "Object Created") return [{ kind: "ignored", reason: "other-event" }];
  return [noticeOfDetail(event, validators)];
}

function noticeOfRecord(record: unknown, { s3Record }: S3Validators): Notice {
  if (!isObject(record) || (record["eventSource"] ?? "aws:s3") !== "aws:s3") return unknownEvent(record);
  const name = record["eventName"];
  if (typeof name === "string" && !/^(s3:)?ObjectCreated:/.test(name))
    return { kind: "ignored", reason: "other-event" };
  const problems = s3Record(record);
  if (problems.length > 0) return rejected("schema-violation", problems.join("; "), textOf(record));
  const { bucket, object } = record["s3"] as { readonly bucket: JsonObject; readonly object: JsonObject };
  const key = decodeFormKey(object["key"] as string);
  if (key === undefined) return rejected("undecodable-key", "the key must be form-encoded UTF-8", textOf(record));
  return created(bucket, { ...object, key }, object["eTag"], object["versionId"]);
}

function noticeOfDetail(event: JsonObject, { objectCreated }: S3Validators): Notice {
  const problems = objectCreated(event);
  if (problems.length > 0) return rejected("schema-violation", problems.join("; "), textOf(event));
  const { bucket, object } = event["detail"] as { readonly bucket: JsonObject; readonly object: JsonObject };
  return created(bucket, object, object["etag"], object["version-id"]);
}

/** A bucket whose versioning is suspended reports the version `null`, which every later object replaces. */
function created(bucket: JsonObject, object: JsonObject, eTag: unknown, version: unknown): Notice {
  const versionId = typeof version === "string" && version !== "null" ? { versionId: version } : {};
  const named = { bucket: bucket["name"], key: object["key"], ...versionId, eTag } as CreatedObject;
  const { size, sequencer } = object as unknown as CreatedObject;
  return { kind: "created", object: { ...named, sequencer, size } };
}

const rejected = (reason: string, detail: string, text: string): Notice => ({
  kind: "rejected",
  rejection: { reason, detail, refused: refusedRecord(text) },
});

const unknownEvent = (event: unknown): Notice =>
  rejected("unknown-event", "the record must be an event of S3", textOf(event));

/** What cannot be written as JSON (a cycle, nothing at all) only comes from a direct call. */
function textOf(value: unknown): string {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === "string" ? text : "[not JSON]";
  } catch {
    return "[not JSON]";
  }
}

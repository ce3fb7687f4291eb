import fs from "node:fs";
import path from "node:path";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** A recorded event by its name, read anew so that no test sees another one's changes. */
export const recorded = (name: string): Record<string, unknown> =>
  JSON.parse(fs.readFileSync(path.join(__dirname, "..", "events", `${name}.json`), "utf8")) as Record<string, unknown>;

/** An object of the watched bucket as its event tells it; what is not named is that of a good object. */
export interface EventObject {
  readonly bucket?: string;
  readonly key?: string;
  readonly size?: number;
  readonly versionId?: string | null;
  readonly eTag?: string;
  readonly sequencer?: string;
}

/** An event of EventBridge. A `null` version leaves it out. */
export function objectCreated(object: EventObject = {}): Record<string, unknown> {
  const {
    bucket = "acme-labels",
    key = "raw/labelled/a.csv",
    size = 2_097_152,
    eTag = "e1",
    sequencer = "0A",
  } = object;
  const version = object.versionId === null ? {} : { "version-id": object.versionId ?? `v-${sequencer}` };
  const detail = { bucket: { name: bucket }, object: { key, size, etag: eTag, ...version, sequencer } };
  return { version: "0", source: "aws.s3", "detail-type": "Object Created", detail };
}

/** A record of an S3 notification; the key is given decoded. */
export function s3Record(object: EventObject = {}): Record<string, unknown> {
  const {
    bucket = "acme-labels",
    key = "raw/labelled/a.csv",
    size = 2_097_152,
    eTag = "e1",
    sequencer = "0A",
  } = object;
  const version = object.versionId === null ? {} : { versionId: object.versionId ?? `v-${sequencer}` };
  const encoded = encodeURIComponent(key).replace(/%20/g, "+").replace(/%2F/g, "/");
  const s3 = { bucket: { name: bucket }, object: { key: encoded, size, eTag, ...version, sequencer } };
  return { eventSource: "aws:s3", eventName: "ObjectCreated:Put", s3 };
}

/** A batch of a queue; bodies that are not text become JSON. Messages are called m1, m2, … */
export function queue(...bodies: readonly unknown[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index + 1}`,
      receiptHandle: "handle",
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1772446530000",
        SenderId: "AIDAIENQZJOLO23YVJ4VO",
        ApproximateFirstReceiveTimestamp: "1772446530000",
      },
      messageAttributes: {},
      md5OfBody: "d41d8cd98f00b204e9800998ecf8427e",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-west-2:111122223333:labels",
      awsRegion: "us-west-2",
    })),
  };
}

/** The answer to a queue: every message is done with. */
export const nothingFailed: SQSBatchResponse = { batchItemFailures: [] };

/** The answer to a queue: these messages come again. */
export const comesAgain = (...ids: readonly string[]): SQSBatchResponse => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

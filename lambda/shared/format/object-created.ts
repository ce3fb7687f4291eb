/**
 * What S3 says about a new object, in its two forms. Only what handlers read is required, everything else may change.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */

/** A new object, whichever way its event came. The key is decoded. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  /** Absent in a bucket without versioning. */
  readonly versionId?: string;
  readonly eTag: string;
  /** Hexadecimal; orders the events of one key (see `compareSequencers`). */
  readonly sequencer: string;
  /** Bytes. */
  readonly size: number;
}

const bucket = { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 3 } } } as const;
const size = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const tag = { type: "string", minLength: 1, maxLength: 128 } as const;
const version = { type: "string", minLength: 1, maxLength: 1024, nullable: true } as const;
const sequencer = { type: "string", pattern: "^[0-9A-Fa-f]{1,64}$" } as const;

/** One entry of `Records` of an S3 notification whose `eventName` is `ObjectCreated:…`. Its key is form-encoded. */
export const s3RecordSchema = {
  type: "object",
  required: ["eventName", "s3"],
  properties: {
    eventName: { type: "string" },
    s3: {
      type: "object",
      required: ["bucket", "object"],
      properties: {
        bucket,
        object: {
          type: "object",
          required: ["key", "size", "eTag", "sequencer"],
          properties: { key: { type: "string", minLength: 1 }, size, eTag: tag, versionId: version, sequencer },
        },
      },
    },
  },
} as const;

/** An EventBridge event of S3 with detail-type `Object Created`. Its key stands as it is. */
export const objectCreatedSchema = {
  type: "object",
  required: ["source", "detail-type", "detail"],
  properties: {
    source: { const: "aws.s3" },
    "detail-type": { const: "Object Created" },
    detail: {
      type: "object",
      required: ["bucket", "object"],
      properties: {
        bucket,
        object: {
          type: "object",
          required: ["key", "size", "etag", "sequencer"],
          properties: { key: { type: "string", minLength: 1 }, size, etag: tag, "version-id": version, sequencer },
        },
      },
    },
  },
} as const;

import { createHash } from "node:crypto";
import type { KinesisStreamRecord } from "aws-lambda";

/** One record of a user; a producer library packs several into one record of the stream. */
export interface UserRecord {
  /** `<shard>:<sequence number>` and, inside an aggregate, `:<position>`: the same at every delivery. */
  readonly id: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Why a record of the stream cannot be taken apart. */
export type RecordFault = "not-base64" | "broken-aggregate";

/**
 * First bytes of a record in which the Kinesis Producer Library packs several; a protobuf message and its MD5 follow.
 * https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
const MAGIC = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);
const DIGEST_BYTES = 16;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The user's records in a record of the stream, in their order. */
export function userRecords({ eventID, kinesis }: KinesisStreamRecord): readonly UserRecord[] | RecordFault {
  if (!BASE64.test(kinesis.data)) return "not-base64";
  const data = Buffer.from(kinesis.data, "base64");
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) return [{ id: eventID, partitionKey: kinesis.partitionKey, data }];
  const body = data.subarray(MAGIC.length, -DIGEST_BYTES);
  const digest = createHash("md5").update(body).digest();
  if (data.length < MAGIC.length + DIGEST_BYTES || !digest.equals(data.subarray(-DIGEST_BYTES)))
    return "broken-aggregate";
  const records = aggregated(body);
  return records?.map((one, index) => ({ ...one, id: `${eventID}:${String(index)}` })) ?? "broken-aggregate";
}

/** Numbers of the fields of the aggregate, and of a record in it. */
const AGGREGATE = { partitionKey: 1, record: 3 } as const;
const RECORD = { keyIndex: 1, data: 3 } as const;

function aggregated(body: Uint8Array): readonly Omit<UserRecord, "id">[] | undefined {
  const fields = fieldsOf(body);
  const keys = fields?.flatMap(({ number, bytes }) =>
    number === AGGREGATE.partitionKey && bytes ? [Buffer.from(bytes).toString("utf8")] : [],
  );
  const records = fields
    ?.filter(({ number }) => number === AGGREGATE.record)
    .map(({ bytes }) => bytes && fieldsOf(bytes));
  const whole = records?.map((record) => {
    const partitionKey = keys?.[record?.find(({ number }) => number === RECORD.keyIndex)?.value ?? 0];
    const data = record?.find(({ number }) => number === RECORD.data)?.bytes;
    return partitionKey !== undefined && data !== undefined ? { partitionKey, data } : undefined;
  });
  return whole?.every((one) => one !== undefined) === true ? whole : undefined;
}

/** A field of a protobuf message: a number, or bytes. https://protobuf.dev/programming-guides/encoding/ */
interface Field {
  readonly number: number;
  readonly value?: number;
  readonly bytes?: Uint8Array;
}

const VARINT = 0;
const BYTES = 2;

/** `undefined`: it is no such message. */
function fieldsOf(message: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35 && at < message.length; shift += 7) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return NaN;
  };
  while (at < message.length) {
    const tag = varint();
    const value = varint();
    if (Number.isNaN(tag) || Number.isNaN(value)) return undefined;
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    if (kind === VARINT) fields.push({ number, value });
    else if (kind === BYTES && at + value <= message.length) {
      fields.push({ number, bytes: message.subarray(at, at + value) });
      at += value;
    } else return undefined;
  }
  return fields;
}

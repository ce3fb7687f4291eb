import { createHash } from "node:crypto";
import { userRecords } from "../../../lambda/shared/kinesis-records";
import fc from "../support/properties";
import { streamRecord } from "../support/stream-simulator";

const bytes = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);

function varint(value: number): Buffer {
  return value < 0x80
    ? Buffer.of(value)
    : Buffer.concat([Buffer.of((value % 0x80) | 0x80), varint(Math.floor(value / 0x80))]);
}

/** As the producer library packs records: keys in a table, each record with the position of its own. */
function aggregate(records: readonly (readonly [number, string])[], keys: readonly string[]): Buffer {
  const packed = records.map(([key, data]) =>
    bytes(3, Buffer.concat([varint(8), varint(key), bytes(3, Buffer.from(data))])),
  );
  const body = Buffer.concat([...keys.map((key) => bytes(1, Buffer.from(key))), ...packed]);
  return Buffer.concat([Buffer.of(0xf3, 0x89, 0x9a, 0xc2), body, createHash("md5").update(body).digest()]);
}

const usersOf = (data: Uint8Array) => userRecords(streamRecord(1, data, "outer"));
const ID = "shardId-000000000000:4959000000000001";

test("a record is itself", () => {
  expect(usersOf(Buffer.from("{}"))).toEqual([{ id: ID, partitionKey: "outer", data: Buffer.from("{}") }]);
});

test("an aggregate is the records in it, each with its own key and place", () => {
  const long = "x".repeat(300);
  const users = usersOf(
    aggregate(
      [
        [1, "one"],
        [0, long],
      ],
      ["a", "b"],
    ),
  );
  expect(users).toEqual([
    { id: `${ID}:0`, partitionKey: "b", data: Buffer.from("one") },
    { id: `${ID}:1`, partitionKey: "a", data: Buffer.from(long) },
  ]);
});

test.each([
  ["has another digest", () => Buffer.concat([aggregate([[0, "one"]], ["a"]).subarray(0, -1), Buffer.of(0)])],
  ["is cut off", () => aggregate([[0, "one"]], ["a"]).subarray(0, 8)],
  ["names a key that is not there", () => aggregate([[7, "one"]], ["a"])],
])("an aggregate that %s is broken", (_, made) => {
  expect(usersOf(made())).toBe("broken-aggregate");
});

test("data that is no base64 is named so", () => {
  const record = streamRecord(1, Buffer.from("{}"), "outer");
  expect(userRecords({ ...record, kinesis: { ...record.kinesis, data: "{}" } })).toBe("not-base64");
});

test("no bytes make it throw", () => {
  const framed = (body: Uint8Array): Buffer =>
    Buffer.concat([Buffer.of(0xf3, 0x89, 0x9a, 0xc2), body, createHash("md5").update(body).digest()]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
      for (const data of [body, framed(body)]) expect(["string", "object"]).toContain(typeof usersOf(data));
    }),
  );
});

import { KinesisClient } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import {
  chunksOf,
  entryBytes,
  KinesisProducer,
  putRecordsLimits,
  type StreamEntry,
} from "../../../lambda/shared/kinesis-producer";
import { json, jsonError, type Received } from "../support/loopback";
import { against, errorOf } from "../support/service";
import fc from "../support/properties";

const entry = (partitionKey: string, data = "{}"): StreamEntry => ({ partitionKey, data });
const sentKeys = ({ body }: Received): readonly string[] =>
  (JSON.parse(body) as { readonly Records: readonly { readonly PartitionKey: string }[] }).Records.map(
    ({ PartitionKey }) => PartitionKey,
  );

/** Puts entries into a stream whose server takes what `takes` says, call by call. */
const put = (entries: readonly StreamEntry[], takes: (key: string, call: number) => boolean) => {
  let call = 0;
  return against(
    (received) => {
      call += 1;
      const Records = sentKeys(received).map((key) =>
        takes(key, call)
          ? { SequenceNumber: "1", ShardId: "0" }
          : { ErrorCode: "ProvisionedThroughputExceededException" },
      );
      return json({ FailedRecordCount: Records.filter(({ ErrorCode }) => ErrorCode).length, Records });
    },
    (settings) => {
      const requestHandler = new NodeHttpHandler();
      return new KinesisProducer(new KinesisClient({ ...settings, requestHandler }), "hub", () =>
        Promise.resolve(),
      ).put(entries);
    },
  );
};

test("a call holds each partition key once, so that order is kept whatever is refused", async () => {
  const { result, server } = await put([entry("a"), entry("b"), entry("a"), entry("c")], () => true);
  expect(result).toEqual({ status: "fulfilled", value: 4 });
  expect(server.requests.map(sentKeys)).toEqual([
    ["a", "b"],
    ["a", "c"],
  ]);
});

test("what is refused is sent again, and nothing else", async () => {
  const { result, server } = await put([entry("a"), entry("b"), entry("c")], (key, call) => key !== "b" || call > 2);
  expect(result).toEqual({ status: "fulfilled", value: 3 });
  expect(server.requests.map(sentKeys)).toEqual([["a", "b", "c"], ["b"], ["b"]]);
});

test("what is refused to the end is where it stops", async () => {
  const { result, server } = await put([entry("a"), entry("b"), entry("a"), entry("d")], (key) => key !== "b");
  expect(result).toEqual({ status: "fulfilled", value: 1 });
  expect(server.requests.map(sentKeys)).toEqual([["a", "b"], ["b"], ["b"], ["b"]]);
});

test("a call that fails is an error at first, and a stop after something was written", async () => {
  const failing = (from: number) => {
    let call = 0;
    return against(
      (received) => {
        call += 1;
        if (call >= from) return jsonError("ResourceNotFoundException");
        return json({ Records: sentKeys(received).map(() => ({ SequenceNumber: "1", ShardId: "0" })) });
      },
      (settings) =>
        new KinesisProducer(new KinesisClient({ ...settings, requestHandler: new NodeHttpHandler() }), "hub").put([
          entry("a"),
          entry("a"),
        ]),
    );
  };
  expect(errorOf(await failing(1))).toBe("ResourceNotFoundException");
  expect((await failing(2)).result).toEqual({ status: "fulfilled", value: 1 });
});

test("no call takes more than Kinesis does, and none loses or reorders anything", () => {
  const entries = fc.array(
    fc.record({ partitionKey: fc.constantFrom("a", "b", "c", "é"), data: fc.constantFrom("{}", "x".repeat(900_000)) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(entries, (all) => {
      const chunks = chunksOf(all);
      expect(chunks.flat()).toEqual(all);
      for (const chunk of chunks) {
        expect(new Set(chunk.map(({ partitionKey }) => partitionKey)).size).toBe(chunk.length);
        expect(chunk.reduce((sum, one) => sum + entryBytes(one), 0)).toBeLessThanOrEqual(putRecordsLimits.bytes);
      }
    }),
    { numRuns: 50 },
  );
  const many = Array.from({ length: 1200 }, (_, index) => entry(String(index)));
  expect(chunksOf(many).map(({ length }) => length)).toEqual([500, 500, 200]);
});

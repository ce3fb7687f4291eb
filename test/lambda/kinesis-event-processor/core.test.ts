import { judge, policyOf, rawKey } from "../../../lambda/kinesis-event-processor/core";
import {
  defaults,
  variables,
  type KinesisEventProcessorEnvironment,
} from "../../../lambda/kinesis-event-processor/contract";
import { validators } from "../../../lambda/kinesis-event-processor/validators";
import { renderEnvironment } from "../../../lambda/shared/format/environment";
import { parseEnvironment } from "../../../lambda/shared/parse-environment";

const environment: KinesisEventProcessorEnvironment = {
  RAW_BUCKET: "acme-raw",
  RAW_PREFIX: "pos/raw/",
  OUTPUT_STREAM: "hub",
  DEAD_LETTER_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/dead",
  REQUIRED_FIELDS: defaults.REQUIRED_FIELDS,
  PARTITION_KEY_FIELD: "store_id",
};
const policy = policyOf(environment, 400);
const arrivedAt = Date.UTC(2025, 2, 15, 10, 0, 2);
const judged = (text: string) =>
  judge({ id: "shardId-000000000000:4959", partitionKey: "came-with", text, arrivedAt }, policy);

const ORIGIN = '"_origin":{"id":"shardId-000000000000:4959","arrivedAt":"2025-03-15T10:00:02.000Z"}}';

test("a record is masked and marked, and otherwise the same text", () => {
  const text =
    ' {"sale_id": 12345678901234567890, "sku":"a", "amount":1.10,\n"store_id":"s-1","note":"4111-1111-1111-1111"} ';
  expect(judged(text)).toEqual({
    kind: "accepted",
    partitionKey: "s-1",
    line: ` {"sale_id": 12345678901234567890, "sku":"a", "amount":1.10, "store_id":"s-1","note":"************1111",${ORIGIN}`,
  });
});

test.each([
  ['{"sale_id":1,"sku":"a","amount":1}', "came-with"],
  ['{"sale_id":1,"sku":"a","amount":1,"store_id":7}', "7"],
  ['{"sale_id":1,"sku":"a","amount":1,"store_id":"4111111111111111"}', "************1111"],
  ['{"sale_id":1,"sku":"a","amount":1,"store_id":{}}', "came-with"],
])("the partition key of %s is %s", (text, partitionKey) => {
  expect(judged(text)).toMatchObject({ kind: "accepted", partitionKey });
});

test.each([
  ["not json", "not-json", "the record must be JSON"],
  ["[1]", "not-an-object", "the record must be a JSON object"],
  ['{"sale_id":1,"sku":null,"amount":""}', "missing-field", "the record must have sku, amount"],
  ['{"sale_id":1,"sku":"a","amount":1,"_origin":1}', "reserved-field", "the record must not have _origin"],
  [
    '{"sale_id":1,"sale_id":2,"sku":"a","amount":1}',
    "duplicate-key",
    "the record must name each key of an object once",
  ],
  [
    `{"sale_id":1,"sku":"a","amount":1,"note":"${"x".repeat(400)}"}`,
    "too-large",
    "the record must be at most 400 bytes",
  ],
])("%s is refused as %s", (text, reason, detail) => {
  expect(judged(text)).toEqual({ kind: "refused", reason, detail });
});

test("a copy is named by its first and last record and the day it came", () => {
  const at = (sequence: string) => ({ id: `shardId-000000000000:${sequence}:0`, arrivedAt });
  expect(rawKey(at("4959"), at("4961"), policy)).toBe(
    "pos/raw/year=2025/month=03/day=15/shardId-000000000000-4959-4961.ndjson.gz",
  );
});

test("the handler reads what the construct renders", () => {
  const read = parseEnvironment("kinesis-event-processor", variables, renderEnvironment(variables, environment), {
    REQUIRED_FIELDS: { schema: validators.requiredFields },
  });
  expect(read).toEqual(environment);
});

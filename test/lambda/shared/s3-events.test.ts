import fc from "../support/properties";
import { validators } from "../../../lambda/retraining-trigger/validators";
import { noticesOfEvent, noticesOfText, type Notice } from "../../../lambda/shared/s3-events";
import { objectCreated, recorded, s3Record } from "../support/events";

const good = {
  bucket: "acme-labels",
  key: "raw/labelled/a b+ü.csv",
  versionId: "096fKKXTRTtl3on89fVO.nfljtsv6qko",
  eTag: "d41d8cd98f00b204e9800998ecf8427e",
  sequencer: "0055AED6DCD90281E5",
  size: 2_097_152,
};
const noticesOf = (event: unknown): readonly Notice[] => noticesOfEvent(event, validators);

test.each(["s3-notification", "eventbridge-object-created"])("%s is the same object, its key decoded once", (name) => {
  expect(noticesOf(recorded(name))).toEqual([{ kind: "created", object: good }]);
  expect(noticesOfText(JSON.stringify(recorded(name)), validators)).toEqual([{ kind: "created", object: good }]);
});

test.each([
  ["s3-test-event", "test-event"],
  ["s3-object-removed", "other-event"],
  ["eventbridge-object-deleted", "other-event"],
])("%s is ignored as %s", (name, reason) => {
  expect(noticesOf(recorded(name))).toEqual([{ kind: "ignored", reason }]);
});

test("a key of EventBridge stands as it is", () => {
  const key = "raw/100%+%2B.csv";
  expect(noticesOf(objectCreated({ key }))).toMatchObject([{ kind: "created", object: { key } }]);
});

test.each([[null], ["null"]])("the version %p is no version", (versionId) => {
  for (const event of [objectCreated({ versionId }), { Records: [s3Record({ versionId })] }]) {
    const [notice] = noticesOf(event);
    expect(notice?.kind === "created" && Object.keys(notice.object)).toEqual([
      "bucket",
      "key",
      "eTag",
      "sequencer",
      "size",
    ]);
  }
});

test("each record of a notification is taken for itself", () => {
  const event = { Records: [s3Record({ key: "a" }), { eventSource: "aws:sns" }, s3Record({ key: "b" })] };
  expect(noticesOf(event).map(({ kind }) => kind)).toEqual(["created", "rejected", "created"]);
});

test("the event name may carry the service", () => {
  expect(noticesOf({ Records: [{ ...s3Record(), eventName: "s3:ObjectCreated:Copy" }] })).toMatchObject([
    { kind: "created" },
  ]);
});

const withObject = (change: object): object => {
  const record = s3Record();
  const { bucket, object } = record["s3"] as { readonly bucket: object; readonly object: object };
  return { ...record, s3: { bucket, object: { ...object, ...change } } };
};

test.each([
  [{ size: -1 }, "/s3/object/size must be >= 0"],
  [{ size: "1" }, "/s3/object/size must be integer"],
  [{ size: 1.5 }, "/s3/object/size must be integer"],
  [{ sequencer: "xyz" }, '/s3/object/sequencer must match pattern "^[0-9A-Fa-f]{1,64}$"'],
  [{ sequencer: undefined }, "/s3/object must have required property 'sequencer'"],
  [{ key: "" }, "/s3/object/key must NOT have fewer than 1 characters"],
  [{ key: 7, eTag: null }, "/s3/object/key must be string; /s3/object/eTag must be string"],
])("a record with %j is rejected", (change, detail) => {
  const record = withObject(change);
  expect(noticesOf({ Records: [record] })).toEqual([
    {
      kind: "rejected",
      rejection: {
        reason: "schema-violation",
        detail,
        refused: { kind: "record", text: JSON.stringify(record), characters: JSON.stringify(record).length },
      },
    },
  ]);
});

test.each(["%", "raw/%C3.csv", "raw/%GG"])("the key %s is not guessed at", (key) => {
  expect(noticesOf({ Records: [withObject({ key })] })).toMatchObject([
    { kind: "rejected", rejection: { reason: "undecodable-key", detail: "the key must be form-encoded UTF-8" } },
  ]);
});

test.each([
  [undefined],
  [null],
  [7],
  ["text"],
  [[]],
  [{}],
  [{ Records: [] }],
  [{ Records: {} }],
  [{ Records: [null] }],
  [{ source: "aws.s3" }],
  [{ source: "aws.ec2", "detail-type": "Object Created" }],
])("%j is no event of S3", (event) => {
  expect(noticesOf(event)).toMatchObject([
    { kind: "rejected", rejection: { reason: "unknown-event", detail: "the record must be an event of S3" } },
  ]);
});

test("an event that cannot be written down is rejected all the same", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  expect(noticesOf(cycle)).toMatchObject([
    { rejection: { refused: { kind: "record", text: "[not JSON]", characters: 10 } } },
  ]);
});

test.each([
  ["", "not-json", "the record must be JSON"],
  ["[]", "not-an-object", "the record must be a JSON object"],
  ['{"a":1,"a":2}', "duplicate-key", "the record must name each key of an object once"],
  ['{"__proto__":1}', "forbidden-key", "the record must have no key __proto__, constructor or prototype"],
  [`{"a":${"[".repeat(40)}${"]".repeat(40)}}`, "too-deep", "the record must nest at most 32 levels"],
  [
    `{${Array.from({ length: 2001 }, (_, index) => `"${index}":1`).join(",")}}`,
    "too-many-keys",
    "the record must have at most 2000 keys",
  ],
  [`{"a":"${"x".repeat(65_537)}"}`, "string-too-long", "the record must hold no string above 65536 bytes"],
])("body %# is rejected", (body, reason, detail) => {
  expect(noticesOfText(body, validators)).toMatchObject([{ kind: "rejected", rejection: { reason, detail } }]);
});

test("no value and no text makes it throw", () => {
  const record = fc.record(
    {
      eventSource: fc.constantFrom("aws:s3", "aws:sqs"),
      eventName: fc.oneof(fc.constant("ObjectCreated:Put"), fc.anything()),
      s3: fc.record({ bucket: fc.anything(), object: fc.object() }),
    },
    { requiredKeys: [] },
  );
  const event = fc.oneof(fc.anything(), fc.record({ Records: fc.array(fc.oneof(record, fc.anything())) }));
  fc.assert(
    fc.property(event, fc.string(), (value, text) => {
      for (const notice of [...noticesOf(value), ...noticesOfText(text, validators)])
        expect(["created", "ignored", "rejected"]).toContain(notice.kind);
    }),
  );
});

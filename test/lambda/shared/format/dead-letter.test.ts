import fc, { anyText } from "../../support/properties";
import {
  recordCharactersLimit,
  refusedRecord,
  renderDeadLetter,
  type DeadLetterMessage,
} from "../../../../lambda/shared/format/dead-letter";

const message: DeadLetterMessage = {
  version: 1,
  handler: "retraining-trigger",
  reason: "foreign-bucket",
  detail: "the bucket must be acme-labels",
  requestId: "request-1",
  attempt: 2,
  rejectedAt: "2026-03-02T10:00:00.000Z",
  refused: { kind: "object", bucket: "other", key: "a.csv", versionId: "v1" },
};

test("is a JSON document that says everything", () => {
  expect(renderDeadLetter(message)).toBe(
    '{"version":1,"handler":"retraining-trigger","reason":"foreign-bucket","detail":"the bucket must be acme-labels",' +
      '"requestId":"request-1","attempt":2,"rejectedAt":"2026-03-02T10:00:00.000Z",' +
      '"refused":{"kind":"object","bucket":"other","key":"a.csv","versionId":"v1"}}',
  );
});

test("holds a record masked and cut, with its length before", () => {
  expect(refusedRecord('{"card":"4111111111111111"}')).toEqual({
    kind: "record",
    text: '{"card":"***"}',
    characters: 27,
  });
  const long = refusedRecord("x".repeat(recordCharactersLimit + 1));
  expect(long).toEqual({ kind: "record", text: "x".repeat(8192), characters: 8193 });
});

test("any key and record makes a message that a queue takes and that reads back", () => {
  const notTaken = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
  fc.assert(
    fc.property(anyText(), anyText(), (key, text) => {
      for (const refused of [
        { kind: "object", bucket: "b", key } as const,
        refusedRecord(text + "\ufffe\ud800\u0007"),
      ]) {
        const rendered = renderDeadLetter({ ...message, refused });
        expect(rendered).not.toMatch(notTaken);
        expect(JSON.parse(rendered)).toEqual({ ...message, refused });
      }
    }),
  );
});

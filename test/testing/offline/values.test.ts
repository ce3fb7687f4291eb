import fc from "fast-check";
import {
  decodeValue,
  encodeValue,
  sameValue,
  UNKNOWN,
  Unknown,
  type Value,
} from "../../../lib/testing/offline/protocol/values";

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.constant(UNKNOWN),
    fc.array(tie("value")),
    fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie("value")),
  ),
}));

test("what is encoded is decoded again", () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(decodeValue(encodeValue(one))).toEqual(one);
    }),
  );
});

test("an unknown value is three bytes, as Terraform writes it", () => {
  expect([...encodeValue(UNKNOWN)]).toEqual([0xd4, 0, 0]);
});

test("what Terraform knows of an unknown value is passed on as it came", () => {
  const notNull = Uint8Array.from([0xc7, 0x03, 12, 0x81, 0x01, 0xc2]);
  const decoded = decodeValue(notNull);
  expect(decoded).toEqual(new Unknown(12, Uint8Array.from([0x81, 0x01, 0xc2])));
  expect([...encodeValue(decoded)]).toEqual([...notNull]);
});

test("values are the same when they say the same", () => {
  fc.assert(
    fc.property(value, (one) => {
      const copy = decodeValue(encodeValue(one));
      expect(sameValue(one, copy)).toBe(!JSON.stringify(one, reviver).includes('"unknown"'));
    }),
  );
});

const reviver = (_: string, one: unknown): unknown =>
  one instanceof Unknown ? "unknown" : typeof one === "bigint" ? String(one) : one;

test.each<[Value, Value]>([
  [null, false],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: 1, b: 1 }],
  [[1], [1, 2]],
  [[1], { 0: 1 }],
  ["1", 1],
  [{ a: 1 }, null],
  [UNKNOWN, UNKNOWN],
  [Buffer.from("a"), Buffer.from("b")],
])("%p is not the same as %p", (one, other) => {
  expect(sameValue(one, other)).toBe(false);
});

test("an attribute that is null and one that is not there are the same", () => {
  expect(sameValue({ a: null, b: 1 }, { b: 1 })).toBe(true);
});

import fc, { anyText } from "../support/properties";
import { jsonLimits, parseStrictJson } from "../../../lambda/shared/strict-json";

const nested = (depth: number): string => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
const keys = (count: number): string => `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(",")}}`;
const string = (bytes: number): string => `{"a":"${"x".repeat(bytes)}"}`;

test.each([
  ["{}"],
  ['{"a":[{"a":1},{"a":2}],"b":{"a":null}}'],
  ['{"a":"\\"{[,:","b":"\\\\"}'],
  ['  { "a" : true }  '],
  [nested(jsonLimits.depth)],
  [keys(jsonLimits.keys)],
  [string(jsonLimits.stringBytes)],
  ['{"a":["__proto__","constructor"]}'],
])("text %# is taken", (text) => {
  expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) as unknown });
});

test.each([
  ["", "not-json"],
  ["{", "not-json"],
  ['{"a":1,}', "not-json"],
  ['{"a":"', "not-json"],
  ['{"a\\x":1}', "not-json"],
  ["{'a':1}", "not-json"],
  ["NaN", "not-json"],
  ['{"a":1}{"b":2}', "not-json"],
  ["[]", "not-an-object"],
  ["null", "not-an-object"],
  ['"text"', "not-an-object"],
  ["1", "not-an-object"],
  [nested(33), "too-deep"],
  ["[".repeat(100_000), "too-deep"],
  [keys(2001), "too-many-keys"],
  [string(65_537), "string-too-long"],
  [`{"${"x".repeat(65_537)}":1}`, "string-too-long"],
  [`{"a":"${"ü".repeat(32_769)}"}`, "string-too-long"],
  ['{"a":1,"a":2}', "duplicate-key"],
  ['{"a":1,"\\u0061":2}', "duplicate-key"],
  ['{"b":[{"a":1,"c":{},"a":2}]}', "duplicate-key"],
  ['{"__proto__":{"admin":true}}', "forbidden-key"],
  ['{"a":{"\\u005f_proto__":1}}', "forbidden-key"],
  ['{"constructor":{}}', "forbidden-key"],
  ['{"a":[{"prototype":1}]}', "forbidden-key"],
])("text %# is refused", (text, fault) => {
  expect(parseStrictJson(text)).toEqual({ fault });
});

test("never throws, and what it takes is what JSON.parse reads", () => {
  const pieces = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', '"a"', "1", "\\", "u0061", " ", "null"));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        pieces.map((list) => list.join("")),
      ),
      (text) => {
        const parsed = parseStrictJson(text);
        expect("fault" in parsed || JSON.stringify(parsed.value) === JSON.stringify(JSON.parse(text))).toBe(true);
      },
    ),
  );
});

test("any object with unlike keys and modest size is taken", () => {
  const leaf = fc.oneof(anyText(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
  const inner = fc.dictionary(anyText(), fc.array(leaf, { maxLength: 3 }), { maxKeys: 4 });
  fc.assert(
    fc.property(fc.dictionary(anyText(), fc.oneof(leaf, inner), { maxKeys: 5 }), (value) => {
      const text = JSON.stringify(value);
      expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) as unknown });
    }),
  );
});

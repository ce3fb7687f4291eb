import { maskJson } from "../../../../lambda/shared/format/mask-json";
import fc from "../../support/properties";

test.each([
  ['{"note":"4111 1111 1111 1111 thanks"}', '{"note":"************1111 thanks"}'],
  ['{"note":"\\u0034111111111111111"}', '{"note":"************1111"}'],
  ['{"paid":4111111111111111}', '{"paid":"************1111"}'],
  ['{"4111111111111111":1}', '{"************1111":1}'],
  ['{"email":"ada@acme.example","phone":null}', '{"email":"***","phone":null}'],
  [
    '{"card":{"number":"x","cvv":[1,{"a":true}]},"sku":"a"}',
    '{"card":{"number":"***","cvv":["***",{"a":"***"}]},"sku":"a"}',
  ],
  ['{"id":12345678901234567890.10, "a":-1e5}', '{"id":12345678901234567890.10, "a":-1e5}'],
  ['["ada@acme.example" , "123-45-6789"]', '["***" , "***-**-****"]'],
])("%s becomes %s", (text, masked) => {
  expect(maskJson(text)).toBe(masked);
});

test("any document stays one of the same shape, and masking it again changes nothing", () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shape)
      : typeof value === "object" && value !== null
        ? Object.values(value).map(shape)
        : 0;
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const masked = maskJson(text);
      expect(shape(JSON.parse(masked))).toEqual(shape(JSON.parse(text)));
      expect(maskJson(masked)).toBe(masked);
    }),
  );
});

test("a card number among anything is gone", () => {
  const separators = fc.constantFrom("", " ", "-");
  fc.assert(
    fc.property(fc.string(), fc.string(), separators, (before, after, separator) => {
      const card = ["4111", "1111", "1111", "1111"].join(separator);
      const masked = maskJson(JSON.stringify({ note: `${before} ${card} ${after}` }));
      expect(masked).not.toContain(card);
    }),
  );
});

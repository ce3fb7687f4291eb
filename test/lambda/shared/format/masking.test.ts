import fc from "../../support/properties";
import { maskText } from "../../../../lambda/shared/format/masking";

test.each([
  ["4111111111111111", "************1111"],
  ["4111 1111 1111 1111", "************1111"],
  ["4111-1111-1111-1111", "************1111"],
  ["378282246310005", "***********0005"],
  ["4222222222222", "*********2222"],
  ["6304000000000000000", "***************0000"],
  ["card 4111111111111111, and more", "card ************1111, and more"],
  ["4111111111111112", "4111111111111112"],
  ["411111111111", "411111111111"],
  ["41111111111111111111", "41111111111111111111"],
  ["٤١١١١١١١١١١١١١١١", "****************"],
  ["3 4111111111111111 5", "3 ************1111 5"],
  ["4111 1111 1111 1111 5500-0000-0000-0004", "************1111 ************0004"],
  ["123-45-6789", "***-**-****"],
  ["1123-45-67890", "1123-45-67890"],
  ["write to jane.doe@example.com now", "write to *** now"],
  ['{"cvv": 123, "sku": "a"}', '{"cvv": "***", "sku": "a"}'],
  ['{"Credit_Card":"x y","pan":null}', '{"Credit_Card":"***","pan":null}'],
  ['{"password":"a\\"b","id":1}', '{"password":"***","id":1}'],
  ['{"user":{"access-token":"ab', '{"user":{"access-token":"***"'],
  ["", ""],
])("%j becomes %j", (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test("masking twice is masking once", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("4111111111111111", "123-45-6789", "a@b.c", '"cvv":', '"pin" : "1"', "4111 1111"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const once = maskText(pieces.join(""));
      expect(maskText(once)).toBe(once);
    }),
  );
});

test.each([
  ["digits", "1 ".repeat(200_000)],
  ["quotes", '"'.repeat(200_000)],
  ["backslashes", '"' + "\\".repeat(200_000)],
  ["spaces after a name", '"cvv"' + " ".repeat(200_000)],
  ["letters", "a".repeat(200_000)],
])("a long text of %s is read in one go", (_, text) => {
  const before = performance.now();
  maskText(text);
  expect(performance.now() - before).toBeLessThan(10_000);
});

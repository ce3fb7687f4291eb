import { compileSchemas } from "../../../lambda/shared/schema";
import { validatorOf } from "../../../lambda/shared/schema-problems";

const validators = compileSchemas({
  sale: {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", maxLength: 3 }, lines: { type: "array", items: { type: "integer" } } },
  },
});

test("a valid document has no problems", () => {
  expect(validators.sale({ id: "a", more: true })).toEqual([]);
});

test("every problem is named by its place and rule, without the value", () => {
  expect(validators.sale({ id: "secret", lines: [1, "x", 2.5] })).toEqual([
    "/id must NOT have more than 3 characters",
    "/lines/1 must be integer",
    "/lines/2 must be integer",
  ]);
  expect(validators.sale({})).toEqual(["(root) must have required property 'id'"]);
});

test("at most twenty problems are told", () => {
  expect(validators.sale({ id: "a", lines: Array.from({ length: 30 }, () => "x") })).toHaveLength(20);
});

test("names that come from the data are cut and lose their control characters", () => {
  const validate = Object.assign(() => false, { errors: [{ instancePath: `/a\n\u001b${"x".repeat(300)}` }] });
  expect(validatorOf(validate)({})).toEqual([`/a??${"x".repeat(196)} is not valid`]);
});

test("a schema that is none is an error", () => {
  expect(() => compileSchemas({ wrong: { type: "objekt" } })).toThrow(
    "schema is invalid: data/type must be equal to one of the allowed values",
  );
});

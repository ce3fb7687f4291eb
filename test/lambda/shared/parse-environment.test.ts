import { flag, integer, json, optional, renderEnvironment, text } from "../../../lambda/shared/format/environment";
import { EnvironmentError, parseEnvironment } from "../../../lambda/shared/parse-environment";
import { compileSchemas } from "../../../lambda/shared/schema";

interface Limits {
  readonly low: number;
  readonly high: number;
}

const variables = {
  BUCKET: text({ pattern: "^[a-z]+$", rule: "a bucket name" }),
  NOTE: text(),
  PREFIX: optional(text()),
  COUNT: integer({ minimum: 1, maximum: 10 }),
  DRY_RUN: flag(),
  LIMITS: json<Limits>(),
};
const schemas = compileSchemas({
  limits: { type: "object", required: ["low", "high"], properties: { low: {}, high: {} } },
});
const checks = {
  LIMITS: {
    schema: schemas.limits,
    rules: ({ low, high }: Limits) => (low <= high ? [] : [{ path: "a.low", rule: "at most high", value: low }]),
  },
};
const good = { BUCKET: "acme", NOTE: " ", COUNT: "10", DRY_RUN: "false", LIMITS: '{"low":1,"high":2}' };

const problemsOf = (environment: Readonly<Record<string, string | undefined>>): readonly string[] => {
  try {
    parseEnvironment("a-handler", variables, environment, checks);
    return [];
  } catch (error) {
    return error instanceof EnvironmentError ? error.problems : ["another error"];
  }
};

test("the variables become values of their kinds; what is not set is left out", () => {
  const values = parseEnvironment("a-handler", variables, { ...good, OTHER: "x" }, checks);
  expect(values).toEqual({ BUCKET: "acme", NOTE: " ", COUNT: 10, DRY_RUN: false, LIMITS: { low: 1, high: 2 } });
});

test("what the construct renders is what the handler reads", () => {
  const values = { BUCKET: "a", NOTE: "b", PREFIX: "c/", COUNT: 3, DRY_RUN: true, LIMITS: { low: 0, high: 0 } };
  expect(parseEnvironment("a-handler", variables, renderEnvironment(variables, values), checks)).toEqual(values);
});

test("everything that is missing or wrong is one error, without a value", () => {
  const environment = { BUCKET: "ACME-secret", PREFIX: "", COUNT: "11", LIMITS: "{" };
  expect(() => parseEnvironment("a-handler", variables, environment, checks)).toThrow(
    new EnvironmentError("a-handler", [
      "BUCKET must be a bucket name",
      "NOTE must be a text that is not empty",
      "PREFIX must be a text that is not empty",
      "COUNT must be a whole number from 1 to 10",
      "DRY_RUN must be true or false",
      "LIMITS must be a JSON document",
    ]),
  );
});

test("its message is a list", () => {
  expect(new EnvironmentError("a-handler", ["A must be b"]).message).toBe(
    "the environment of a-handler has 1 problem\n  A must be b",
  );
  expect(new EnvironmentError("a-handler", ["A", "B"]).message).toBe(
    "the environment of a-handler has 2 problems\n  A\n  B",
  );
});

test.each([
  ["COUNT", "0", "COUNT must be a whole number from 1 to 10"],
  ["COUNT", "", "COUNT must be a whole number from 1 to 10"],
  ["COUNT", "1.5", "COUNT must be a whole number from 1 to 10"],
  ["COUNT", "1e1", "COUNT must be a whole number from 1 to 10"],
  ["COUNT", "0x5", "COUNT must be a whole number from 1 to 10"],
  ["COUNT", " 5", "COUNT must be a whole number from 1 to 10"],
  ["DRY_RUN", "TRUE", "DRY_RUN must be true or false"],
  ["DRY_RUN", "1", "DRY_RUN must be true or false"],
  ["LIMITS", "{}", "LIMITS must have required property 'low'"],
  ["LIMITS", "1", "LIMITS must be object"],
  ["LIMITS", '{"low":2,"high":1}', "LIMITS/a/low must be at most high"],
])("%s=%s is refused", (name, value, problem) => {
  expect(problemsOf({ ...good, [name]: value })).toContain(problem);
});

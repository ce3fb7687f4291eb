import { App, TerraformStack, TerraformVariable } from "cdktf";
import { useEnvironment } from "../../lib/core/environment";
import { RetentionMode, retentionProblems } from "../../lib/storage/retention";
import { DEV, PROD } from "./clouds/cloud";

function stackIn(environment?: typeof PROD): TerraformStack {
  const stack = new TerraformStack(new App(), "lake");
  if (environment !== undefined) useEnvironment(stack, environment);
  return stack;
}
const problems = (props: object, environment = PROD): readonly string[] =>
  retentionProblems(stackIn(environment), props);

test.each([
  [0, "must be a whole number from 1 to 36500 days, got 0"],
  [1, undefined],
  [36_500, undefined],
  [36_501, "must be a whole number from 1 to 36500 days, got 36501"],
  [1.5, "must be a whole number from 1 to 36500 days, got 1.5"],
  ["30", 'must be a whole number from 1 to 36500 days, got "30"'],
  [undefined, "must be a whole number from 1 to 36500 days, got undefined"],
])("days: %p", (minimumDays, rule) => {
  expect(problems({ retention: { minimumDays } })).toEqual(rule === undefined ? [] : [`retention.minimumDays ${rule}`]);
});

test("days that Terraform alone knows are refused", () => {
  const stack = stackIn();
  const minimumDays = new TerraformVariable(stack, "later", {}).numberValue;
  expect(retentionProblems(stack, { retention: { minimumDays } })).toEqual([
    "retention.minimumDays must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
  ]);
});

test("no retention, one of no shape, and a mode that is none", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ retention: 30 })).toEqual(["retention must be an object, got 30"]);
  expect(problems({ retention: { minimumDays: 1, mode: "legal" } })).toEqual([
    'retention.mode must be one of "governance", "compliance", got "legal"',
  ]);
});

describe("COMPLIANCE", () => {
  const retention = { minimumDays: 30, mode: RetentionMode.COMPLIANCE };

  test("stands where data is kept, declared or not", () => {
    expect(problems({ retention })).toEqual([]);
    expect(retentionProblems(stackIn(), { retention })).toEqual([]);
  });

  test("is refused where the environment allows the removal of data", () => {
    expect(problems({ retention }, DEV)).toEqual([
      'retention.mode must be GOVERNANCE where the environment "dev" allows the removal of data, because nobody can remove what COMPLIANCE keeps, got "compliance"',
    ]);
    expect(problems({ retention: { minimumDays: 30 } }, DEV)).toEqual([]);
  });

  test("is refused with the construct's own key to removing data", () => {
    expect(problems({ retention, dataRemoval: "destroy" })).toEqual([
      'retention.mode must be GOVERNANCE where dataRemoval is "destroy", because nobody can remove what COMPLIANCE keeps, got "compliance"',
    ]);
  });
});

test.each([
  [29, ["lifecycle[1].expireAfterDays must be at least the 30 days of retention.minimumDays, got 29"]],
  [30, []],
])("an expiry after %d days, of 30 that are retained", (expireAfterDays, expected) => {
  const lifecycle = [{ prefix: "raw/", expireAfterDays: 30 }, { expireAfterDays }];
  expect(problems({ retention: { minimumDays: 30 }, lifecycle })).toEqual(expected);
});

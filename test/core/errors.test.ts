import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { assertValid, ConstructValidationError } from "../../lib/core/errors";
import { synthApp } from "../../lib/testing/synth";
import { lines, messageOf } from "../support/messages";

const PROBLEMS = [
  "lifecycle[0].transitions[1].afterDays must be at least 30 days after the transition to COOL at 30, got 45",
  'bucketName must be 3-63 lower-case letters, digits, dots or hyphens, got "Acme_POS"',
];

class Checked extends Construct {
  public constructor(scope: Construct, id: string, problems: readonly string[]) {
    super(scope, id);
    assertValid(this, problems);
  }
}

const made = (id: string, problems: readonly string[]) => () =>
  synthApp((app) => new Checked(new TerraformStack(app, "lake-dev"), id, problems));

test("names the construct and all problems at once", () => {
  expect(messageOf(made("pos", PROBLEMS))).toBe(
    lines("lake-dev/pos has 2 problems", `  ${String(PROBLEMS[0])}`, `  ${String(PROBLEMS[1])}`),
  );
});

test("counts one problem as one", () => {
  expect(messageOf(made("pos", PROBLEMS.slice(1)))).toBe(
    lines("lake-dev/pos has 1 problem", `  ${String(PROBLEMS[1])}`),
  );
});

test("a wrong id is one of the problems", () => {
  expect(messageOf(made("1st", PROBLEMS.slice(1)))).toBe(
    lines(
      "lake-dev/1st has 2 problems",
      '  id must be an id that starts with a letter or an underscore, as Terraform names do, got "1st"',
      `  ${String(PROBLEMS[1])}`,
    ),
  );
});

test("says path and problems to programs too", () => {
  const error = new ConstructValidationError("lake-dev/pos", PROBLEMS);
  expect([error.name, error.constructPath, error.problems]).toEqual([
    "ConstructValidationError",
    "lake-dev/pos",
    PROBLEMS,
  ]);
});

test("lets pass what has no problem", () => {
  expect(made("pos", [])().stackNames).toEqual(["lake-dev"]);
});

import { environmentProblems } from "../../../lib/functions/aws/function-environment";

describe("the variables of a function", () => {
  test("may be any, and hold tokens", () => {
    expect(environmentProblems("environment", { STAGE: "dev", bucket_1: "${TfToken[TOKEN.7]}" })).toEqual([]);
  });

  test.each([
    ["AWS_REGION", 'environment name must be one that Lambda does not keep for itself, got "AWS_REGION"'],
    ["LAMBDA_TASK_ROOT", 'environment name must be one that Lambda does not keep for itself, got "LAMBDA_TASK_ROOT"'],
    ["_HANDLER", 'environment name must be one that Lambda does not keep for itself, got "_HANDLER"'],
    ["1ST", 'environment name must be letters, digits and underscores, beginning with a letter, got "1ST"'],
    ["A", 'environment name must be letters, digits and underscores, beginning with a letter, got "A"'],
    ["A-B", 'environment name must be letters, digits and underscores, beginning with a letter, got "A-B"'],
  ])("fails to be called %s", (name, message) => {
    expect(environmentProblems("environment", { [name]: "x" })).toEqual([message]);
  });

  test("fail to hold anything but texts", () => {
    expect(environmentProblems("environment", { COUNT: 3 as unknown as string })).toEqual([
      "environment.COUNT must be a string, got 3",
    ]);
    expect(environmentProblems("environment", [] as never)).toEqual(["environment must be an object, got []"]);
  });

  test.each([
    [4096, 0],
    [4097, 1],
  ])("of %s bytes are %s problems", (bytes, count) => {
    // a character of three bytes
    const problems = environmentProblems("environment", { AB: `€${"x".repeat(bytes - 5)}` });
    expect(problems).toEqual(
      Array<string>(count).fill("environment must be at most 4096 bytes of names and values together, got 4097"),
    );
  });
});

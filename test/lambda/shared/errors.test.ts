import { DeadlineError, PermanentError, summarizeError } from "../../../lambda/shared/errors";

test("an SDK error is its name, its status and the beginning of its message, masked and on one line", () => {
  const error = Object.assign(new Error(`jane@example.com\n\u001b[31m${"x".repeat(300)}`), {
    name: "ThrottlingException",
    $metadata: { httpStatusCode: 400 },
  });
  expect(summarizeError(error)).toEqual({
    errorName: "ThrottlingException",
    errorStatus: 400,
    errorMessage: `***  [31m${"x".repeat(300)}`.slice(0, 200),
  });
});

test.each([
  [new DeadlineError(), { errorName: "DeadlineError", errorMessage: "not enough time is left in this invocation" }],
  [new PermanentError("a", "b"), { errorName: "PermanentError", errorMessage: "a: b" }],
  ["secret", { errorName: "Unknown", errorMessage: "string" }],
  [undefined, { errorName: "Unknown", errorMessage: "undefined" }],
])("%p is summarised", (error, summary) => {
  expect(summarizeError(error)).toEqual(summary);
});

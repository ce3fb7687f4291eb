import { loopProblems } from "../../../lib/blueprints/retraining-loop/retraining-loop";

const training = { image: "trainer:1" };

describe("what a loop means", () => {
  test("is a training job, and whatever else is said", () => {
    expect(loopProblems({ training })).toEqual([]);
    expect(
      loopProblems({
        training,
        prefix: "labelled/",
        suffix: ".csv",
        startWhen: { bytes: 1, waitMinutes: 5 },
        jobNamePrefix: "demand",
        dryRun: true,
        dataRemoval: "destroy",
        tags: { owner: "demand" },
      }),
    ).toEqual([]);
  });

  test("fails with all problems at once", () => {
    expect(
      loopProblems({
        training: { image: "" },
        prefix: "/labelled",
        suffix: "${TfToken[TOKEN.1]}",
        startWhen: { waitMinutes: 0 },
        jobNamePrefix: "Demand",
        dryRun: "no" as never,
        dataRemoval: "never" as never,
        tags: { "Bad Key": "x" },
      }),
    ).toEqual([
      'training.image must be the URI of an image, 1-255 characters without white space, got ""',
      'prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/labelled"',
      "suffix must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      "startWhen.waitMinutes must be a whole number from 1 to 43200, got 0",
      'jobNamePrefix must be 1-32 lower-case letters, digits or hyphens that begin and end with a letter or digit, got "Demand"',
      'dryRun must be true or false, got "no"',
      'dataRemoval must be one of "keep", "destroy", got "never"',
      'tags must be keyed in camelCase letters and digits, at most 63 characters as in "bad key", got "Bad Key"',
    ]);
  });

  test("fails to be nothing", () => {
    expect(loopProblems(undefined as never)).toEqual(["props must be an object, got undefined"]);
  });
});

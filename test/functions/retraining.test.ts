import fc from "fast-check";
import {
  artifactPrefixes,
  prefixProblems,
  selfTriggerProblems,
  startProblems,
  startVariables,
  type StartWhen,
} from "../../lib/functions/retraining";

describe("when a job starts", () => {
  test("is said in the handler's words, with its defaults", () => {
    expect(startVariables()).toEqual({
      MINIMUM_BYTES: 1_048_576,
      MAXIMUM_WAIT_MINUTES: 60,
      COOL_DOWN_MINUTES: 15,
      MAXIMUM_CONCURRENT_JOBS: 1,
    });
    expect(startVariables({ bytes: 1, waitMinutes: 2, coolDownMinutes: 0, maximumConcurrentJobs: 4 })).toEqual({
      MINIMUM_BYTES: 1,
      MAXIMUM_WAIT_MINUTES: 2,
      COOL_DOWN_MINUTES: 0,
      MAXIMUM_CONCURRENT_JOBS: 4,
    });
  });

  test.each<[StartWhen, readonly string[]]>([
    [{}, []],
    [{ bytes: 1, waitMinutes: 1, coolDownMinutes: 0, maximumConcurrentJobs: 1 }, []],
    [{ waitMinutes: 43_200, coolDownMinutes: 43_200, maximumConcurrentJobs: 1000 }, []],
    [{ bytes: 0 }, ["startWhen.bytes must be a whole number from 1 to 9007199254740991, got 0"]],
    [{ waitMinutes: 43_201 }, ["startWhen.waitMinutes must be a whole number from 1 to 43200, got 43201"]],
    [{ coolDownMinutes: -1 }, ["startWhen.coolDownMinutes must be a whole number from 0 to 43200, got -1"]],
    [
      { maximumConcurrentJobs: 1001 },
      ["startWhen.maximumConcurrentJobs must be a whole number from 1 to 1000, got 1001"],
    ],
    ["soon" as StartWhen, ['startWhen must be an object, got "soon"']],
  ])("%j has the problems %j", (when, problems) => {
    expect(startProblems("startWhen", when)).toEqual(problems);
  });
});

describe("the folders of the output", () => {
  test("are named after the jobs unless told", () => {
    expect(artifactPrefixes("demand", { models: "m/" })).toEqual({
      manifests: "manifests/demand/",
      models: "m/",
      checkpoints: "checkpoints/demand/",
    });
  });

  test.each([
    ["a/", 0],
    [`${"a".repeat(255)}/`, 0],
    [`${"a".repeat(256)}/`, 1],
    ["a", 1],
    ["/a/", 1],
    ["a\u0000/", 1],
    ["", 1],
  ])("may be %j: %s problems", (models, count) => {
    const rule = "prefixes.models must be a key prefix of at most 256 characters that ends with a slash, got ";
    const problems = prefixProblems("prefixes", { models });
    expect(problems.map((one) => one.slice(0, rule.length))).toEqual(Array<string>(count).fill(rule));
  });

  test("fail to be anything but folders", () => {
    expect(prefixProblems("prefixes", [] as never)).toEqual(["prefixes must be an object, got []"]);
  });

  test("fail to lie where new data is watched for", () => {
    expect(
      selfTriggerProblems("prefixes", "labelled/", artifactPrefixes("demand", { models: "labelled/models/" })),
    ).toEqual([
      'prefixes.models must be apart from "labelled/", where new data of the same bucket is watched for, got "labelled/models/"',
    ]);
    expect(selfTriggerProblems("prefixes", "", artifactPrefixes("demand"))).toHaveLength(3);
  });

  test("never take an object that is watched for", () => {
    const prefix = fc.stringMatching(/^([ab]{0,2}\/){0,2}[ab]{0,2}$/);
    const folder = fc.stringMatching(/^([ab]{1,2}\/){1,3}$/);
    fc.assert(
      fc.property(prefix, folder, fc.string(), (watched, models, name) => {
        const problems = selfTriggerProblems("prefixes", watched, { manifests: "z/", models, checkpoints: "z/" });
        const seen = `${models}${name}`.startsWith(watched);
        expect(seen && !problems.some((one) => one.startsWith("prefixes.models"))).toBe(false);
      }),
    );
  });
});

import {
  defaults,
  handlerName,
  jobNamePrefixForm,
  statePartitions,
  variables,
  type RetrainingTriggerEnvironment,
} from "../../../lambda/retraining-trigger/contract";
import { validators } from "../../../lambda/retraining-trigger/validators";
import { environmentBytesLimit, renderEnvironment } from "../../../lambda/shared/format/environment";
import {
  selfTriggerProblems,
  trainingJobDefaults,
  trainingJobProblems,
  type TrainingJobSettings,
} from "../../../lambda/shared/format/training-job";
import { EnvironmentError, parseEnvironment } from "../../../lambda/shared/parse-environment";
import { environment, trainingJob } from "../support/environment";

const checks = { TRAINING_JOB: { schema: validators.trainingJob, rules: trainingJobProblems } };
const parsed = (values: Readonly<Record<string, string | undefined>>): RetrainingTriggerEnvironment =>
  parseEnvironment(handlerName, variables, values, checks);

const full: TrainingJobSettings = {
  ...trainingJob,
  volumeKeyArn: "arn:aws:kms:us-west-2:111122223333:key/1234",
  spot: { maximumWaitSeconds: 7200, checkpointUri: "s3://acme-labels/checkpoints" },
  contentType: "text/csv",
  outputKeyArn: "arn:aws:kms:us-west-2:111122223333:key/5678",
  vpc: { subnetIds: ["subnet-0a", "subnet-0b"], securityGroupIds: ["sg-0a"] },
  hyperParameters: { epochs: "10" },
  tags: { team: "forecast" },
};

test("the handler reads what the construct renders, the defaults included", () => {
  const values = { ...environment, ...defaults, TRAINING_JOB: { ...full, ...trainingJobDefaults } };
  expect(parsed(renderEnvironment(variables, values))).toEqual(values);
});

test("everything set stays far below what a function takes", () => {
  const rendered = renderEnvironment(variables, { ...environment, TRAINING_JOB: full });
  const bytes = Object.entries(rendered).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  expect(bytes).toBeLessThan(environmentBytesLimit / 2);
});

test("without any variable the one error names each with its rule", () => {
  expect(() => parsed({})).toThrow(
    new EnvironmentError("retraining-trigger", [
      "SOURCE_BUCKET must be a bucket name",
      "STATE_TABLE must be a table name",
      "MANIFEST_BUCKET must be a bucket name",
      "MANIFEST_PREFIX must be a key prefix of at most 256 characters that ends with a slash",
      "DEAD_LETTER_QUEUE_URL must be the URL of a queue",
      "JOB_NAME_PREFIX must be 1-32 letters, digits or hyphens that begin and end with a letter or digit",
      "MINIMUM_BYTES must be a whole number from 1 to 9007199254740991",
      "MAXIMUM_WAIT_MINUTES must be a whole number from 1 to 43200",
      "COOL_DOWN_MINUTES must be a whole number from 0 to 43200",
      "MAXIMUM_CONCURRENT_JOBS must be a whole number from 1 to 1000",
      "DRY_RUN must be true or false",
      "TRAINING_JOB must be a JSON document",
    ]),
  );
});

test("with every variable wrong the one error names each with its rule and none with its value", () => {
  const wrong = Object.fromEntries(Object.keys(variables).map((name) => [name, " secret/\n"]));
  expect(() => parsed({ ...wrong, SOURCE_SUFFIX: "" })).toThrow(
    new EnvironmentError("retraining-trigger", [
      "SOURCE_BUCKET must be a bucket name",
      "SOURCE_PREFIX must be a key prefix of at most 256 characters, without a leading slash and control characters",
      "SOURCE_SUFFIX must be a text that is not empty",
      "STATE_TABLE must be a table name",
      "MANIFEST_BUCKET must be a bucket name",
      "MANIFEST_PREFIX must be a key prefix of at most 256 characters that ends with a slash",
      "DEAD_LETTER_QUEUE_URL must be the URL of a queue",
      "JOB_NAME_PREFIX must be 1-32 letters, digits or hyphens that begin and end with a letter or digit",
      "MINIMUM_BYTES must be a whole number from 1 to 9007199254740991",
      "MAXIMUM_WAIT_MINUTES must be a whole number from 1 to 43200",
      "COOL_DOWN_MINUTES must be a whole number from 0 to 43200",
      "MAXIMUM_CONCURRENT_JOBS must be a whole number from 1 to 1000",
      "DRY_RUN must be true or false",
      "TRAINING_JOB must be a JSON document",
    ]),
  );
});

test.each([
  [{ imageUri: "" }, ["/imageUri must NOT have fewer than 1 characters", '/imageUri must match pattern "^\\S+$"']],
  [{ roleArn: "training" }, ['/roleArn must match pattern "^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$"']],
  [{ instanceType: "m5.large" }, ['/instanceType must match pattern "^ml\\.[a-z0-9-]+\\.[a-z0-9-]+$"']],
  [{ instanceCount: 0 }, ["/instanceCount must be >= 1"]],
  [{ volumeGiB: 16_385 }, ["/volumeGiB must be <= 16384"]],
  [{ maximumRuntimeSeconds: 2_592_001 }, ["/maximumRuntimeSeconds must be <= 2592000"]],
  [{ inputMode: "Stream" }, ["/inputMode must be equal to one of the allowed values"]],
  [{ outputUri: "https://x" }, ['/outputUri must match pattern "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$"']],
  [{ vpc: { subnetIds: [], securityGroupIds: ["sg-1"] } }, ["/vpc/subnetIds must NOT have fewer than 1 items"]],
  [{ hyperParameters: { epochs: 3 } }, ["/hyperParameters/epochs must be string"]],
  [{ networkIsolation: undefined }, [" must have required property 'networkIsolation'"]],
  [{ networkisolation: true }, [" must NOT have additional properties"]],
  [
    { spot: { maximumWaitSeconds: 3599, checkpointUri: "s3://acme-labels/checkpoints" } },
    ["/spot/maximumWaitSeconds must be at least maximumRuntimeSeconds (3600)"],
  ],
])("the training job %j is refused", (change, problems) => {
  const values = { ...environment, TRAINING_JOB: { ...trainingJob, ...change } as TrainingJobSettings };
  expect(() => parsed(renderEnvironment(variables, values))).toThrow(
    new EnvironmentError(
      "retraining-trigger",
      problems.map((problem) => `TRAINING_JOB${problem}`),
    ),
  );
});

test.each([
  ["retrain", true],
  ["a", true],
  ["a--b9", true],
  ["x".repeat(32), true],
  ["x".repeat(33), false],
  ["", false],
  ["-a", false],
  ["a-", false],
  ["a_b", false],
  ["ä", false],
])("%p names jobs: %p", (prefix, fits) => {
  expect(new RegExp(jobNamePrefixForm.pattern, "u").test(prefix)).toBe(fits);
});

test("triggers share state only where they share bucket, objects and jobs", () => {
  expect(statePartitions(environment)).toEqual({
    objects: "retraining-trigger#retrain#acme-labels/raw/labelled/#objects",
    pending: "retraining-trigger#retrain#acme-labels/raw/labelled/#pending",
    lock: "retraining-trigger#retrain#acme-labels/raw/labelled/#lock",
  });
  expect(statePartitions({ SOURCE_BUCKET: "acme-labels", JOB_NAME_PREFIX: "retrain" }).lock).toBe(
    "retraining-trigger#retrain#acme-labels/#lock",
  );
});

test("output that would be watched is told place by place", () => {
  const watched = { bucket: "acme-labels", prefix: "" };
  const manifests = { bucket: "acme-manifests", prefix: "manifests/" };
  const apart = "apart from the watched s3://acme-labels/";
  const path = "manifests, models and checkpoints";
  expect(selfTriggerProblems(watched, manifests, full)).toEqual([
    { path, rule: apart, value: "s3://acme-labels/models" },
    { path, rule: apart, value: "s3://acme-labels/checkpoints" },
  ]);
  expect(selfTriggerProblems({ bucket: "acme-labels", prefix: "raw/" }, manifests, full)).toEqual([]);
});

import fc from "../support/properties";
import { decide, isTick, judge, policyOf, survey } from "../../../lambda/retraining-trigger/core";
import { held, isBusy, released, unlocked } from "../../../lambda/retraining-trigger/lock";
import { trainingObject, type TrainingObject } from "../../../lambda/retraining-trigger/training-object";
import type { CreatedObject } from "../../../lambda/shared/format/object-created";
import { environment, trainingJob } from "../support/environment";
import { recorded } from "../support/events";

const spot = { maximumWaitSeconds: 7200, checkpointUri: "s3://acme-labels/raw/labelled/checkpoints" };
const policy = policyOf({ ...environment, TRAINING_JOB: { ...trainingJob, spot } });
const good: CreatedObject = {
  bucket: "acme-labels",
  key: "raw/labelled/a.csv",
  versionId: "v1",
  eTag: "e1",
  sequencer: "0A",
  size: 1,
};

test("the environment becomes a policy in bytes and milliseconds", () => {
  expect(policyOf({ ...environment, SOURCE_PREFIX: undefined, SOURCE_SUFFIX: undefined })).toEqual({
    watched: { bucket: "acme-labels", prefix: "" },
    suffix: "",
    manifests: { bucket: "acme-labels", prefix: "manifests/" },
    written: [
      { bucket: "acme-labels", prefix: "manifests/" },
      { bucket: "acme-labels", prefix: "models" },
    ],
    jobNamePrefix: "retrain",
    minimumBytes: 1_048_576,
    maximumWaitMs: 3_600_000,
    coolDownMs: 900_000,
    maximumConcurrentJobs: 1,
    dryRun: false,
  });
});

describe("an object", () => {
  test.each([
    [{}],
    [{ key: "raw/labelled/.csv" }],
    [{ key: `raw/labelled/${"x".repeat(1024 - 17)}.csv` }],
    [{ size: 5_000_000_000_000 }],
  ])("%j is accepted", (change) => {
    expect(judge({ ...good, ...change }, policy)).toEqual({ kind: "accepted" });
  });

  test.each([
    [{ key: "raw/labelled/", size: 0 }, "folder-marker"],
    [{ key: "raw/labelled/2026_$folder$", size: 0 }, "folder-marker"],
    [{ size: 0 }, "empty-object"],
  ])("%j is ignored as %s", (change, reason) => {
    expect(judge({ ...good, ...change }, policy)).toEqual({ kind: "ignored", reason });
  });

  test.each([
    [{ bucket: "acme-other" }, "foreign-bucket", "the bucket must be acme-labels"],
    [{ key: "other/a.csv" }, "outside-prefix", "the key must begin with raw/labelled/"],
    [{ key: "manifests/a.manifest" }, "outside-prefix", "the key must begin with raw/labelled/"],
    [{ key: "raw/labelled/checkpoints/j/a.csv" }, "own-output", "the key must not be an output"],
    [{ key: "raw/labelled/a.csv.bak" }, "wrong-suffix", "the key must end with .csv"],
    [{ key: "raw/labelled/", size: 1 }, "wrong-suffix", "the key must end with .csv"],
    [{ key: `raw/labelled/${"x".repeat(1008)}.csv` }, "key-too-long", "the key must be at most 1024 bytes"],
    [{ key: `raw/labelled/${"ü".repeat(504)}.csv` }, "key-too-long", "the key must be at most 1024 bytes"],
    [{ key: "raw/labelled/../a.csv" }, "unsafe-key", "the key must be without . and .. segments"],
    [
      { key: "raw/labelled/\u001b[31m.csv" },
      "unsafe-key",
      "the key must be without control characters and unpaired surrogates",
    ],
  ])("%j is refused as %s", (change, reason, detail) => {
    expect(judge({ ...good, ...change }, policy)).toEqual({ kind: "refused", reason, detail });
  });

  test("written where everything is watched is refused, be it manifest or model", () => {
    const everything = policyOf({ ...environment, SOURCE_PREFIX: undefined, SOURCE_SUFFIX: undefined });
    for (const key of ["manifests/retrain-a.manifest", "models/retrain-a/output/model.tar.gz"])
      expect(judge({ ...good, key }, everything)).toMatchObject({ kind: "refused", reason: "own-output" });
    expect(judge({ ...good, key: "models-for-sale.csv" }, everything)).toEqual({ kind: "accepted" });
  });

  test("accepted is exactly what has nothing against it, whatever the key", () => {
    const pieces = fc.array(fc.constantFrom("raw/labelled/", ".csv", "a", "/", "..", "\n", "ü"), { maxLength: 4 });
    const key = fc.tuple(fc.boolean(), pieces, fc.boolean()).map(([inside, middle, suffixed]) => {
      const name = middle.join("");
      return `${inside ? "raw/labelled/" : ""}${name}${suffixed ? ".csv" : ""}`;
    });
    fc.assert(
      fc.property(key, fc.nat(2), fc.constantFrom("acme-labels", "other"), (some, size, bucket) => {
        const watched = /^raw\/labelled\/.*\.csv$/s.test(some) && bucket === "acme-labels";
        const safe = !some.includes("\n") && !/(^|\/)\.{1,2}(\/|$)/.test(some);
        const accepted = judge({ ...good, key: some, size, bucket }, policy).kind === "accepted";
        expect(accepted).toBe(watched && safe && size > 0);
      }),
      { numRuns: 500 },
    );
  });
});

test.each(["scheduled-rule", "scheduler-default", "scheduler-tick"])("%s is a tick", (name) => {
  expect(isTick(recorded(name))).toBe(true);
});

test.each([
  [recorded("s3-notification")],
  [recorded("eventbridge-object-created")],
  [{ source: "aws.events", "detail-type": "EC2 Instance State-change Notification" }],
  [null],
  ["cloud-conductor.tick"],
  [[]],
])("event %# is no tick", (event) => {
  expect(isTick(event)).toBe(false);
});

const objectOf = (size: number, waitingSince: number): TrainingObject => ({
  ...trainingObject({ ...good, key: `k${waitingSince}`, size }, waitingSince),
});

describe("what waits", () => {
  async function* waiting(count: number, size: number, read: { pages: number }): AsyncIterable<TrainingObject> {
    for (let index = 0; index < count; index += 1) {
      read.pages += 1;
      yield await Promise.resolve(objectOf(size, index));
    }
  }

  test.each([
    ["nothing", 0, 10, 100, { objects: 0, bytes: 0, read: 0 }],
    ["too little", 3, 10, 100, { objects: 3, bytes: 30, read: 3 }],
    ["enough", 30, 10, 100, { objects: 30, bytes: 300, read: 30 }],
    ["a job of the largest size", 1000, 1, 100, { objects: 1000, bytes: 1000, read: 1000 }],
    ["more than a job takes", 5000, 1, 100, { objects: 1000, bytes: 1000, read: 1000 }],
    ["more than a job takes, but little", 5000, 1, 2000, { objects: 1000, bytes: 2000, read: 2000 }],
  ])("%s is read no further than needed", async (_, count, size, minimum, expected) => {
    const read = { pages: 0 };
    const found = await survey(waiting(count, size, read), minimum);
    expect({ objects: found.objects.length, bytes: found.bytes, read: read.pages }).toEqual(expected);
    expect(found.objects.map(({ waitingSince }) => waitingSince)).toEqual(
      Array.from({ length: expected.objects }, (__, index) => index),
    );
  });
});

describe("the decision", () => {
  const now = 10_000_000;
  const [minimum, wait] = [policy.minimumBytes, policy.maximumWaitMs];

  test.each([
    ["nothing waits", [], 0, 0, "idle"],
    ["nothing waits in the cool-down", [], 0, now + 1, "idle"],
    ["one byte too few", [objectOf(minimum - 1, now)], minimum - 1, 0, "below-minimum"],
    ["exactly enough", [objectOf(minimum, now)], minimum, 0, "start"],
    ["too few, one millisecond too young", [objectOf(1, now - wait + 1)], 1, 0, "below-minimum"],
    ["too few, but old enough", [objectOf(1, now - wait)], 1, 0, "start"],
    ["enough, in the cool-down", [objectOf(minimum, now)], minimum, now + 1, "cool-down"],
    ["enough, the cool-down just over", [objectOf(minimum, now)], minimum, now, "start"],
    ["too few, in the cool-down", [objectOf(1, now)], 1, now + 1, "cool-down"],
  ])("%s", (_, objects, bytes, coolDownUntil, expected) => {
    expect(decide({ revision: 1, coolDownUntil }, { objects, bytes }, policy, now)).toBe(expected);
  });

  test("never starts without objects or inside the cool-down, always once both bytes and time allow", () => {
    const inputs = fc.record({
      bytes: fc.nat(3 * minimum),
      age: fc.nat(3 * wait),
      rest: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(inputs, ({ bytes, age, rest }) => {
        const lock = { revision: 1, coolDownUntil: now + rest };
        const decision = decide(lock, { objects: [objectOf(bytes, now - age)], bytes }, policy, now);
        expect(decision === "start").toBe(rest <= 0 && (bytes >= minimum || age >= wait));
        expect(decide(lock, { objects: [], bytes: 0 }, policy, now)).toBe("idle");
      }),
    );
  });
});

describe("the lock", () => {
  const plan = { jobName: "j", objects: [], phase: "planned", owner: "me", leaseUntil: 100 } as const;

  test("every change is a new revision", () => {
    const mine = held(unlocked, plan);
    expect(mine).toEqual({ revision: 1, coolDownUntil: 0, plan });
    expect(released(mine, 7)).toEqual({ revision: 2, coolDownUntil: 7 });
  });

  test.each([
    ["another one's, until its lease is over", "you", 99, true],
    ["another one's lease that is over", "you", 100, false],
    ["my own, delivered again", "me", 99, false],
  ])("%s", (_, owner, now, busy) => {
    expect(isBusy(plan, owner, now)).toBe(busy);
  });
});

import fc, { anyText } from "../support/properties";
import { jobName, manifestKey, manifestOf, planJob } from "../../../lambda/retraining-trigger/job-plan";
import { digest, trainingObject, type TrainingObject } from "../../../lambda/retraining-trigger/training-object";

const watched = { bucket: "acme-labels", prefix: "raw/labelled/" };
const objectOf = (key: string, versionId = "v1", now = 1): TrainingObject =>
  trainingObject({ bucket: watched.bucket, key, versionId, eTag: "e", sequencer: "0A", size: 1 }, now);

const named = (prefix: string, watchedPrefix: string, bucket = "acme-labels"): string =>
  jobName(prefix, { bucket, prefix: watchedPrefix }, [objectOf("a")]);

test("of one object: prefix, data set, twelve digits over bucket, key and version", () => {
  const hash = digest(["acme-labels", "raw/labelled/a.csv", "v1"]).slice(0, 12);
  expect(jobName("retrain", watched, [objectOf("raw/labelled/a.csv")])).toBe(`retrain-labelled-${hash}`);
});

test("of many objects: over all of them in the order of their keys, however they came", () => {
  const [a, b, c] = [objectOf("a"), objectOf("b"), objectOf("c")];
  const hash = digest(["acme-labels", "a", "v1", "acme-labels", "b", "v1", "acme-labels", "c", "v1"]).slice(0, 12);
  expect(jobName("retrain", watched, [c, a, b])).toBe(`retrain-labelled-${hash}`);
  expect(jobName("retrain", watched, [a, b, objectOf("c", "v2")])).not.toContain(hash);
});

test.each([
  ["retrain", "raw/Labelled Data_2026/", "retrain-labelled-data-2026-"],
  ["retrain", "raw/labelled", "retrain-labelled-"],
  ["retrain", "raw/--/", "retrain-raw-"],
  ["retrain", "", "retrain-acme-labels-"],
  ["retrain", "データ/", "retrain-acme-labels-"],
  ["retrain", "Zürich/", "retrain-zu-rich-"],
  ["retrain", `${"x".repeat(29)}--y/`, `retrain-${"x".repeat(29)}-`],
  ["p".repeat(32), `${"x".repeat(40)}/`, `${"p".repeat(32)}-${"x".repeat(17)}-`],
])("prefix %p watching %p: %p", (prefix, watchedPrefix, beginning) => {
  const name = named(prefix, watchedPrefix);
  expect(name.slice(0, -12)).toBe(beginning);
});

test("every name is one that SageMaker takes, and the same each time", () => {
  const prefix = fc.stringMatching(/^[a-zA-Z0-9](-{0,2}[a-zA-Z0-9]){0,31}$/).filter((text) => text.length <= 32);
  const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(prefix, fc.string(), keys, (name, watchedPrefix, some) => {
      const place = { bucket: "acme-labels", prefix: watchedPrefix };
      const objects = some.map((key) => objectOf(key));
      const result = jobName(name, place, objects);
      expect(result).toMatch(/^(?=.{1,63}$)[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
      expect(result.startsWith(`${name}-`)).toBe(true);
      expect(jobName(name, place, objects.toReversed())).toBe(result);
    }),
  );
});

test("a plan keeps the order of waiting and says no keys", () => {
  const objects = [objectOf("raw/labelled/b.csv", "v1", 1), objectOf("raw/labelled/a.csv", "v1", 2)];
  const plan = planJob("retrain", watched, objects);
  expect(plan).toEqual({
    jobName: jobName("retrain", watched, objects),
    objects: objects.map(({ objectId, identity, waitingSince }) => ({ objectId, identity, waitingSince })),
  });
  expect(manifestKey({ bucket: "b", prefix: "manifests/" }, plan)).toBe(`manifests/${plan.jobName}.manifest`);
});

test.each([
  ["raw/labelled/", ["raw/labelled/b +%.csv", "raw/labelled/ü/a.csv"], "raw/labelled/", ["b +%.csv", "ü/a.csv"]],
  ["raw", ["raw", "raw-old/a"], "", ["raw", "raw-old/a"]],
  ["raw/lab", ["raw/labelled", "raw/lab"], "raw/", ["lab", "labelled"]],
  ["", ["b", "a"], "", ["a", "b"]],
])("the manifest below %p names exactly %p", (prefix, keys, folder, entries) => {
  expect(JSON.parse(manifestOf({ bucket: "acme-labels", prefix }, keys))).toEqual([
    { prefix: `s3://acme-labels/${folder}` },
    ...entries,
  ]);
});

test("every entry of a manifest, put behind its prefix, is a key; the order of arrival leaves no trace", () => {
  const prefix = anyText();
  const names = fc.uniqueArray(anyText(1), { minLength: 1 });
  fc.assert(
    fc.property(prefix, names, (watchedPrefix, some) => {
      const keys = some.map((name) => watchedPrefix + name);
      const text = manifestOf({ bucket: "b", prefix: watchedPrefix }, keys);
      const [first, ...entries] = JSON.parse(text) as [{ readonly prefix: string }, ...string[]];
      expect(entries).not.toContain("");
      expect(new Set(entries.map((entry) => first.prefix + entry))).toEqual(
        new Set(keys.map((key) => `s3://b/${key}`)),
      );
      expect(manifestOf({ bucket: "b", prefix: watchedPrefix }, keys.toReversed())).toBe(text);
    }),
  );
});

import { createHash } from "node:crypto";
import fc from "../support/properties";
import { digest, succession, trainingObject } from "../../../lambda/retraining-trigger/training-object";
import type { CreatedObject } from "../../../lambda/shared/format/object-created";

const created: CreatedObject = {
  bucket: "acme-labels",
  key: "raw/a.csv",
  versionId: "v1",
  eTag: "e1",
  sequencer: "0A",
  size: 7,
};
const hex = (...texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);

test("an object is known by bucket and key, its version by the version id", () => {
  expect(trainingObject(created, 5)).toEqual({
    objectId: hex("acme-labels", "raw/a.csv"),
    identity: hex("acme-labels", "raw/a.csv", "v1"),
    key: "raw/a.csv",
    revision: "v1",
    sequencer: "0A",
    size: 7,
    waitingSince: 5,
  });
});

test("without a version id, eTag and sequencer tell versions apart", () => {
  const unversioned = { ...created, versionId: undefined };
  expect(trainingObject(unversioned, 5).revision).toBe("e1:0A");
  expect(trainingObject({ ...unversioned, sequencer: "0B" }, 5).revision).toBe("e1:0B");
});

test("no two lists of texts have one digest", () => {
  const texts = fc.array(fc.string(), { maxLength: 3 });
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect(digest(one) === digest(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
  expect(digest(["a", "bc"])).not.toBe(digest(["ab", "c"]));
});

const waiting = { identity: trainingObject(created, 5).identity, sequencer: "0A", waitingSince: 5 };
const taken = { identity: waiting.identity, sequencer: "0A" };
const version = (versionId: string, sequencer: string) => trainingObject({ ...created, versionId, sequencer }, 9);

test.each([
  ["the same version, while it waits", waiting, version("v1", "0A"), "duplicate"],
  ["the same version, after its job", taken, version("v1", "0A"), "duplicate"],
  ["an older version, while a newer one waits", waiting, version("v0", "09"), "stale"],
  ["an older version, after a newer one's job", taken, version("v0", "09"), "stale"],
  [
    "a newer version takes the older one's place",
    waiting,
    version("v2", "0B"),
    { ...version("v2", "0B"), waitingSince: 5 },
  ],
  ["a newer version after the older one's job", taken, version("v2", "0B"), version("v2", "0B")],
  ["another version of the same sequencer", waiting, version("v2", "0A"), { ...version("v2", "0A"), waitingSince: 5 }],
])("%s", (_, known, object, expected) => {
  expect(succession(known, object)).toEqual(expected);
});

import { abortProblems, noncurrentProblems, type VersionLimits } from "../../lib/storage/noncurrent";
import { StorageTier, tierName, TIERS } from "../../lib/storage/tier";

const ALL: VersionLimits = {
  cloud: "Everywhere",
  tiers: Object.fromEntries(TIERS.map((tier) => [tier, tierName(tier)])),
};
const THREE_TIERS: VersionLimits = {
  cloud: "Nowhere",
  tiers: { hot: "h", cool: "c", archive: "a" },
  keepNewestRefused: "left out as well",
};

describe("versions", () => {
  test.each([
    [0, 1],
    [1, 0],
    [99_999, 0],
    [100_000, 1],
  ])("of versions and of uploads: %d", (days, count) => {
    expect(noncurrentProblems({ expireAfterDays: days }, ALL)).toHaveLength(count);
    expect(abortProblems(days)).toHaveLength(count);
  });

  test("go through tiers in the order and with the waits of objects, and end after the last one", () => {
    const transitions = [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.ARCHIVE, afterDays: 45 },
    ];
    expect(noncurrentProblems({ transitions, expireAfterDays: 45 }, ALL)).toEqual([
      "noncurrentVersions.transitions[1].afterDays must be at least 30 days after the transition to COOL at 30, got 45",
      "noncurrentVersions.expireAfterDays must be more than the 45 days of the transition to ARCHIVE, got 45",
    ]);
    expect(noncurrentProblems({ transitions: transitions.slice(0, 1), expireAfterDays: 31 }, ALL)).toEqual([]);
  });

  test("end after 90 days where nothing is said, which is held against their tiers", () => {
    const archivedAt = (afterDays: number): readonly string[] =>
      noncurrentProblems({ transitions: [{ tier: StorageTier.ARCHIVE, afterDays }] }, ALL);
    expect(archivedAt(89)).toEqual([]);
    expect(archivedAt(90)).toEqual([
      "noncurrentVersions.expireAfterDays must be more than the 90 days of the transition to ARCHIVE, got 90",
    ]);
  });

  test("know no tier that the cloud does not have, and no number to keep where it counts none", () => {
    expect(
      noncurrentProblems({ transitions: [{ tier: StorageTier.COLD, afterDays: 1 }], keepNewest: 3 }, THREE_TIERS),
    ).toEqual([
      'noncurrentVersions.transitions[0].tier must be a tier of Nowhere, which has no COLD (the nearest is COOL), got "cold"',
      "noncurrentVersions.keepNewest must be left out as well, got 3",
    ]);
  });

  test.each([
    [0, 1],
    [1, 0],
    [100, 0],
    [101, 1],
  ])("stay by number: %d", (keepNewest, count) => {
    expect(noncurrentProblems({ keepNewest }, ALL)).toEqual(
      count === 0
        ? []
        : [`noncurrentVersions.keepNewest must be a whole number from 1 to 100 versions, got ${String(keepNewest)}`],
    );
  });
});

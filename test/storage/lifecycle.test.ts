import fc from "fast-check";
import { lifecycleProblems, type LifecycleLimits, type LifecycleRule } from "../../lib/storage/lifecycle";
import type { LifecycleFilter } from "../../lib/storage/lifecycle-filter";
import { StorageTier, tierName, TIERS } from "../../lib/storage/tier";

const ALL: LifecycleLimits = {
  cloud: "Everywhere",
  tiers: Object.fromEntries(TIERS.map((tier) => [tier, tierName(tier)])),
  ruleIds: { pattern: /^[a-z_]{1,20}$/, rule: "1-20 lower-case letters or underscores" },
  maximumRules: 3,
  source: "none",
};
const THREE_TIERS: LifecycleLimits = {
  ...ALL,
  cloud: "Nowhere",
  tiers: { hot: "h", cool: "c", archive: "a" },
  rulePerAction: true,
  ruleIds: undefined,
  tagsRefused: "left out there",
  sizesRefused: "left out there too",
};

const moves = (...steps: readonly (readonly [StorageTier, number])[]): LifecycleRule => ({
  transitions: steps.map(([tier, afterDays]) => ({ tier, afterDays })),
});
const problems = (...rules: readonly LifecycleRule[]): readonly string[] => lifecycleProblems(rules, ALL);

describe("days", () => {
  test.each([
    [StorageTier.COOL, 29, "from 30 to 99999 days, got 29"],
    [StorageTier.COOL, 30, undefined],
    [StorageTier.COLD, -1, "from 0 to 99999 days, got -1"],
    [StorageTier.COLD, 0, undefined],
    [StorageTier.ARCHIVE, 99_999, undefined],
    [StorageTier.ARCHIVE, 100_000, "from 0 to 99999 days, got 100000"],
    [StorageTier.DEEP_ARCHIVE, 0.5, "from 0 to 99999 days, got 0.5"],
  ])("until %s: %d", (tier, days, rule) => {
    const expected = rule === undefined ? [] : [`lifecycle[0].transitions[0].afterDays must be a whole number ${rule}`];
    expect(problems(moves([tier, days]))).toEqual(expected);
  });

  test.each([
    [59, "at least 30 days after the transition to COOL at 30, got 59"],
    [60, undefined],
  ])("in COOL before the next tier: until %d", (days, rule) => {
    const expected = rule === undefined ? [] : [`lifecycle[0].transitions[1].afterDays must be ${rule}`];
    expect(problems(moves([StorageTier.COOL, 30], [StorageTier.ARCHIVE, days]))).toEqual(expected);
  });

  test.each([
    [10, "at least 1 day after the transition to COLD at 10, got 10"],
    [11, undefined],
  ])("in other tiers before the next one: until %d", (days, rule) => {
    const expected = rule === undefined ? [] : [`lifecycle[0].transitions[1].afterDays must be ${rule}`];
    expect(problems(moves([StorageTier.COLD, 10], [StorageTier.ARCHIVE, days]))).toEqual(expected);
  });

  test.each([
    [90, "more than the 90 days of the transition to ARCHIVE, got 90"],
    [91, undefined],
  ])("until the end: %d", (expireAfterDays, rule) => {
    const expected = rule === undefined ? [] : [`lifecycle[0].expireAfterDays must be ${rule}`];
    expect(problems({ ...moves([StorageTier.ARCHIVE, 90]), expireAfterDays })).toEqual(expected);
  });
});

describe("tiers", () => {
  test("get colder with every step", () => {
    expect(problems(moves([StorageTier.ARCHIVE, 30], [StorageTier.COLD, 90]))).toEqual([
      'lifecycle[0].transitions[1].tier must be colder than ARCHIVE, got "cold"',
    ]);
    expect(problems(moves([StorageTier.COLD, 30], [StorageTier.COLD, 90]))).toEqual([
      'lifecycle[0].transitions[1].tier must be colder than COLD, got "cold"',
    ]);
  });

  test("begin below HOT", () => {
    expect(problems(moves([StorageTier.HOT, 30]))).toEqual([
      'lifecycle[0].transitions[0].tier must be colder than HOT, where every object starts, got "hot"',
    ]);
  });

  test("that a cloud does not have are refused with the nearest one above", () => {
    const rules = [moves([StorageTier.COLD, 30]), moves([StorageTier.DEEP_ARCHIVE, 30])];
    expect(lifecycleProblems(rules, THREE_TIERS)).toEqual([
      'lifecycle[0].transitions[0].tier must be a tier of Nowhere, which has no COLD (the nearest is COOL), got "cold"',
      'lifecycle[1].transitions[0].tier must be a tier of Nowhere, which has no DEEP_ARCHIVE (the nearest is ARCHIVE), got "deep-archive"',
    ]);
  });
});

describe("rules", () => {
  test("of one prefix stand alone", () => {
    const raw = { prefix: "raw/", expireAfterDays: 1 };
    expect(problems(raw, { expireAfterDays: 1 }, raw)).toEqual([
      'lifecycle[2] must be the only rule of its prefix, tags and sizes, got "raw/"',
    ]);
  });

  test("do something", () => {
    expect(problems({ prefix: "raw/" })).toEqual([
      'lifecycle[0] must be a rule with transitions or expireAfterDays, got {"prefix":"raw/"}',
    ]);
  });

  test("are no more than the cloud takes", () => {
    const rules = ["a/", "b/", "c/", "d/"].map((prefix) => ({ prefix, expireAfterDays: 1 }));
    expect(problems(...rules.slice(1))).toEqual([]);
    expect(problems(...rules)).toEqual(["lifecycle must be at most 3 rules on Everywhere, got 4"]);
  });

  test("count by their actions where each action is a rule", () => {
    const rules = [{ ...moves([StorageTier.COOL, 30], [StorageTier.ARCHIVE, 60]), expireAfterDays: 90 }];
    expect(lifecycleProblems(rules, THREE_TIERS)).toEqual([]);
    expect(lifecycleProblems([...rules, { prefix: "b/", expireAfterDays: 1 }], THREE_TIERS)).toEqual([
      "lifecycle must be at most 3 transitions and expirations together on Nowhere, got 4",
    ]);
    expect(lifecycleProblems(rules, THREE_TIERS, 1)).toEqual([
      "lifecycle must be at most 3 transitions and expirations together on Nowhere, got 4",
    ]);
    expect(lifecycleProblems(rules, ALL, 4)).toEqual([]);
  });

  test("none is fine", () => {
    expect(lifecycleProblems(undefined, ALL)).toEqual([]);
    expect(lifecycleProblems([], ALL)).toEqual([]);
  });
});

describe("a filter", () => {
  const lettered = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${String(index)}`, ""]));
  const rule = (filter: LifecycleFilter): LifecycleRule => ({ ...filter, expireAfterDays: 1 });

  test.each<readonly [string, object, string | undefined]>([
    ["no tags", { tags: {} }, "tags must be 1 to 10 tags, got 0"],
    ["ten tags", { tags: lettered(10) }, undefined],
    ["eleven tags", { tags: lettered(11) }, "tags must be 1 to 10 tags, got 11"],
    ["a list of tags", { tags: ["hot"] }, 'tags must be an object, got ["hot"]'],
    ["a tag of a key that is long enough", { tags: { ["k".repeat(128)]: "v".repeat(256) } }, undefined],
    [
      "a tag without a key",
      { tags: { "": "hot" } },
      'tags. must be a tag whose key is 1-128 letters, digits, spaces or any of +-.:/=_, got ""',
    ],
    [
      "a tag of other characters",
      { tags: { tier: "hot?" } },
      'tags.tier must be at most 256 letters, digits, spaces or any of +-.:/=_, got "hot?"',
    ],
    [
      "a tag that is a number",
      { tags: { tier: 1 } },
      "tags.tier must be at most 256 letters, digits, spaces or any of +-.:/=_, got 1",
    ],
    ["a size from one byte on", { minimumSizeBytes: 1 }, undefined],
    [
      "a size from nothing on",
      { minimumSizeBytes: 0 },
      "minimumSizeBytes must be a whole number from 1 to 9007199254740990 bytes, got 0",
    ],
    [
      "half a byte",
      { maximumSizeBytes: 0.5 },
      "maximumSizeBytes must be a whole number from 1 to 9007199254740990 bytes, got 0.5",
    ],
    ["one size", { minimumSizeBytes: 8, maximumSizeBytes: 8 }, undefined],
    [
      "sizes the wrong way round",
      { minimumSizeBytes: 8, maximumSizeBytes: 7 },
      "maximumSizeBytes must be at least the 8 bytes of minimumSizeBytes, got 7",
    ],
  ])("of %s", (_, filter, message) => {
    expect(problems(rule(filter as LifecycleFilter))).toEqual(message === undefined ? [] : [`lifecycle[0].${message}`]);
  });

  test("is refused where the cloud cannot tell objects so, in its words", () => {
    const rules = [{ id: "own", tags: { tier: "hot" }, minimumSizeBytes: 1, maximumSizeBytes: 2, expireAfterDays: 1 }];
    expect(lifecycleProblems(rules, THREE_TIERS)).toEqual([
      'lifecycle[0].id must be left out on Nowhere, whose rules have no names, got "own"',
      'lifecycle[0].tags must be left out there, got {"tier":"hot"}',
      "lifecycle[0].minimumSizeBytes must be left out there too, got 1",
      "lifecycle[0].maximumSizeBytes must be left out there too, got 2",
    ]);
  });

  test("tells rules of one prefix apart, whatever the order of its tags", () => {
    const tags = { class: "training", tier: "hot" };
    const same = { tier: "hot", class: "training" };
    expect(problems(rule({ prefix: "raw/" }), rule({ prefix: "raw/", tags }))).toEqual([]);
    expect(problems(rule({ prefix: "raw/", tags }), rule({ prefix: "raw/", tags: same }))).toEqual([
      `lifecycle[1] must be the only rule of its prefix, tags and sizes, got ${JSON.stringify(
        '{"prefix":"raw/","tags":[["class","training"],["tier","hot"]]}',
      )}`,
    ]);
  });
});

describe("an own id", () => {
  const named = (id: string, prefix?: string): LifecycleRule => ({ id, prefix, expireAfterDays: 1 });

  test("is one that the cloud takes, and not the library's", () => {
    expect(problems(named("archive_rule"), named("Raw!", "raw/"), named("housekeeping", "old/"))).toEqual([
      'lifecycle[1].id must be 1-20 lower-case letters or underscores, other than housekeeping, got "Raw!"',
      'lifecycle[2].id must be 1-20 lower-case letters or underscores, other than housekeeping, got "housekeeping"',
    ]);
  });

  test("is no other rule's, the derived ones among them", () => {
    expect(problems({ prefix: "raw/", expireAfterDays: 1 }, named("raw", "old/"))).toEqual([
      'lifecycle[1] must be a rule with an id of its own, got "raw"',
    ]);
  });
});

describe("properties", () => {
  const tier = fc.constantFrom(...TIERS);
  const step = fc.record({ tier, afterDays: fc.integer({ min: -5, max: 200 }) });

  test("what is accepted gets colder, waits long enough and ends after its last step", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 4 }),
        fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
        (transitions, expireAfterDays) => {
          if (problems({ transitions, expireAfterDays }).length > 0) return;
          for (const [index, next] of transitions.entries()) {
            const last = transitions[index - 1];
            if (last === undefined) continue;
            expect(TIERS.indexOf(next.tier)).toBeGreaterThan(TIERS.indexOf(last.tier));
            expect(next.afterDays - last.afterDays).toBeGreaterThanOrEqual(last.tier === StorageTier.COOL ? 30 : 1);
          }
          expect(expireAfterDays ?? Infinity).toBeGreaterThan(transitions.at(-1)?.afterDays ?? 0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a rule in the common order with long waits is accepted", () => {
    fc.assert(
      fc.property(
        fc.subarray([...TIERS.slice(1)], { minLength: 1 }),
        fc.integer({ min: 30, max: 100 }),
        (tiers, wait) => {
          const transitions = tiers.map((one, index) => ({ tier: one, afterDays: wait * (index + 1) }));
          expect(problems({ transitions, expireAfterDays: wait * 10 })).toEqual([]);
        },
      ),
    );
  });
});

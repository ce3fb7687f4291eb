import fc from "fast-check";
import {
  abortProblems,
  lifecycleProblems,
  noncurrentProblems,
  ruleName,
  type LifecycleLimits,
  type LifecycleRule,
} from "../../lib/storage/lifecycle";
import { StorageTier, tierName, TIERS } from "../../lib/storage/tier";

const ALL: LifecycleLimits = {
  cloud: "Everywhere",
  tiers: Object.fromEntries(TIERS.map((tier) => [tier, tierName(tier)])),
  maximumRules: 3,
  source: "none",
};
const THREE_TIERS: LifecycleLimits = {
  ...ALL,
  cloud: "Nowhere",
  tiers: { hot: "h", cool: "c", archive: "a" },
  rulePerAction: true,
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

  test.each([
    [0, 1],
    [1, 0],
    [99_999, 0],
    [100_000, 1],
  ])("of versions and of uploads: %d", (days, count) => {
    expect(noncurrentProblems({ expireAfterDays: days })).toHaveLength(count);
    expect(abortProblems(days)).toHaveLength(count);
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
      'lifecycle[2] must be the only rule of its prefix, got "raw/"',
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
  });

  test("none is fine", () => {
    expect(lifecycleProblems(undefined, ALL)).toEqual([]);
    expect(lifecycleProblems([], ALL)).toEqual([]);
  });
});

describe("the name of a rule", () => {
  test.each([
    [undefined, "all"],
    ["", "all"],
    ["raw/", "raw"],
    ["raw", "raw-d7439bee"],
    ["raw/pos/", "raw-pos-f9c42a1e"],
    ["all/", "all-0060ea84"],
    ["housekeeping/", "housekeeping-1e1b7cdd"],
    ["raw-d7439bee/", "raw-d7439bee-e61970be"],
    ["/", "8a5edab2"],
    ["été/", "t-4521dfad"],
    [`${"long-".repeat(9)}/`, "long-long-long-long-long-long-long-long-7d0a3bf1"],
  ])("of the prefix %p is %s", (prefix, name) => {
    expect(ruleName({ prefix })).toBe(name);
  });

  test("is one of its own for every prefix, of letters, digits and single hyphens", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: "grapheme" }), fc.string({ maxLength: 200 }), (one, other) => {
        const names = [ruleName({ prefix: one }), ruleName({ prefix: other })];
        expect(names[0] === names[1]).toBe(one === other);
        for (const name of names) {
          expect(name).toMatch(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(49);
        }
      }),
    );
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

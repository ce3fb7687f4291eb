import fc from "fast-check";
import {
  copiedPrefixes,
  overlap,
  overlapProblems,
  placedPrefixes,
  prefixProblems,
} from "../../lib/replication/prefixes";

fc.configureGlobal({ seed: 20_260_301 });

test("without prefixes the whole bucket is copied", () => {
  expect([copiedPrefixes({}), copiedPrefixes({ prefixes: ["raw/", "clean/"] })]).toEqual([[""], ["raw/", "clean/"]]);
});

test.each([
  ["raw/", "raw/", true],
  ["raw/", "raw/pos/", true],
  ["raw/pos/", "raw/", true],
  ["", "raw/", true],
  ["raw/", "clean/", false],
  ["raw/", "rawer/", false],
  ["raw", "rawer/", true],
])("%p and %p overlap: %p", (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
});

test("prefixes overlap exactly when some key has both", () => {
  const prefixes = fc.stringMatching(/^[ab/]{0,4}$/);
  fc.assert(
    fc.property(prefixes, prefixes, fc.stringMatching(/^[ab/]{0,8}$/), (one, other, rest) => {
      const keys = [one + rest, other + rest, one + other, other + one, one, other];
      expect(overlap(one, other)).toBe(keys.some((key) => key.startsWith(one) && key.startsWith(other)));
    }),
    { numRuns: 500 },
  );
});

test("each prefix knows where it was said", () => {
  expect(placedPrefixes("destinations[1]", { prefixes: ["raw/", "clean/"] })).toEqual([
    { path: "destinations[1].prefixes[0]", prefix: "raw/" },
    { path: "destinations[1].prefixes[1]", prefix: "clean/" },
  ]);
  expect(placedPrefixes("destinations[1]", {})).toEqual([{ path: "destinations[1]", prefix: "" }]);
});

test("prefixes apart have no problem", () => {
  expect(prefixProblems("copy", { prefixes: ["raw/", "clean/", "rawer/"] })).toEqual([]);
  expect(prefixProblems("copy", {})).toEqual([]);
});

describe("fails on", () => {
  const RULE = "a key prefix of at most 1024 bytes, without a leading slash or control characters";

  test.each([
    ["raw/", 'copy.prefixes must be a literal list, got "raw/"'],
    [[], "copy.prefixes must be at least one prefix, or left out for the whole bucket, got []"],
    [["raw/", "/clean"], `copy.prefixes[1] must be ${RULE}, got "/clean"`],
    [[3], `copy.prefixes[0] must be ${RULE}, got 3`],
    [
      ["raw/", "clean/", "raw/pos/"],
      'copy.prefixes[2] must be apart from "raw/" of copy.prefixes[0], which goes to the same place, got "raw/pos/"',
    ],
    [
      ["raw/", "raw/"],
      'copy.prefixes[1] must be apart from "raw/" of copy.prefixes[0], which goes to the same place, got "raw/"',
    ],
    [
      ["raw/", ""],
      'copy.prefixes[1] must be apart from "raw/" of copy.prefixes[0], which goes to the same place, got ""',
    ],
  ])("%p", (prefixes, problem) => {
    expect(prefixProblems("copy", { prefixes: prefixes as string[] })).toEqual([problem]);
  });

  test("a whole bucket besides a part of it", () => {
    const placed = [
      ...placedPrefixes("destinations[0]", {}),
      ...placedPrefixes("destinations[1]", { prefixes: ["raw/"] }),
    ];
    expect(overlapProblems(placed)).toEqual([
      'destinations[1].prefixes[0] must be apart from "" of destinations[0], which goes to the same place, got "raw/"',
    ]);
  });
});

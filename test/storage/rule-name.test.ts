import fc from "fast-check";
import type { LifecycleRule } from "../../lib/storage/lifecycle";
import { filterKey } from "../../lib/storage/lifecycle-filter";
import { ruleName } from "../../lib/storage/rule-name";

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

  test.each<readonly [LifecycleRule, string]>([
    [{ id: "archive-rule", prefix: "raw/" }, "archive-rule"],
    [{ tags: { class: "training" } }, "class-training-91639236"],
    [{ prefix: "raw/", tags: { tier: "hot", class: "training" } }, "raw-class-training-tier-hot-a98b5791"],
    [{ minimumSizeBytes: 131_072 }, "from-131072-bytes-c0dc1ad7"],
    [{ prefix: "raw/", maximumSizeBytes: 9 }, "raw-to-9-bytes-e8ac98a7"],
  ])("of %p is %s", (rule, name) => {
    expect(ruleName(rule)).toBe(name);
  });

  test("tells tags with a sign of equality apart", () => {
    expect(ruleName({ tags: { "a=b": "c" } })).not.toBe(ruleName({ tags: { a: "b=c" } }));
  });

  test("is one of its own for every filter", () => {
    const tags = fc.dictionary(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), { maxKeys: 2 });
    const filter = fc.record(
      { prefix: fc.string({ maxLength: 9 }), tags, minimumSizeBytes: fc.nat(3), maximumSizeBytes: fc.nat(3) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filter, filter, (one, other) => {
        expect(ruleName(one) === ruleName(other)).toBe(filterKey(one) === filterKey(other));
      }),
    );
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

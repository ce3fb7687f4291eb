import fc from "fast-check";
import { objectCreatedPattern } from "../../../lib/functions/aws/event-pattern";
import type { ObjectFilter } from "../../../lib/storage/delivery";

const keyOf = (filter: ObjectFilter): unknown => {
  const pattern = JSON.parse(objectCreatedPattern("acme", filter)) as {
    readonly detail: { readonly object?: { readonly key: readonly unknown[] } };
  };
  return pattern.detail.object?.key;
};

/** What EventBridge does with one matcher. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
function matches(matcher: Readonly<Record<string, string>>, key: string): boolean {
  if (matcher["prefix"] !== undefined) return key.startsWith(matcher["prefix"]);
  if (matcher["suffix"] !== undefined) return key.endsWith(matcher["suffix"]);
  const source = (matcher["wildcard"] ?? "").replace(/\\([\\*])|(\*)|([^\\*])/gsu, (_, escaped, star, other) =>
    star === undefined ? String(escaped ?? other).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&") : "[^]*",
  );
  return new RegExp(`^${source}$`).test(key);
}

describe("the pattern of new objects", () => {
  test("names service, event and bucket, and of the key nothing more than was asked for", () => {
    expect(JSON.parse(objectCreatedPattern("acme", {}))).toEqual({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["acme"] } },
    });
  });

  test.each([
    [{ prefix: "raw/" }, [{ prefix: "raw/" }]],
    [{ suffix: ".csv" }, [{ suffix: ".csv" }]],
    [{ prefix: "", suffix: "" }, undefined],
    [{ prefix: "raw/", suffix: ".csv" }, [{ wildcard: "raw/*.csv" }]],
    [{ prefix: "a*b/", suffix: "\\.csv" }, [{ wildcard: "a\\*b/*\\\\.csv" }]],
  ])("of %j is %j", (filter, key) => {
    expect(keyOf(filter)).toEqual(key);
  });

  test("lets exactly the keys through that begin and end as asked", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "/", ".", "*", "\\", "$"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        part,
        part,
        fc.array(part).map((parts) => parts.join("")),
        (prefix, suffix, middle) => {
          const [matcher] = keyOf({ prefix, suffix }) as readonly [Readonly<Record<string, string>>];
          expect(matches(matcher, `${prefix}${middle}${suffix}`)).toBe(true);
          const fits = middle.startsWith(prefix) && middle.slice(prefix.length).endsWith(suffix);
          expect(matches(matcher, middle)).toBe(fits);
        },
      ),
    );
  });
});

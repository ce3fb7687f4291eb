import { Lazy, Token } from "cdktf";
import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import os from "node:os";
import {
  distinct,
  flag,
  given,
  having,
  isToken,
  keyPrefix,
  list,
  literal,
  matching,
  object,
  objects,
  oneOf,
  problem,
  shown,
  text,
  wholeNumber,
} from "../../lib/core/checks";

fc.configureGlobal({ seed: 20_260_301 });

const TEXT_TOKEN = Lazy.stringValue({ produce: () => "later" });
const NUMBER_TOKEN = Token.asNumber(Lazy.numberValue({ produce: () => 1 }));
const LIST_TOKEN = Token.asList(Lazy.listValue({ produce: () => ["later"] }));
const A_TOKEN = "a token (a value known only to Terraform)";

describe("a value in a message", () => {
  test.each([
    ["a text", "raw/", '"raw/"'],
    ["a number", 3, "3"],
    ["nothing", undefined, "undefined"],
    ["null", null, "null"],
    ["a big integer", 3n, "3"],
    ["a symbol", Symbol("one"), "Symbol(one)"],
    ["a function", () => 1, "a function"],
    ["a list", ["a", 1, 2n], '["a",1,"2n"]'],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
    ["a token", TEXT_TOKEN, A_TOKEN],
    ["a number token", NUMBER_TOKEN, A_TOKEN],
    ["a list token", LIST_TOKEN, A_TOKEN],
    ["tokens inside", { name: TEXT_TOKEN, count: NUMBER_TOKEN }, '{"name":"(a token)","count":"(a token)"}'],
  ])("%s", (_, value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  test("a construct by its path, a nested one too", () => {
    const stack = new TerraformStack(new App({ outdir: os.tmpdir() }), "lake");
    expect(shown(stack)).toBe("the construct lake");
    expect(shown({ bucket: stack })).toBe('{"bucket":"(the construct lake)"}');
  });

  test("a circle is cut", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(shown(circle)).toBe('{"self":"(again)"}');
  });

  test("a long one is cut, with its length", () => {
    expect(shown("x".repeat(200))).toBe(`"${"x".repeat(119)}… (202 characters)`);
  });

  test("stands behind its path and its rule", () => {
    expect(problem("retentionHours", "at least 24", 3)).toBe("retentionHours must be at least 24, got 3");
  });
});

describe("an optional value", () => {
  test("has no problem when it is not given", () => {
    expect(given(undefined, () => ["wrong"])).toEqual([]);
  });

  test.each([null, 0, "", false])("is checked when it is %p", (value) => {
    expect(given(value, () => ["wrong"])).toEqual(["wrong"]);
  });
});

describe("literal", () => {
  test.each(["raw/", 1, undefined, ["a"], { a: 1 }])("takes %p", (value) => {
    expect(literal("prefix", value)).toEqual([]);
  });

  test.each([TEXT_TOKEN, NUMBER_TOKEN, LIST_TOKEN, `raw/${TEXT_TOKEN}`])("refuses a token", (value) => {
    expect(literal("prefix", value)).toEqual([
      `prefix must be a literal value, because it decides which resources are made, got ${A_TOKEN}`,
    ]);
  });
});

describe("text", () => {
  test.each(["", "a", TEXT_TOKEN])("takes a text and a token", (value) => {
    expect(text("name", value)).toEqual([]);
  });

  test.each([1, null, undefined, ["a"]])("refuses %p", (value) => {
    expect(text("name", value)).toEqual([`name must be a string, got ${shown(value)}`]);
  });
});

describe("matching", () => {
  const check = (value: unknown) => matching("name", value, /^[a-z]+$/, "lower-case letters");

  test.each(["abc", TEXT_TOKEN])("takes what matches, and a token", (value) => {
    expect(check(value)).toEqual([]);
  });

  test.each([
    ["ABC", '"ABC"'],
    ["", '""'],
    [3, "3"],
    [undefined, "undefined"],
  ])("refuses %p", (value, got) => {
    expect(check(value)).toEqual([`name must be lower-case letters, got ${got}`]);
  });
});

describe("whole number", () => {
  test.each([1, 365, NUMBER_TOKEN])("takes the bounds, and a token", (value) => {
    expect(wholeNumber("days", value, { minimum: 1, maximum: 365, unit: "days" })).toEqual([]);
  });

  test.each([0, 366, 1.5, NaN, Infinity, "3", null, undefined])("refuses %p", (value) => {
    expect(wholeNumber("days", value, { minimum: 1, maximum: 365, unit: "days" })).toEqual([
      `days must be a whole number from 1 to 365 days, got ${shown(value)}`,
    ]);
  });

  test("names one bound where there is one", () => {
    expect(wholeNumber("partitions", 0, { minimum: 1 })).toEqual([
      "partitions must be a whole number of at least 1, got 0",
    ]);
  });
});

describe("flag", () => {
  test.each([true, false])("takes %p", (value) => {
    expect(flag("timeControl", value)).toEqual([]);
  });

  test.each(["true", 1, TEXT_TOKEN, undefined])("refuses %p", (value) => {
    expect(flag("timeControl", value)).toEqual([`timeControl must be true or false, got ${shown(value)}`]);
  });
});

describe("one of", () => {
  test("takes what is in the set", () => {
    expect(oneOf("tier", "cool", ["hot", "cool"])).toEqual([]);
  });

  test.each(["warm", TEXT_TOKEN, 3])("refuses anything else", (value) => {
    expect(oneOf("tier", value, ["hot", "cool"])).toEqual([`tier must be one of "hot", "cool", got ${shown(value)}`]);
  });
});

describe("list", () => {
  const check = (value: unknown) => list("names", value as readonly unknown[], (entry, at) => text(at, entry));

  test("checks each entry under its own path", () => {
    expect(check(["a", 1, "b", null])).toEqual([
      "names[1] must be a string, got 1",
      "names[3] must be a string, got null",
    ]);
  });

  test.each([LIST_TOKEN, TEXT_TOKEN, "a", { length: 1 }, undefined])("refuses what is no literal list", (value) => {
    expect(check(value)).toEqual([`names must be a literal list, got ${shown(value)}`]);
  });
});

describe("objects", () => {
  test("name an entry that is none, and take the others apart", () => {
    const check = (value: unknown) =>
      objects("rules", value as readonly { days: number }[], ({ days }, at) =>
        wholeNumber(`${at}.days`, days, { minimum: 1 }),
      );
    expect(check([{ days: 1 }, null, { days: 0 }, [1], TEXT_TOKEN])).toEqual([
      "rules[1] must be an object, got null",
      "rules[2].days must be a whole number of at least 1, got 0",
      "rules[3] must be an object, got [1]",
      `rules[4] must be an object, got ${A_TOKEN}`,
    ]);
  });
});

describe("object", () => {
  test("takes an object", () => {
    expect(object("props", { a: 1 })).toEqual([]);
  });

  test.each([null, undefined, 1, "a", [1], LIST_TOKEN])("refuses anything else", (value) => {
    expect(object("props", value)).toEqual([`props must be an object, got ${shown(value)}`]);
  });
});

describe("having", () => {
  test("takes what has the property, its value apart", () => {
    expect(having("bucket", { bucketArn: undefined }, "bucketArn", "a bucket of S3")).toEqual([]);
  });

  test.each([{}, null, undefined, "bucketArn", 3])("refuses anything else", (value) => {
    expect(having("bucket", value, "bucketArn", "a bucket of S3")).toEqual([
      `bucket must be a bucket of S3, got ${shown(value)}`,
    ]);
  });
});

describe("distinct", () => {
  test("names the second of two equal ones", () => {
    const entries = [{ prefix: "raw/" }, { prefix: "clean/" }, { prefix: "raw/" }];
    expect(distinct("rules", entries, ({ prefix }) => prefix, "the only rule of its prefix")).toEqual([
      'rules[2] must be the only rule of its prefix, got "raw/"',
    ]);
  });
});

describe("key prefix", () => {
  const RULE = "a key prefix of at most 1024 bytes, without a leading slash or control characters";

  test.each(["", "raw/", "a b+ü/", "x".repeat(1024), "ü".repeat(512)])("takes one", (value) => {
    expect(keyPrefix("prefix", value)).toEqual([]);
  });

  test.each(["/raw", "a\u0000b", "a\nb", "x".repeat(1025), "ü".repeat(513), 3, null])("refuses another", (value) => {
    expect(keyPrefix("prefix", value)).toEqual([`prefix must be ${RULE}, got ${shown(value)}`]);
  });

  test.each(["raw/*", "raw/?/", "raw/${x}/", "%{ if true }"])("refuses %p, which says more elsewhere", (value) => {
    expect(keyPrefix("prefix", value)).toEqual([
      `prefix must be without *, ?, \${ and %{, which policies and Terraform read as more than themselves, got "${value}"`,
    ]);
  });

  test.each(["$", "50%/", "{}/", "a$b/"])("takes %p, which says the same everywhere", (value) => {
    expect(keyPrefix("prefix", value)).toEqual([]);
  });

  test("refuses a token, because rules and grants are told apart by it", () => {
    expect(keyPrefix("prefix", `raw/${TEXT_TOKEN}`)).toEqual([
      `prefix must be a literal value, because it decides which resources are made, got ${A_TOKEN}`,
    ]);
  });
});

describe("whatever is given", () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const CHECKS: Readonly<Record<string, (value: never) => readonly string[]>> = {
    literal: (value) => literal("prop", value),
    text: (value) => text("prop", value),
    matching: (value) => matching("prop", value, /^[a-z]+$/, "letters"),
    wholeNumber: (value) => wholeNumber("prop", value, { minimum: 1 }),
    flag: (value) => flag("prop", value),
    oneOf: (value) => oneOf("prop", value, ["hot", "cool"]),
    list: (value) => list("prop", value, (entry, at) => text(at, entry)),
    objects: (value) => objects("prop", value, (entry, at) => object(at, entry)),
    object: (value) => object("prop", value),
    having: (value) => having("prop", value, "keyArn", "a key"),
    keyPrefix: (value) => keyPrefix("prop", value),
  };

  test.each(Object.entries(CHECKS))("%s answers with problems and never throws", (_, check) => {
    fc.assert(
      fc.property(anything, (value) => {
        const problems = check(value as never);
        expect(problems.every((one) => /^prop\S* must be [^]+, got [^]+$/.test(one))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("a value that is no token is shown in one short text", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(isToken(value)).toBe(false);
        expect(shown(value).length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 500 },
    );
  });
});

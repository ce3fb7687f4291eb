import { keyBytesLimit, unsafeKeyRule, utf8Bytes } from "../../../../lambda/shared/format/object-key";
import { dayPartitions, partitionPrefix, partitionsOf } from "../../../../lambda/shared/format/partitions";
import fc, { anyText } from "../../support/properties";

const MARCH = new Date("2025-03-15T23:59:59.999Z");

/** Columns as a table may have them: names, and values that nobody has looked at. */
const columns = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), anyText(), { maxKeys: 5 });

describe("the folders of partitions", () => {
  test.each([
    [dayPartitions(MARCH), "year=2025/month=03/day=15/"],
    [{ source_system: "pos", ...dayPartitions(MARCH) }, "source_system=pos/year=2025/month=03/day=15/"],
    [{ ...dayPartitions(MARCH), model: "v2" }, "year=2025/month=03/day=15/model=v2/"],
    [{ hour: 7, score: -1.5 }, "hour=7/score=-1.5/"],
    [{ source: "SAP/ERP 100%", to: "a=b" }, "source=SAP%2FERP%20100%25/to=a%3Db/"],
    [{ source: "../..", to: "." }, "source=..%2F../to=./"],
    [{ land: "Österreich", animal: "🦊" }, "land=Österreich/animal=🦊/"],
    [{ source: undefined, to: "" }, "source=__HIVE_DEFAULT_PARTITION__/to=__HIVE_DEFAULT_PARTITION__/"],
    [{ source: "*?${x}\u0085\u007f" }, "source=%2A%3F%24%7Bx%7D%85%7F/"],
    [{}, ""],
  ])("of %j are %s", (partitions, prefix) => {
    expect(partitionPrefix(partitions)).toBe(prefix);
  });

  test("come back from any key, whatever the values", () => {
    fc.assert(
      fc.property(columns, (partitions) => {
        const expected = Object.entries(partitions).map(([name, value]) => [name, value === "" ? undefined : value]);
        expect(Object.entries(partitionsOf(`events/${partitionPrefix(partitions)}a=b.json`))).toEqual(expected);
      }),
    );
  });

  test("never leave the folder they are put into, and have no character that anything reads as more", () => {
    fc.assert(
      fc.property(columns, (partitions) => {
        const key = `events/${partitionPrefix(partitions)}part-0.parquet`;
        expect(unsafeKeyRule(key)).toBeUndefined();
        expect(key.split("/")).toHaveLength(Object.keys(partitions).length + 2);
        expect(key).not.toMatch(/[ *?$&+:;@#\\{}[\]^`"'<>|~,!()]|%(?![0-9A-F]{2})/);
      }),
    );
  });

  test.each([
    [
      { Year: 1 },
      'a partition\'s name must be 1-128 lower-case letters, digits or underscores, a letter first, got "Year"',
    ],
    [
      { "a/b": 1 },
      'a partition\'s name must be 1-128 lower-case letters, digits or underscores, a letter first, got "a/b"',
    ],
    [{ day: NaN }, "partition day must be a number or a text of whole characters"],
    [{ day: "\ud800" }, "partition day must be a number or a text of whole characters"],
    [{ day: "a".repeat(keyBytesLimit) }, "partitions must be shorter than the 1024 bytes of a key"],
  ])("fails for %j", (partitions, message) => {
    expect(() => partitionPrefix(partitions)).toThrow(new RangeError(message));
  });

  test("leave room for at least one character of a name", () => {
    const prefix = partitionPrefix({ a: "é".repeat(510) });
    expect(utf8Bytes(prefix)).toBe(keyBytesLimit - 1);
  });
});

test.each([
  ["raw/year=2025/a.csv", { year: "2025" }],
  ["year=2025", {}],
  ["Year=2025/__proto__=x/=y/plain/a", {}],
  ["a=1=2/b=%2f%zz/c", { a: "1=2", b: "/%zz" }],
])("the partitions of %s are %j", (key, partitions) => {
  expect(partitionsOf(key)).toEqual(partitions);
});

describe("the day of a moment", () => {
  test("is that of UTC, wherever the machine stands", () => {
    expect(dayPartitions(new Date("2025-03-15T23:30:00-08:00"))).toEqual({ year: "2025", month: "03", day: "16" });
    fc.assert(
      fc.property(fc.date({ min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z") }), (at) => {
        fc.pre(!Number.isNaN(at.getTime()));
        const { year, month, day } = dayPartitions(at);
        expect([year.length, month.length, day.length]).toEqual([4, 2, 2]);
        expect([Number(year), Number(month), Number(day)]).toEqual([
          at.getUTCFullYear(),
          at.getUTCMonth() + 1,
          at.getUTCDate(),
        ]);
      }),
    );
  });

  test("fails where there is none", () => {
    expect(() => dayPartitions(new Date(NaN))).toThrow(new RangeError("Invalid time value"));
    expect(() => dayPartitions(new Date("+010000-01-01T00:00:00Z"))).toThrow(
      new RangeError("the year must be from 0 to 9999, got 10000"),
    );
  });
});

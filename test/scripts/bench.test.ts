import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { median, Meter, type Measurement, type Program } from "../../scripts/bench/measure";
import { assertSame, buildPair, type Pair } from "../../scripts/bench/programs";
import { rawText } from "../../scripts/bench/raw-text";
import { lastLine, table } from "../../scripts/bench/report";
import { measured, ratiosOf } from "../../scripts/bench/series";

const ROOT = path.resolve(__dirname, "..", "..");

describe("the two programs", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  const runs = new Map<string, Measurement>();
  let pair: Pair;

  beforeAll(() => {
    const meter = new Meter(folder, ROOT);
    const run = (program: Program): unknown => runs.set(program.name, meter.run(program));
    pair = buildPair({ root: ROOT, handlers: "placeholder", folder, run }, 1);
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("make the same resources, at least 250 of them", () => {
    expect(pair.resources).toBeGreaterThanOrEqual(250);
  });

  test("use time and memory", () => {
    expect([...runs.keys()]).toEqual(["ours, 1×", "raw, 1×"]);
    for (const { wall, cpu, rss } of runs.values()) {
      expect(Math.min(wall, cpu)).toBeGreaterThan(100);
      expect(rss).toBeGreaterThan(50 * 1024 * 1024);
    }
  });

  test("the raw one knows nothing of the library, and imports single resources", () => {
    const source = fs.readFileSync(path.join(folder, "raw-1.ts"), "utf8");
    const imported = [...source.matchAll(/ from "([^"]+)";$/gm)].map(([, from]) => from ?? "");
    expect(imported.filter((from) => !/^@cdktf\/provider-\w+\/lib\/[\w-]+$/.test(from))).toEqual(["cdktf"]);
    expect(source).toMatch(/new S3BucketVersioningA\(stack, "copy1_pos_Versioning_\w+", \{ bucket: r\d+\.bucket, /);
  });
});

test("programs that differ are told apart, the folders of assets and metadata aside", () => {
  const stack = (bucket: string, hash: string): Record<string, unknown> => ({
    "//": { metadata: hash },
    resource: { aws_s3_bucket: { pos: { bucket, filename: `assets/Code/${hash}/a.zip` } } },
  });
  const [one, other] = ["0123456789ABCDEF0123456789ABCDEF", "FEDCBA9876543210FEDCBA9876543210"] as const;
  expect(() => {
    assertSame(stack("pos", one), stack("pos", other));
  }).not.toThrow();
  expect(() => {
    assertSame(stack("pos", one), stack("crm", other));
  }).toThrow(
    'the programs do not make the same resources:\n  resource.aws_s3_bucket.pos.bucket: "pos" in ours, "crm" in raw',
  );
});

describe("texts in a raw program", () => {
  const variables = new Map([["aws_s3_bucket.pos_1A", "r7"]]);

  test.each([
    ["plain", "${aws_s3_bucket.pos_1A.bucket}", "r7.bucket"],
    ["camel case", "${aws_s3_bucket.pos_1A.bucket_domain_name}", "r7.bucketDomainName"],
    ["inside a text", '{"a":"${aws_s3_bucket.pos_1A.arn}/*"}', '`{"a":"${r7.arn}/*"}`'],
    ["twice", "${aws_s3_bucket.pos_1A.arn}${aws_s3_bucket.pos_1A.id}", "`${r7.arn}${r7.id}`"],
    [
      "of which a part is taken",
      'a${element(split(":", aws_s3_bucket.pos_1A.arn), 4)}',
      '`a${Token.asString(Fn.element(Fn.split(":", r7.arn), 4))}`',
    ],
    ["escaped", "$${aws_s3_bucket.pos_1A.arn}", '"$${aws_s3_bucket.pos_1A.arn}"'],
    ["of nothing that there is", "${aws_s3_bucket.crm.arn}", '"${aws_s3_bucket.crm.arn}"'],
    ["other expressions", '${split(":", aws_s3_bucket.pos_1A.arn)}', '"${split(\\":\\", aws_s3_bucket.pos_1A.arn)}"'],
    ["beside what a template takes", "`\\${aws_s3_bucket.pos_1A.arn}$5", "`\\`\\\\${r7.arn}\\$5`"],
  ])("a reference, %s", (_, text, expression) => {
    expect(rawText(text, variables)).toBe(expression);
  });
});

describe("measuring", () => {
  const program = (name: string): Program => ({ name, file: name, args: [] });
  const pair = (name: string): Pair => ({
    ours: program(`ours ${name}`),
    raw: program(`raw ${name}`),
    lean: program(`lean ${name}`),
    resources: 0,
  });
  /** Everything takes twice as long in the second round: the machine has other work to do. */
  const COSTS: Readonly<Record<string, number>> = {
    "ours 1": 99,
    "raw 1": 100,
    "lean 1": 90,
    "ours 4": 198,
    "raw 4": 210,
  };
  const run = ({ name }: Program): Measurement => {
    order.push(name);
    const slow = order.length > 5 ? 2 : 1;
    const cost = (COSTS[name] ?? Number.NaN) * slow;
    return { wall: cost, cpu: cost / 2, rss: 1024 * 1024 * (name === "ours 1" ? 130 : 100) };
  };
  const order: string[] = [];
  const series = measured(pair("1"), pair("4"), 2, run);

  test("goes back and forth", () => {
    expect(order).toEqual([
      ...["ours 1", "raw 1", "lean 1", "ours 4", "raw 4"],
      ...["raw 4", "ours 4", "lean 1", "raw 1", "ours 1"],
    ]);
  });

  test("compares within a round", () => {
    expect(ratiosOf(series)).toEqual({
      wall: 0.99,
      cpu: 0.99,
      rss: 1.3,
      leanWall: 1.1,
      leanCpu: 1.1,
      growth: 2,
      growthCpu: 2,
      rawGrowth: 2.1,
    });
    expect(lastLine(series)).toBe('{"wall":0.99,"rss":1.3,"growth":2}');
  });

  test("says what missed its bar", () => {
    expect(table(series, { once: 327, more: 1308 }).split("\n")).toEqual([
      "                                     wall ms  cpu ms  peak MiB",
      "ours, 327 resources                      149      74       130",
      "raw cdktf, 327 resources                 150      75       100",
      "  its stack capture off, as in ours      135      68       100",
      "ours, 1308 resources                     297     149       100",
      "raw cdktf, 1308 resources                315     158       100",
      "",
      "ours / raw: wall 0.99 × (at most 1.1), cpu 0.99 ×, peak memory 1.30 × (MISSED: at most 1.1)",
      "with its capture off: wall 1.10 ×, cpu 1.10 ×",
      "growth:     wall 2.00 × (at most 2.2), cpu 2.00 ×; raw cdktf 2.10 ×",
    ]);
  });

  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
  ])("the median of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test("hands on what a program said that failed", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    try {
      const meter = new Meter(folder, ROOT);
      const file = path.join(folder, "fails.cjs");
      fs.writeFileSync(file, 'process.stderr.write("no such thing"); process.exitCode = 3;');
      expect(() => meter.run({ name: "ours, 1×", file, args: [] })).toThrow("ours, 1× ended with 3: no such thing");
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

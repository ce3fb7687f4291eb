import { App, Lazy } from "cdktf";
import { Construct } from "constructs";
import { bucketIdentity, CopyEngine, loopProblems, type CopyRoute } from "../../lib/replication/loops";

const job = (from: string, to: string, prefixes: readonly string[] = [""], targetPrefix?: string): CopyRoute => ({
  from,
  to,
  prefixes,
  ...(targetPrefix !== undefined && { targetPrefix }),
  engine: CopyEngine.JOB,
});
const replication = (from: string, to: string): CopyRoute => ({
  ...job(from, to),
  engine: CopyEngine.S3_REPLICATION,
});

/** What is wrong with the last of some routes, each declared by a construct of its own: r0, r1, … */
function last(...routes: readonly CopyRoute[]): readonly string[] {
  const app = new App();
  const problems = routes.map((route, index) =>
    loopProblems(new Construct(app, `r${String(index)}`), "prefixes", route),
  );
  expect(problems.slice(0, -1).flat()).toEqual([]);
  return problems.at(-1) ?? [];
}

const loop = (way: string, prefix = ""): string =>
  `prefixes must be apart from what other copies bring here, because copies would be copied again for ever, got ${way} for keys below "${prefix}"`;

describe("two jobs the other way round", () => {
  test.each([
    ["of everything", job("s3", "blob"), job("blob", "s3")],
    ["of one part", job("s3", "blob", ["raw/"]), job("blob", "s3")],
    [
      "where one puts its copies below a prefix that the other takes",
      job("s3", "blob", [""], "s3/"),
      job("blob", "s3"),
    ],
  ])("are a loop: %s", (_, there, back) => {
    expect(last(there, back)).toEqual([loop("r1 → r0", back.prefixes[0])]);
  });

  test("are none, when each keeps to a prefix of its own", () => {
    expect(last(job("s3", "blob", ["from-aws/"]), job("blob", "s3", ["from-azure/"]))).toEqual([]);
  });

  test("are none, when each leaves out what the other brings", () => {
    const there: CopyRoute = { ...job("s3", "blob", [""], "aws/"), excludedPrefixes: ["azure/"] };
    const back: CopyRoute = { ...job("blob", "s3", [""], "azure/"), excludedPrefixes: ["aws/"] };
    expect(last(there, back)).toEqual([]);
    const all = { ...there, excludedPrefixes: [] };
    expect(last(all, { ...back, excludedPrefixes: ["aws/raw/"] })).toEqual([loop("r1 → r0")]);
  });

  test("are none, when what comes back is not copied again", () => {
    expect(last(job("s3", "blob", ["raw/"]), job("blob", "s3", ["raw/"], "returned/"))).toEqual([]);
  });

  test("name the prefix that goes round, and no other", () => {
    const back = job("blob", "s3", ["azure/", "raw/pos/"]);
    expect(last(job("s3", "blob", ["raw/"]), back)).toEqual([loop("r1 → r0", "raw/pos/")]);
  });
});

describe("S3 replication", () => {
  test("both ways is none, because S3 does not copy its copies on", () => {
    expect(last(replication("one", "other"), replication("other", "one"))).toEqual([]);
  });

  test("with a job back is one", () => {
    expect(last(replication("one", "other"), job("other", "one"))).toEqual([loop("r1 → r0")]);
  });

  test("on the way of two jobs is one", () => {
    expect(last(job("hub", "one"), replication("one", "other"), job("other", "hub"))).toEqual([loop("r2 → r0 → r1")]);
  });

  test("in a chain brings nothing back", () => {
    expect(last(replication("one", "other"), replication("other", "third"), job("third", "one"))).toEqual([]);
  });
});

test("a way without an end elsewhere is found and left alone", () => {
  expect(last(job("a", "b"), job("b", "c", ["x/"]), job("c", "a", ["y/"]))).toEqual([]);
});

test("a route that was refused does not count for the next one", () => {
  const app = new App();
  const declare = (id: string, route: CopyRoute) => loopProblems(new Construct(app, id), "prefixes", route);
  declare("there", job("s3", "blob"));
  expect(declare("back", job("blob", "s3"))).toHaveLength(1);
  expect(declare("hub", job("s3", "hub"))).toEqual([]);
  expect(declare("home", job("hub", "blob"))).toEqual([]);
});

test("a bucket is known by its identifier, where that is literal", () => {
  expect(bucketIdentity("lake/pos", "arn:aws:s3:::acme")).toBe("arn:aws:s3:::acme");
  expect(bucketIdentity("lake/pos", Lazy.stringValue({ produce: () => "x" }))).toBe("lake/pos");
});

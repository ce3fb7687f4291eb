import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { synthApp, type SynthesisedStack } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { awsStack } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

const synth = (build: (stack: TerraformStack) => void): SynthesisedStack =>
  synthApp((app) => build(awsStack(app, "lake"))).stack("lake");

const LAKE = Template.of(
  synth((stack) => {
    const zones = new Construct(stack, "zones");
    const raw = new S3Bucket(new Construct(zones, "raw"), "Resource", {
      bucket: "acme-raw",
      tags: { Zone: "raw", Owner: "pos" },
    });
    new S3Bucket(new Construct(zones, "rawer"), "Resource", { bucket: "acme-rawer", forceDestroy: true });
    new S3BucketLifecycleConfiguration(zones, "lifecycle", {
      bucket: raw.bucket,
      rule: [
        { id: "raw", status: "Enabled", expiration: [{ days: 730 }] },
        { id: "all", status: "Disabled" },
      ],
    });
    new SqsQueue(stack, "queue", { policy: JSON.stringify({ Statement: [{ Effect: "Allow" }] }), name: "no {json" });
    new DataAwsRegion(stack, "here", {});
    new TerraformOutput(stack, "bucket", { value: raw.bucket });
    new TerraformOutput(stack, "count", { value: 2 });
  }),
);

const EMPTY = Template.of(synth(() => undefined));

describe("all and only", () => {
  test("find by type, in the order of the addresses", () => {
    expect(LAKE.all(S3Bucket).map(({ address, path }) => [address, path])).toEqual([
      ["aws_s3_bucket.zones_raw_6E927044", "zones/raw/Resource"],
      ["aws_s3_bucket.zones_rawer_62E52178", "zones/rawer/Resource"],
    ]);
    expect(LAKE.only(SqsQueue).address).toBe("aws_sqs_queue.queue");
  });

  test("find by path: itself and what is below, not what begins alike", () => {
    expect(LAKE.all(S3Bucket, { path: "zones/raw" }).map(({ path }) => path)).toEqual(["zones/raw/Resource"]);
    expect(LAKE.count(S3Bucket, { path: "zones" })).toBe(2);
    expect(LAKE.count(S3Bucket, { path: "zones/raw/Resource" })).toBe(1);
    expect(LAKE.count(S3Bucket, { path: "zone" })).toBe(0);
  });

  test.each([
    ["an attribute", { bucket: "acme-raw" }],
    ["a part of a map", { tags: { Zone: "raw" } }],
    ["an attribute that is not there", { force_destroy: undefined }],
    ["a matcher", { bucket: expect.stringMatching(/^acme-raw$/) as string }],
    ["a matcher inside", { tags: expect.objectContaining({ Owner: "pos" }) as object }],
  ])("find by %s", (_, expected) => {
    expect(LAKE.all(S3Bucket, { with: expected }).map(({ path }) => path)).toEqual(["zones/raw/Resource"]);
  });

  test.each([
    ["a whole list", { rule: [{ id: "raw" }, { id: "all" }] }, 1],
    ["a list of another length", { rule: [{ id: "raw" }] }, 0],
    ["a block that stands alone, without its list", { rule: [{ expiration: { days: 730 } }, {}] }, 1],
    ["a block that stands alone, as a list", { rule: [{ expiration: [{ days: 730 }] }, {}] }, 1],
    ["another number", { rule: [{ expiration: [{ days: 365 }] }, {}] }, 0],
    ["an object where there is none", { rule: [{}, { expiration: {} }] }, 0],
  ])("find by %s", (_, expected, count) => {
    expect(LAKE.count(S3BucketLifecycleConfiguration, { with: expected })).toBe(count);
  });

  test("ask data sources apart from resources", () => {
    expect([LAKE.onlyData(DataAwsRegion).address, LAKE.onlyData(DataAwsRegion).path]).toEqual([
      "data.aws_region.here",
      "here",
    ]);
    expect(LAKE.allData(DataAwsRegion, { path: "there" })).toEqual([]);
    expect(LAKE.count(DataAwsRegion)).toBe(0);
  });
});

describe("a miss names the nearest", () => {
  test("attribute that differs", () => {
    const ask = () => LAKE.only(S3Bucket, { with: { bucket: "acme-rwa", tags: { Zone: "raw" } } });
    expect(messageOf(ask)).toBe(
      lines(
        'There is no aws_s3_bucket with {"bucket":"acme-rwa","tags":{"Zone":"raw"}}. The nearest is aws_s3_bucket.zones_raw_6E927044:',
        '  bucket: expected "acme-rwa", got "acme-raw"',
      ),
    );
  });

  test("block, entry by entry", () => {
    const expected = { rule: [{ id: "raw", expiration: [{ days: 365 }] }, { status: "Enabled" }] };
    expect(messageOf(() => LAKE.only(S3BucketLifecycleConfiguration, { with: expected }))).toBe(
      lines(
        `There is no aws_s3_bucket_lifecycle_configuration with ${JSON.stringify(expected)}. The nearest is aws_s3_bucket_lifecycle_configuration.zones_lifecycle_D6627EC8:`,
        "  rule.0.expiration.0.days: expected 365, got 730",
        '  rule.1.status: expected "Enabled", got "Disabled"',
      ),
    );
  });

  test("list, by its length", () => {
    const ask = () => LAKE.only(S3BucketLifecycleConfiguration, { with: { rule: [] } });
    expect(messageOf(ask)).toBe(
      lines(
        'There is no aws_s3_bucket_lifecycle_configuration with {"rule":[]}. The nearest is aws_s3_bucket_lifecycle_configuration.zones_lifecycle_D6627EC8:',
        '  rule: expected 0 entries, got 2: [{"expiration":[{"days":730}],"id":"raw","status":"Enabled"},{"id":"all","status":"Disabled"}]',
      ),
    );
  });

  test("path", () => {
    expect(messageOf(() => LAKE.only(SqsQueue, { path: "zones/raw" }))).toBe(
      lines(
        "There is no aws_sqs_queue below zones/raw. The nearest is aws_sqs_queue.queue:",
        "  path: expected zones/raw, got queue",
      ),
    );
  });

  test("matcher", () => {
    const expected = { name: expect.stringMatching(/^acme/) as string };
    expect(messageOf(() => LAKE.only(SqsQueue, { with: expected }))).toBe(
      lines(
        'There is no aws_sqs_queue with {"name":"StringMatching /^acme/"}. The nearest is aws_sqs_queue.queue:',
        '  name: expected StringMatching /^acme/, got "no {json"',
      ),
    );
  });

  test("type", () => {
    expect(messageOf(() => LAKE.only({ tfResourceType: "aws_s3_buckets" }))).toBe(
      "There is no aws_s3_buckets. Types there are: aws_s3_bucket, aws_s3_bucket_lifecycle_configuration, aws_sqs_queue",
    );
    expect(messageOf(() => LAKE.onlyData(DataAwsCallerIdentity))).toBe(
      "There is no aws_caller_identity. Types there are: aws_region",
    );
    expect(messageOf(() => EMPTY.only(S3Bucket))).toBe("There is no aws_s3_bucket. Types there are: none");
  });

  test("among several: the one with the fewest differences", () => {
    const ask = () => LAKE.only(S3Bucket, { with: { bucket: "acme", force_destroy: true } });
    expect(messageOf(ask)).toBe(
      lines(
        'There is no aws_s3_bucket with {"bucket":"acme","force_destroy":true}. The nearest is aws_s3_bucket.zones_rawer_62E52178:',
        '  bucket: expected "acme", got "acme-rawer"',
      ),
    );
  });
});

test("more than one is an error that lists them", () => {
  expect(messageOf(() => LAKE.only(S3Bucket, { path: "zones" }))).toBe(
    "Expected one aws_s3_bucket below zones, found 2: aws_s3_bucket.zones_raw_6E927044 (zones/raw/Resource), aws_s3_bucket.zones_rawer_62E52178 (zones/rawer/Resource)",
  );
});

describe("none", () => {
  test("passes where there is none", () => {
    LAKE.none(S3Bucket, { path: "other" });
    expect(LAKE.count(S3Bucket, { path: "other" })).toBe(0);
  });

  test("lists those there are", () => {
    expect(messageOf(() => LAKE.none(S3Bucket, { with: { force_destroy: true } }))).toBe(
      'Expected no aws_s3_bucket with {"force_destroy":true}, found aws_s3_bucket.zones_rawer_62E52178 (zones/rawer/Resource)',
    );
  });
});

describe("a block", () => {
  const lifecycle = LAKE.only(S3BucketLifecycleConfiguration);

  test.each([
    ["rule.0.expiration.0.days", 730],
    ["rule.0.id", "raw"],
    ["rule.1", { id: "all", status: "Disabled" }],
    ["bucket", "${aws_s3_bucket.zones_raw_6E927044.bucket}"],
  ])("has at %s", (path, expected) => {
    expect(lifecycle.get(path)).toEqual(expected);
    expect(lifecycle.has(path)).toBe(true);
  });

  const WHO = "aws_s3_bucket_lifecycle_configuration.zones_lifecycle_D6627EC8 (zones/lifecycle)";
  test.each([
    ["rules.0.id", "at the top there is: bucket, rule"],
    ["rule.id", "at rule there is: a list of 2, from 0"],
    ["rule.2.id", "at rule there is: a list of 2, from 0"],
    ["rule.1.expiration.0.days", "at rule.1 there is: id, status"],
    ["rule.0.id.0.x", 'at rule.0.id there is: "raw"'],
    ["constructor", "at the top there is: bucket, rule"],
  ])("says how far %s leads", (path, rest) => {
    expect(messageOf(() => lifecycle.get(path))).toBe(`${WHO} has nothing at ${path}; ${rest}`);
    expect(lifecycle.has(path)).toBe(false);
  });

  test("parses JSON in a text", () => {
    expect(LAKE.only(SqsQueue).json("policy")).toEqual({ Statement: [{ Effect: "Allow" }] });
  });

  test.each([
    [SqsQueue, "name", 'aws_sqs_queue.queue (queue) holds no JSON text at name, got "no {json"'],
    [
      S3BucketLifecycleConfiguration,
      "rule.0.expiration.0.days",
      `${WHO} holds no JSON text at rule.0.expiration.0.days, got 730`,
    ],
  ])("says what is no JSON", (type, path, message) => {
    expect(messageOf(() => LAKE.only(type).json(path))).toBe(message);
  });
});

describe("outputs", () => {
  test("are values by name", () => {
    expect(LAKE.outputs()).toEqual({ bucket: "${aws_s3_bucket.zones_raw_6E927044.bucket}", count: 2 });
    expect(LAKE.output("count")).toBe(2);
  });

  test("that are not there name those that are", () => {
    expect(messageOf(() => LAKE.output("counts"))).toBe('There is no output "counts"; there is bucket, count.');
    expect(messageOf(() => LAKE.output("toString"))).toBe('There is no output "toString"; there is bucket, count.');
    expect(messageOf(() => EMPTY.output("count"))).toBe('There is no output "count"; there is none.');
  });
});

test("addresses are all resources, sorted", () => {
  expect(LAKE.addresses()).toEqual([
    "aws_s3_bucket.zones_raw_6E927044",
    "aws_s3_bucket.zones_rawer_62E52178",
    "aws_s3_bucket_lifecycle_configuration.zones_lifecycle_D6627EC8",
    "aws_sqs_queue.queue",
  ]);
  expect(EMPTY.addresses()).toEqual([]);
});

test("a copy of a stack is refused at once", () => {
  const stack = synth(() => undefined);
  expect(messageOf(() => Template.of({ ...stack }))).toBe(
    "This is not a stack of synthApp(…).stack(name), or it was copied: pass the object itself.",
  );
});

test("a long value is cut in a message", () => {
  const stack = synth((at) => {
    new SqsQueue(at, "queue", { name: "x".repeat(400) });
  });
  expect(messageOf(() => Template.of(stack).only(SqsQueue, { with: { name: "y" } }))).toBe(
    lines(
      'There is no aws_sqs_queue with {"name":"y"}. The nearest is aws_sqs_queue.queue:',
      `  name: expected "y", got "${"x".repeat(299)}…`,
    ),
  );
});

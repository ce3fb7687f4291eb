import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { assertValid } from "../../lib/core/errors";
import { idsBelowStack } from "../../lib/core/ids";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { awsStack } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

/** A construct of the library with one bucket. */
class Zone extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    assertValid(this, []);
    new S3Bucket(this, "Resource", {});
  }
}

const synth = (build: (stack: TerraformStack) => void) => synthApp((app) => build(awsStack(app, "lake"))).stack("lake");

/** What cdktf makes of the validations of a stack. */
const failed = (...problems: readonly string[]): string =>
  lines(
    "Validation failed with the following errors:",
    ...problems.map((one) => `  [lake] ${one}`),
    "",
    "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
    "",
  );

test("ids below the stack are those from the first child down", () => {
  let ids: readonly string[] = [];
  synth((stack) => void (ids = idsBelowStack(new Construct(new Construct(stack, "lake"), "raw"))));
  expect(ids).toEqual(["lake", "raw"]);
});

test("constructs whose ids differ only in what Terraform leaves out keep apart by their hash", () => {
  const stack = synth((at) => {
    new Zone(at, "raw zone");
    new Zone(at, "rawzone");
  });
  expect(Template.of(stack).addresses()).toEqual(["aws_s3_bucket.rawzone_506A44A3", "aws_s3_bucket.rawzone_B413A2C8"]);
});

describe("fails on", () => {
  test("resources of one type that merge into one", () => {
    const build = () =>
      synth((stack) => {
        new Zone(stack, "zone");
        new S3Bucket(stack, "raw zone", {});
        new S3Bucket(stack, "rawzone", {});
      });
    expect(messageOf(build)).toBe(
      failed(
        "lake/raw zone and lake/rawzone must have ids of their own, got one address aws_s3_bucket.rawzone for both",
      ),
    );
  });

  test("each further resource of one address, and data sources", () => {
    const build = () =>
      synth((stack) => {
        new Zone(stack, "zone");
        for (const id of ["a b", "ab", "a.b"]) new SqsQueue(stack, id, {});
        for (const id of ["w ho", "who"]) new DataAwsCallerIdentity(stack, id);
      });
    expect(messageOf(build)).toBe(
      failed(
        "lake/a b and lake/ab must have ids of their own, got one address aws_sqs_queue.ab for both",
        "lake/a b and lake/a.b must have ids of their own, got one address aws_sqs_queue.ab for both",
        "lake/w ho and lake/who must have ids of their own, got one address data.aws_caller_identity.who for both",
      ),
    );
  });

  test("an id that cdktf leaves out, which makes two paths one address", () => {
    const build = () =>
      synth((stack) => {
        new Zone(stack, "zone");
        const a = new Construct(stack, "a");
        new S3Bucket(new Construct(a, "Default"), "b", {});
        new S3Bucket(a, "b", {});
      });
    expect(messageOf(build)).toBe(
      failed(
        "lake/a/Default/b and lake/a/b must have ids of their own, got one address aws_s3_bucket.a_b_A7E86136 for both",
      ),
    );
  });

  test("a construct called Default, or below one that is", () => {
    const rule = 'id must be other than "Default", which cdktf leaves out of the logical id';
    expect(messageOf(() => synth((stack) => new Zone(stack, "Default")))).toBe(
      lines("lake/Default has 1 problem", `  ${rule}, got "lake/Default"`),
    );
    expect(messageOf(() => synth((stack) => new Zone(new Construct(stack, "Default"), "raw")))).toBe(
      lines("lake/Default/raw has 1 problem", `  ${rule}, got "lake/Default/raw"`),
    );
  });

  test.each(["1st", "-first", " 1st", "é2"])("a construct called %p, whose Terraform name would be none", (id) => {
    expect(messageOf(() => synth((stack) => new Zone(stack, id)))).toBe(
      lines(
        `lake/${id} has 1 problem`,
        `  id must be an id that starts with a letter or an underscore, as Terraform names do, got "${id}"`,
      ),
    );
  });

  test("a resource directly below the stack whose Terraform name would be none", () => {
    const build = () =>
      synth((stack) => {
        new Zone(stack, "zone");
        new S3Bucket(stack, "1st", {});
        new S3Bucket(stack, "é", {});
      });
    const rule = "must have an id that makes a Terraform name (a letter or an underscore first)";
    expect(messageOf(build)).toBe(
      failed(`lake/1st ${rule}, got the address aws_s3_bucket.1st`, `lake/é ${rule}, got the address aws_s3_bucket.`),
    );
  });
});

test("an id with a digit inside, an underscore first or a hyphen inside is fine", () => {
  const stack = synth((at) => {
    for (const id of ["raw-1", "_raw", "zone2"]) new Zone(at, id);
  });
  expect(Template.of(stack).addresses()).toHaveLength(3);
});

test("two stacks may use one id each", () => {
  const app = synthApp((root) => {
    for (const id of ["lake-dev", "lake-prod"]) new Zone(awsStack(root, id), "raw");
  });
  expect(app.stackNames.map((name) => Template.of(app.stack(name)).addresses())).toEqual([
    ["aws_s3_bucket.raw_1D6FB60A"],
    ["aws_s3_bucket.raw_1D6FB60A"],
  ]);
});

import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { TerraformVariable, type App, type TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { AWS } from "../clouds/aws";
import { PROD, stackOn, templateOn } from "../clouds/cloud";

const on = (build: (stack: TerraformStack) => unknown): Template => templateOn(AWS, build);
const errorOf = (build: (stack: TerraformStack) => unknown): string => messageOf(() => on(build));

describe("access logs", () => {
  test("go into files by the day, once the policy of their bucket admits them", () => {
    const template = on((stack) => {
      const accessLogs = new AwsBucket(stack, "logs", { bucketName: "acme-logs" });
      new AwsBucket(stack, "pos", { bucketName: "acme-pos", accessLogs });
    });
    expect(template.only(S3BucketLoggingA).attributes).toEqual({
      bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}",
      depends_on: ["aws_s3_bucket_policy.logs_Policy_CB06222F"],
      target_bucket: "${aws_s3_bucket.logs_0B6081B1.bucket}",
      target_object_key_format: { partitioned_prefix: { partition_date_source: "EventTime" } },
      target_prefix: "access-logs/",
    });
    expect(statementsOf(template.only(S3BucketPolicy, { path: "logs" }).get("policy"))[2]).toEqual({
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "${aws_s3_bucket.logs_0B6081B1.arn}/access-logs/*",
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-pos" },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    });
  });

  test("of any number of buckets go into one, which has none of its own", () => {
    const template = on((stack) => {
      const accessLogs = new AwsBucket(stack, "logs");
      for (const id of ["one", "two", "three"]) new AwsBucket(stack, id, { bucketName: `acme-${id}`, accessLogs });
    });
    expect(template.all(S3BucketLoggingA)).toHaveLength(3);
    expect(template.all(S3BucketLoggingA, { path: "logs" })).toEqual([]);
    const [, , statement] = statementsOf(template.only(S3BucketPolicy, { path: "logs" }).get("policy"));
    expect(statement?.Condition?.["ArnLike"]).toEqual({
      "aws:SourceArn": ["arn:aws:s3:::acme-one", "arn:aws:s3:::acme-three", "arn:aws:s3:::acme-two"],
    });
  });

  test("go into a bucket of another stack, which then knows nothing of this one but the name", () => {
    const app = synthApp((app: App) => {
      const accessLogs = new AwsBucket(stackOn(AWS, app, "shared"), "logs");
      new AwsBucket(stackOn(AWS, app), "pos", { accessLogs });
    });
    expect(Template.of(app.stack("lake")).only(S3BucketLoggingA).has("depends_on")).toBe(false);
    expect(app.dependencies("shared")).toEqual([]);
    expect(app.dependencies("lake")).toEqual(["shared"]);
  });

  test("of a bucket whose name Terraform alone knows go into one of the same stack", () => {
    const named = (stack: TerraformStack, target: TerraformStack): void => {
      const bucketName = new TerraformVariable(stack, "later", {}).stringValue;
      new AwsBucket(stack, "pos", { bucketName, accessLogs: new AwsBucket(target, "logs") });
    };
    const template = on((stack) => {
      named(stack, stack);
    });
    const [, , statement] = statementsOf(template.only(S3BucketPolicy, { path: "logs" }).get("policy"));
    expect(statement?.Condition?.["ArnLike"]).toEqual({ "aws:SourceArn": "${aws_s3_bucket.pos_A02B06CA.arn}" });
    const message = messageOf(() =>
      synthApp((app) => {
        named(stackOn(AWS, app), stackOn(AWS, app, "shared"));
      }),
    );
    expect(message).toBe(
      "lake/pos has 1 problem\n  bucketName must be a literal value, because the policy of shared/logs in another stack names the bucket, got a token (a value known only to Terraform)",
    );
  });

  test("fail into what S3 does not write them to", () => {
    const message = errorOf((stack) => {
      const accessLogs = new AwsBucket(stack, "logs", {
        encryption: BucketEncryption.key(new AwsKey(stack, "key")),
        retention: { minimumDays: 30 },
        region: "us-west-2",
      });
      new AwsBucket(stack, "pos", { accessLogs });
    });
    expect(message).toBe(
      lines(
        "lake/pos has 3 problems",
        "  accessLogs must be encrypted with S3's own keys, the only ones that access logs are written with, got the construct lake/logs",
        "  accessLogs must be without a retention, because S3 writes no access logs into a locked bucket, got the construct lake/logs",
        '  accessLogs must be a bucket of region eu-west-1, as this one is, got "us-west-2"',
      ),
    );
  });

  test("fail into another account, and into what is no bucket", () => {
    const elsewhere = { ...PROD, aws: { accountId: "999999999999", region: "eu-west-1" } };
    const message = messageOf(() =>
      synthApp((app) => {
        const accessLogs = new AwsBucket(stackOn(AWS, app, "shared", elsewhere), "logs");
        new AwsBucket(stackOn(AWS, app), "pos", { accessLogs });
      }),
    );
    expect(message).toBe(
      'lake/pos has 1 problem\n  accessLogs must be a bucket of account 111122223333, as this one is, got "999999999999"',
    );
    expect(errorOf((stack) => new AwsBucket(stack, "pos", { accessLogs: "logs" as never }))).toBe(
      'lake/pos has 1 problem\n  accessLogs must be a bucket of S3, own or referred to, got "logs"',
    );
  });
});

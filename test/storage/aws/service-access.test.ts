import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import type { WritingService } from "../../../lib/storage/aws/service-access";
import type { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { AWS } from "../clouds/aws";
import { templateOn } from "../clouds/cloud";

const TRAIL: WritingService = {
  service: "cloudtrail.amazonaws.com",
  sourceArn: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/all",
  prefix: "trail/",
};
const on = (build: (stack: TerraformStack) => unknown): Template => templateOn(AWS, build);
const admitted = (...writers: readonly WritingService[]) => {
  const template = on((stack) => {
    const bucket = new AwsBucket(stack, "pos");
    for (const writer of writers) bucket.allowService(writer);
  });
  return statementsOf(template.only(S3BucketPolicy).get("policy")).slice(2);
};
const OBJECTS = "${aws_s3_bucket.pos_A02B06CA.arn}";

describe("a service that writes", () => {
  test("is admitted below its prefix, for its source and that source's account", () => {
    expect(admitted(TRAIL)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${OBJECTS}/trail/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": TRAIL.sourceArn },
          StringEquals: { "aws:SourceAccount": "444455556666" },
        },
      },
    ]);
  });

  test("is held to the bucket's own account where its sources are buckets, whose ARNs name none", () => {
    const [statement] = admitted({ service: "logging.s3.amazonaws.com", sourceArn: "arn:aws:s3:::acme-pos" });
    expect(statement?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-pos" },
      StringEquals: { "aws:SourceAccount": "111122223333" },
    });
  });

  test("has one statement for all that it writes for, whatever their order", () => {
    const other = { ...TRAIL, sourceArn: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/admin" };
    const statements = admitted(TRAIL, other, TRAIL);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Condition?.["ArnLike"]).toEqual({ "aws:SourceArn": [other.sourceArn, TRAIL.sourceArn] });
    expect(admitted(other, TRAIL)).toEqual(statements);
    expect(admitted(TRAIL, { ...other, prefix: "admin/" })).toHaveLength(2);
  });

  test("is admitted to the bucket's key too, and what it waits for says so", () => {
    let waited = 0;
    const template = on((stack) => {
      const encryption = BucketEncryption.key(new AwsKey(stack, "key"));
      waited = new AwsBucket(stack, "pos", { encryption }).allowService(TRAIL).length;
    });
    expect(waited).toBe(2);
    expect(statementsOf(template.only(KmsKeyPolicy).get("policy"))[1]).toMatchObject({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: ["kms:GenerateDataKey"],
      Condition: { StringEquals: { "aws:SourceAccount": "444455556666" } },
    });
  });

  test("fails with everything that is wrong with it", () => {
    const message = messageOf(() =>
      on((stack) => {
        const text = new TerraformVariable(stack, "later", {}).stringValue;
        new AwsBucket(stack, "pos").allowService({ service: text, sourceArn: "pos", prefix: "/logs" });
      }),
    );
    expect(message).toBe(
      lines(
        "lake/pos has 3 problems",
        "  service must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
        '  sourceArn must be the ARN of what the service writes for, got "pos"',
        '  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/logs"',
      ),
    );
  });

  test("fails where so many write that the policy is longer than S3 takes", () => {
    const sources = Array.from(
      { length: 500 },
      (_, index) => `arn:aws:s3:::acme-some-bucket-with-a-name-${String(index)}`,
    );
    const message = messageOf(() => admitted(...sources.map((sourceArn) => ({ ...TRAIL, sourceArn }))));
    expect(message).toBe(
      lines(
        "Validation failed with the following errors:",
        "  [lake/pos] the policy of the bucket must have at most 20480 bytes, got 24509; let fewer sources write into it, or grant fewer roles of other accounts",
        "",
        "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
        "",
      ),
    );
  });
});

describe("a service that writes into a bucket that is only referred to", () => {
  const referred = (policyAgrees?: boolean) => (stack: TerraformStack) => {
    const attributes = { bucketName: "acme-legacy", encryption: BucketEncryption.s3Managed(), policyAgrees };
    expect(AwsBucket.fromBucketAttributes(stack, "legacy", attributes).allowService(TRAIL)).toEqual([]);
  };

  test("fails with the statement that the owner adds", () => {
    expect(messageOf(() => on(referred()))).toBe(
      lines(
        "lake/legacy has 1 problem",
        '  the policy of "acme-legacy" must be changed by its owner, because the bucket is only referred to here, got the writer cloudtrail.amazonaws.com; the owner adds {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-legacy/trail/*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:444455556666:trail/all"},"StringEquals":{"aws:SourceAccount":"444455556666"}}}, and policyAgrees: true says so here',
      ),
    );
  });

  test("passes once the owner has added it", () => {
    expect(on(referred(true)).all(S3BucketPolicy)).toEqual([]);
  });
});

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3DirectoryBucket } from "@cdktf/provider-aws/lib/s3-directory-bucket";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { DirectoryBucket } from "../../../lib/storage/aws/directory-bucket";
import { synthApp } from "../../../lib/testing/synth";
import { awsStack, DEV, functionRole, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

const errorOf = (build: (stack: TerraformStack) => unknown): string => messageOf(() => templateOf(build));

describe("a directory bucket", () => {
  const template = templateOf((stack) => {
    const bucket = new DirectoryBucket(stack, "scratch", {
      zoneId: "euw1-az2",
      baseName: "acme",
      tags: { owner: "ml" },
    });
    bucket.grants.read(functionRole(stack, "reader"));
    bucket.grants.readWrite(functionRole(stack, "trainer"));
  });

  test("stands in one zone, which its name says", () => {
    const bucket = template.only(S3DirectoryBucket);
    expect(bucket.get("bucket")).toBe("acme--euw1-az2--x-s3");
    expect(bucket.get("location")).toEqual([{ name: "euw1-az2", type: "AvailabilityZone" }]);
    expect(bucket.get("tags")).toEqual({ CostCenter: "Data 42", Environment: "prod", Owner: "ml" });
    expect(bucket.get("lifecycle")).toEqual({ prevent_destroy: true });
    expect(bucket.get("force_destroy")).toBe(false);
  });

  test("is tidied up by S3, which may do so before it is told to", () => {
    const lifecycle = template.only(S3BucketLifecycleConfiguration);
    expect(lifecycle.get("rule")).toEqual([
      {
        id: "housekeeping",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(lifecycle.get("depends_on")).toEqual([template.only(S3BucketPolicy).address]);
    expect(template.only(S3BucketPolicy).json("policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LifecycleDeletes",
          Effect: "Allow",
          Principal: { Service: "lifecycle.s3.amazonaws.com" },
          Action: "s3express:CreateSession",
          Resource: `\${${template.only(S3DirectoryBucket).address}.arn}`,
          Condition: { StringEquals: { "s3express:SessionMode": "ReadWrite" } },
        },
      ],
    });
  });

  test("grants sessions, to read or for all", () => {
    const granted = (role: string) =>
      statementsOf(template.only(IamRolePolicy, { path: role }).get("policy")).map(({ Action, Condition }) => [
        Action,
        Condition,
      ]);
    expect(granted("reader")).toEqual([
      [["s3express:CreateSession"], { StringEquals: { "s3express:SessionMode": "ReadOnly" } }],
    ]);
    expect(granted("trainer")).toEqual([
      [["s3express:CreateSession"], { StringEquals: { "s3express:SessionMode": ["ReadOnly", "ReadWrite"] } }],
    ]);
  });

  test("removes what is told to, in days", () => {
    const days = { expireAfterDays: 14, abortIncompleteUploadsAfterDays: 1 };
    const rule = templateOf((stack) => new DirectoryBucket(stack, "scratch", { zoneId: "use1-az4", ...days }))
      .only(S3BucketLifecycleConfiguration)
      .get("rule.0");
    expect(rule).toMatchObject({
      expiration: [{ days: 14 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
    });
  });

  test("is removable with both keys, and has a name of its path", () => {
    const bucket = templateOf(
      (stack) =>
        new DirectoryBucket(stack, "a-training-bucket-with-a-rather-long-id", {
          zoneId: "apne1-az4",
          dataRemoval: DataRemoval.DESTROY,
        }),
      DEV,
    ).only(S3DirectoryBucket);
    expect([bucket.get("force_destroy"), bucket.has("lifecycle")]).toEqual([true, false]);
    expect(bucket.get("bucket")).toMatch(/^lake-a-training-bucket-with-a-rathe-?[0-9a-f]{8}--apne1-az4--x-s3$/);
    expect(String(bucket.get("bucket")).length).toBeLessThanOrEqual(63);
  });

  test("is used from another stack", () => {
    const app = synthApp((app) => {
      const bucket = new DirectoryBucket(awsStack(app, "lake", PROD), "scratch", { zoneId: "use1-az4" });
      bucket.grants.read(functionRole(awsStack(app, "users", PROD)));
    });
    expect([app.dependencies("users"), app.dependencies("lake")]).toEqual([["lake"], []]);
  });

  test("fails with all that is wrong", () => {
    const wrong = {
      zoneId: "us-east-1a",
      baseName: "-Acme",
      expireAfterDays: 0,
      abortIncompleteUploadsAfterDays: 1.5,
      dataRemoval: "gone" as never,
    };
    expect(errorOf((stack) => new DirectoryBucket(stack, "scratch", wrong))).toBe(
      lines(
        "lake/scratch has 5 problems",
        '  zoneId must be the id of an availability zone such as use1-az4, got "us-east-1a"',
        '  baseName must be 1-44 lower-case letters, digits or hyphens, no hyphen first or last, got "-Acme"',
        "  expireAfterDays must be a whole number of at least 1 days, got 0",
        "  abortIncompleteUploadsAfterDays must be a whole number of at least 1 days, got 1.5",
        '  dataRemoval must be one of "keep", "destroy", got "gone"',
      ),
    );
    const later = errorOf(
      (stack) => new DirectoryBucket(stack, "scratch", { zoneId: new TerraformVariable(stack, "v", {}).stringValue }),
    );
    expect(later).toBe(
      lines(
        "lake/scratch has 1 problem",
        "  zoneId must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      ),
    );
  });
});

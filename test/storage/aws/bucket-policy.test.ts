import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { App, TerraformStack } from "cdktf";
import { claim } from "../../../lib/core/claim";
import { AwsRole } from "../../../lib/identity/aws/role";
import { trustService } from "../../../lib/identity/aws/trust";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { synthApp, type SynthesisedApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { AWS } from "../clouds/aws";
import { PROD, stackOn, templateOn } from "../clouds/cloud";

const ABROAD = { ...PROD, aws: { accountId: "999999999999", region: "eu-west-1" } };
const ROLE = { trust: trustService("lambda.amazonaws.com"), roleName: "reader" };
const policyOf = (app: SynthesisedApp) =>
  statementsOf(Template.of(app.stack("lake")).only(S3BucketPolicy).get("policy"));
const abroad = (app: App): TerraformStack => stackOn(AWS, app, "abroad", ABROAD);

describe("the policy of a bucket", () => {
  test("denies everything in the clear and below TLS 1.2, on the bucket and its objects", () => {
    const template = templateOn(AWS, (stack) => new AwsBucket(stack, "pos"));
    const both = ["${aws_s3_bucket.pos_A02B06CA.arn}", "${aws_s3_bucket.pos_A02B06CA.arn}/*"];
    expect(statementsOf(template.only(S3BucketPolicy).get("policy"))).toEqual([
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: both,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "DenyOutdatedTls",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: both,
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
    ]);
  });

  test("is written after the public access block, because S3 takes one change at a time", () => {
    const template = templateOn(AWS, (stack) => new AwsBucket(stack, "pos"));
    expect(template.only(S3BucketPolicy).get("depends_on")).toEqual([
      "aws_s3_bucket_public_access_block.pos_PublicAccessBlock_503ACD0E",
    ]);
  });

  test("agrees to a role of another account by literals, so that no stack waits for the other twice", () => {
    const app = synthApp((app) => {
      const bucket = new AwsBucket(stackOn(AWS, app), "pos");
      bucket.grants.read(new AwsRole(abroad(app), "role", ROLE), { prefix: "raw/" });
    });
    const arn = "${aws_s3_bucket.pos_A02B06CA.arn}";
    const only = { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::999999999999:role/reader" } };
    expect(policyOf(app).slice(2)).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: [`${arn}/raw/*`],
        Condition: only,
      },
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: ["s3:ListBucket"],
        Resource: [arn],
        Condition: { StringLike: { "s3:prefix": "raw/*" }, ...only },
      },
    ]);
    expect(app.dependencies("abroad")).toEqual(["lake"]);
    expect(app.dependencies("lake")).toEqual([]);
  });

  test("has the same statements in the same order, whoever was granted first", () => {
    const granted = (first: "a" | "b", second: "a" | "b"): unknown =>
      policyOf(
        synthApp((app) => {
          const bucket = new AwsBucket(stackOn(AWS, app), "pos");
          const stack = abroad(app);
          const roles = {
            a: new AwsRole(stack, "a", { ...ROLE, roleName: "a" }),
            b: new AwsRole(stack, "b", { ...ROLE, roleName: "b" }),
          };
          bucket.grants.read(roles[first]);
          bucket.grants.read(roles[second]);
          bucket.grants.read(roles[first]);
        }),
      );
    expect(granted("a", "b")).toEqual(granted("b", "a"));
  });

  test("has one owner in the app", () => {
    const build = (app: App): void => {
      const stack = stackOn(AWS, app);
      const bucket = new AwsBucket(stack, "pos");
      claim(new AwsRole(stack, "second", ROLE), S3BucketPolicy.tfResourceType, bucket.path);
    };
    expect(messageOf(() => synthApp(build))).toBe(
      'lake/second has 1 problem\n  aws_s3_bucket_policy of "lake/pos" must have one owner, because the server keeps one and the last writer wins, got lake/pos and lake/second',
    );
  });
});

describe("the policy of a bucket that is referred to", () => {
  const grantFromAbroad =
    (policyAgrees?: boolean) =>
    (app: App): void => {
      const stack = stackOn(AWS, app);
      const bucket = AwsBucket.fromBucketAttributes(stack, "old", {
        bucketName: "acme-legacy",
        accountId: "999999999999",
        encryption: BucketEncryption.s3Managed(),
        policyAgrees,
      });
      bucket.grants.write(new AwsRole(stack, "role", ROLE), { prefix: "in/" });
    };

  test("is not written: its owner is told what to add", () => {
    expect(messageOf(() => synthApp(grantFromAbroad()))).toBe(
      'lake/old has 1 problem\n  the policy of "acme-legacy" must be changed by its owner, because the bucket is only referred to here, got a grant to arn:aws:iam::111122223333:role/reader of another account; the owner adds ' +
        '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["s3:PutObject","s3:AbortMultipartUpload"],"Resource":["arn:aws:s3:::acme-legacy/in/*"],"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/reader"}}}, and policyAgrees: true says so here',
    );
  });

  test("needs nothing once its owner has agreed", () => {
    const template = Template.of(synthApp(grantFromAbroad(true)).stack("lake"));
    expect(template.count(S3BucketPolicy)).toBe(0);
  });

  test("needs a role whose account is known", () => {
    const build = (app: App): void => {
      const bucket = new AwsBucket(stackOn(AWS, app), "pos");
      const stack = abroad(app);
      const { roleName, roleArn, accountId } = new AwsRole(stack, "role", ROLE);
      const allow = (): never => {
        throw new Error("The grant should have been refused before.");
      };
      bucket.grants.read({ grantPrincipal: { cloud: "aws", roleName, roleArn, accountId, allow } });
    };
    expect(messageOf(() => synthApp(build))).toBe(
      "lake/pos has 1 problem\n  grantee must be a role whose account is declared (environment.aws.accountId), because it is of another account, got one without",
    );
  });
});

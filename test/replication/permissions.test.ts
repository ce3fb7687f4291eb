import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../../lib/core/environment";
import { AwsKey } from "../../lib/encryption/aws/key";
import { S3Replication } from "../../lib/replication/aws/s3-replication";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../lib/storage/aws/encryption";
import { synthApp, type SynthesisedApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { ACCOUNT, awsStack, OTHER_ACCOUNT, PROD } from "../support/aws-stack";
import { statementsOf, type Statement } from "../support/policies";

const AUDIT: Environment = { ...PROD, name: "audit", aws: { accountId: OTHER_ACCOUNT, region: "eu-west-1" } };

interface Sides {
  readonly sourceKey?: boolean;
  readonly destinationKey?: boolean;
  /** Stack of the destination; the source's unless given. */
  readonly destination?: { readonly id: string; readonly environment: Environment };
  readonly prefixes?: readonly string[];
}

/** Replication from `lake/pos` to `copy` in the region us-west-2. */
const replicated = ({ sourceKey, destinationKey, destination, prefixes }: Sides): SynthesisedApp =>
  synthApp((app) => {
    const lake = awsStack(app, "lake", PROD);
    const there = destination ? awsStack(app, destination.id, destination.environment) : lake;
    const key = (stack: TerraformStack, id: string, region?: string) =>
      BucketEncryption.key(new AwsKey(stack, id, { region }));
    const source = new AwsBucket(lake, "pos", { ...(sourceKey && { encryption: key(lake, "key") }) });
    const bucket = new AwsBucket(there, "copy", {
      region: "us-west-2",
      ...(destinationKey && { encryption: key(there, "copy-key", "us-west-2") }),
    });
    new S3Replication(lake, "dr", { source, destinations: [{ bucket, prefixes }] });
  });

/** What the role may do: action → what it is for. */
function rights(app: SynthesisedApp): Readonly<Record<string, readonly string[]>> {
  const statements = Template.of(app.stack("lake"))
    .all(IamRolePolicy)
    .flatMap((policy) => statementsOf(policy.get("policy")));
  return Object.fromEntries(
    statements.flatMap(({ Action, Resource }) => [Action].flat().map((action) => [action, [Resource].flat()])),
  );
}

const SOURCE = "${aws_s3_bucket.pos_A02B06CA.arn}";
const COPY = "${aws_s3_bucket.copy_DD9954EA.arn}";
const SOURCE_KEY = "${aws_kms_key.key_FEDD6EC0.arn}";
const COPY_KEY = "${aws_kms_key.copy-key_F55CE540.arn}";

const READ = {
  "s3:GetReplicationConfiguration": [SOURCE],
  "s3:ListBucket": [SOURCE],
  "s3:GetObjectVersionForReplication": [`${SOURCE}/*`],
  "s3:GetObjectVersionAcl": [`${SOURCE}/*`],
  "s3:GetObjectVersionTagging": [`${SOURCE}/*`],
};
const WRITE = {
  "s3:ReplicateObject": [`${COPY}/*`],
  "s3:ReplicateDelete": [`${COPY}/*`],
  "s3:ReplicateTags": [`${COPY}/*`],
};

describe("the role may do exactly what it needs", () => {
  test("without keys", () => {
    expect(rights(replicated({}))).toEqual({ ...READ, ...WRITE });
  });

  test("with a key of the destination alone, which is not used", () => {
    expect(rights(replicated({ destinationKey: true }))).toEqual({ ...READ, ...WRITE });
  });

  test("with keys on both sides", () => {
    expect(rights(replicated({ sourceKey: true, destinationKey: true }))).toEqual({
      ...READ,
      ...WRITE,
      "kms:Decrypt": [SOURCE_KEY],
      "kms:Encrypt": [COPY_KEY],
      "kms:GenerateDataKey": [COPY_KEY],
    });
  });

  test("below its prefixes", () => {
    const prefixes = ["training-data/", "raw/"];
    const { "s3:ReplicateObject": write, "s3:GetObjectVersionAcl": read } = rights(replicated({ prefixes }));
    expect([write, read]).toEqual([
      [`${COPY}/training-data/*`, `${COPY}/raw/*`],
      [`${SOURCE}/raw/*`, `${SOURCE}/training-data/*`],
    ]);
  });

  test("in another account, where it also hands the copies over", () => {
    const destination = { id: "audit", environment: AUDIT };
    const abroad =
      "${data.terraform_remote_state.cross-stack-reference-input-audit.outputs.cross-stack-output-aws_s3_bucketcopy_DD9954EAarn}";
    expect(rights(replicated({ destination }))).toEqual({
      ...READ,
      "s3:ReplicateObject": [`${abroad}/*`],
      "s3:ReplicateDelete": [`${abroad}/*`],
      "s3:ReplicateTags": [`${abroad}/*`],
      "s3:ObjectOwnerOverrideToBucketOwner": [`${abroad}/*`],
    });
  });
});

test("in another account with keys on both sides it may do all of that together, and nothing more", () => {
  const app = replicated({ sourceKey: true, destinationKey: true, destination: { id: "audit", environment: AUDIT } });
  expect(Object.keys(rights(app)).sort()).toEqual([
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTagging",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ObjectOwnerOverrideToBucketOwner",
    "s3:ReplicateDelete",
    "s3:ReplicateObject",
    "s3:ReplicateTags",
  ]);
});

test("from a bucket that locks its objects it may read their locks too", () => {
  const app = synthApp((root) => {
    const lake = awsStack(root, "lake", PROD);
    const retention = { minimumDays: 30 };
    const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(lake, id, { retention })) as [
      AwsBucket,
      AwsBucket,
    ];
    new S3Replication(lake, "dr", { source, destinations: [{ bucket }] });
  });
  expect(rights(app)).toEqual({
    ...READ,
    ...WRITE,
    "s3:GetObjectRetention": [`${SOURCE}/*`],
    "s3:GetObjectLegalHold": [`${SOURCE}/*`],
  });
});

describe("keys are used through S3 alone", () => {
  const conditions = (app: SynthesisedApp) =>
    Template.of(app.stack("lake"))
      .all(IamRolePolicy)
      .flatMap((policy) => statementsOf(policy.get("policy")))
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("kms:")))
      .map(({ Action, Condition }) => [Action, Condition]);

  test("each in its own region, for its own bucket: with and without a bucket key", () => {
    expect(conditions(replicated({ sourceKey: true, destinationKey: true, prefixes: ["raw/"] }))).toEqual([
      [
        ["kms:Decrypt"],
        {
          StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
          StringLike: { "kms:EncryptionContext:aws:s3:arn": [SOURCE, `${SOURCE}/raw/*`] },
        },
      ],
      [
        ["kms:Encrypt", "kms:GenerateDataKey"],
        {
          StringEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" },
          StringLike: { "kms:EncryptionContext:aws:s3:arn": [COPY, `${COPY}/raw/*`] },
        },
      ],
    ]);
  });
});

describe("another account", () => {
  const app = () =>
    replicated({ sourceKey: true, destinationKey: true, destination: { id: "audit", environment: AUDIT } });
  const ROLE = { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/lake-dr-role-7bf4411b` } };
  const admitted = (statements: readonly Statement[]) =>
    statements.filter(({ Principal }) => JSON.stringify(Principal).includes(ACCOUNT));

  test("owns the copies", () => {
    const block = Template.of(app().stack("lake")).only(S3BucketReplication);
    expect([
      block.get("rule.0.destination.account"),
      block.get("rule.0.destination.access_control_translation.owner"),
    ]).toEqual([OTHER_ACCOUNT, "Destination"]);
  });

  test("agrees in the bucket's policy", () => {
    const policy = Template.of(app().stack("audit")).only(S3BucketPolicy).get("policy");
    expect(admitted(statementsOf(policy))).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
        Resource: [`${COPY}/*`],
        Condition: ROLE,
      },
    ]);
  });

  test("agrees in the key's policy", () => {
    const policy = Template.of(app().stack("audit")).only(KmsKeyPolicy).get("policy");
    expect(admitted(statementsOf(policy)).map(({ Action }) => Action)).toEqual([
      ["kms:Encrypt", "kms:GenerateDataKey"],
    ]);
  });

  test("has stacks that do not wait for each other", () => {
    expect([app().dependencies("lake"), app().dependencies("audit")]).toEqual([["audit"], []]);
  });
});

describe("a bucket that is only referred to", () => {
  const referred = (policyAgrees: boolean) =>
    synthApp((app) => {
      const lake = awsStack(app, "lake", PROD);
      const bucket = AwsBucket.fromBucketAttributes(lake, "copy", {
        bucketName: "acme-audit",
        encryption: BucketEncryption.s3Managed(),
        accountId: OTHER_ACCOUNT,
        region: "us-west-2",
        versioned: true,
        policyAgrees,
      });
      new S3Replication(lake, "dr", { source: new AwsBucket(lake, "pos"), destinations: [{ bucket }] });
    });

  test("is written to as soon as its owner has agreed", () => {
    const template = Template.of(referred(true).stack("lake"));
    expect(template.only(S3BucketReplication).get("rule.0.destination")).toEqual({
      bucket: "arn:aws:s3:::acme-audit",
      account: OTHER_ACCOUNT,
      access_control_translation: { owner: "Destination" },
      metrics: { status: "Enabled" },
    });
    expect(template.all(S3BucketPolicy).map(({ path }) => path)).toEqual(["pos/Policy"]);
  });

  test("fails until then, and shows the statement to add", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
      Resource: ["arn:aws:s3:::acme-audit/*"],
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/lake-dr-role-7bf4411b` } },
    };
    expect(() => referred(false)).toThrow(
      new Error(
        `lake/copy has 1 problem\n  the policy of "acme-audit" must be changed by its owner, because the bucket is only referred to here, got a grant to arn:aws:iam::${ACCOUNT}:role/lake-dr-role-7bf4411b of another account; the owner adds ${JSON.stringify(statement)}, and policyAgrees: true says so here`,
      ),
    );
  });
});

import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Token, type TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { waitForKey } from "../../../lib/encryption/aws/key-use";
import type { AwsServiceKeyUse } from "../../../lib/encryption/references";
import { AwsRole } from "../../../lib/identity/aws/role";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, functionRole, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { statementsOf, type Statement } from "../../support/policies";

/** Statements beyond the first, which is the account's. */
const admitted = (build: (key: AwsKey, stack: TerraformStack) => void): readonly Statement[] => {
  const template = templateOf((stack) => build(new AwsKey(stack, "objects"), stack));
  return statementsOf(template.only(KmsKeyPolicy).get("policy")).slice(1);
};

const KEY_ARN = "aws_kms_key.objects_7623FC4F.arn";
const REGION = `\${element(split(':', ${KEY_ARN}), 3)}`;
const OWN_ACCOUNT = `\${element(split(':', ${KEY_ARN}), 4)}`;

test("the policy names the account by the key's own ARN, without an environment", () => {
  const template = templateOf((stack) => new AwsKey(stack, "objects"), "undeclared");
  expect(statementsOf(template.only(KmsKeyPolicy).get("policy"))).toEqual([
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${OWN_ACCOUNT}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
});

describe("a service", () => {
  test("is agreed to on behalf of the key's account", () => {
    const statements = admitted((key) => {
      key.allowService({ service: "events.amazonaws.com", actions: ["kms:Decrypt", "kms:GenerateDataKey"] });
    });
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": OWN_ACCOUNT } },
      },
    ]);
  });

  test("is agreed to once, however often it is asked for, in any order", () => {
    const ask = (services: readonly string[]) =>
      admitted((key) => {
        for (const service of services) key.allowService({ service, actions: ["kms:Decrypt"] });
      });
    const [s3, events] = ["s3.amazonaws.com", "events.amazonaws.com"] as const;
    expect(ask([s3, events, s3])).toEqual(ask([events, s3]));
    expect(ask([s3, events, s3])).toHaveLength(2);
  });

  test("may act for another account", () => {
    const [statement] = admitted((key) => {
      key.allowService({ service: "s3.amazonaws.com", actions: ["kms:Decrypt"], sourceAccount: OTHER_ACCOUNT });
    });
    expect(statement?.Condition).toEqual({ StringEquals: { "aws:SourceAccount": OTHER_ACCOUNT } });
  });

  test.each<[string, AwsServiceKeyUse, string]>([
    [
      "an action with a wildcard",
      { service: "s3.amazonaws.com", actions: ["kms:Decrypt", "kms:*"] },
      'actions must be actions of KMS without a wildcard, got "kms:*"',
    ],
    [
      "something that is no service",
      { service: "events", actions: ["kms:Decrypt"] },
      'service must be a service such as events.amazonaws.com, got "events"',
    ],
    [
      "a reference as account",
      { service: "s3.amazonaws.com", actions: ["kms:Decrypt"], sourceAccount: Token.asString({ resolve: () => "1" }) },
      "sourceAccount must be a literal account of 12 digits, because a reference would lead back into the stack that uses the key, got a token (a value known only to Terraform)",
    ],
  ])("fails on %s", (_, use, message) => {
    expect(() => admitted((key) => void key.allowService(use))).toThrow(`lake/objects has 1 problem\n  ${message}`);
  });
});

describe("CloudWatch Logs", () => {
  test("is agreed to for one log group of the key's account and region", () => {
    const statements = admitted((key) => void key.allowLogGroup("/aws/lambda/validate"));
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: `logs.${REGION}.amazonaws.com` },
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${OWN_ACCOUNT}:log-group:/aws/lambda/validate`,
          },
        },
      },
    ]);
  });

  test("fails on a name that is none", () => {
    expect(() => admitted((key) => void key.allowLogGroup("a b"))).toThrow(
      'lake/objects has 1 problem\n  logGroupName must be 1-512 letters, digits or any of _./#-, got "a b"',
    );
  });

  test("makes the log group of the same stack wait", () => {
    const template = templateOf((stack) => {
      const key = new AwsKey(stack, "objects");
      const group = new CloudwatchLogGroup(stack, "logs", { name: "/own", kmsKeyId: key.keyArn });
      waitForKey(group, key.allowLogGroup("/own"));
    });
    expect(template.only(CloudwatchLogGroup).get("depends_on")).toEqual([template.only(KmsKeyPolicy).address]);
  });

  test("leaves the order between stacks to the stacks", () => {
    const app = synthApp((app) => {
      const key = new AwsKey(awsStack(app, "keys", PROD), "objects");
      const group = new CloudwatchLogGroup(awsStack(app, "lake", PROD), "logs", { name: "/own", kmsKeyId: key.keyArn });
      waitForKey(group, key.allowLogGroup("/own"));
    });
    expect(Template.of(app.stack("lake")).only(CloudwatchLogGroup).has("depends_on")).toBe(false);
    expect(app.dependencies("lake")).toEqual(["keys"]);
    expect(app.dependencies("keys")).toEqual([]);
  });
});

describe("a role of another account", () => {
  const abroad = (stack: TerraformStack) =>
    AwsRole.fromRoleAttributes(stack, "abroad", { roleName: "reader", accountId: OTHER_ACCOUNT });

  test("is agreed to by literals, through the service of the key's region", () => {
    const statements = admitted((key, stack) => void key.grants.decrypt(abroad(stack), { viaService: "s3" }));
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
        Action: ["kms:Decrypt"],
        Resource: "*",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` },
          StringEquals: { "kms:ViaService": `s3.${REGION}.amazonaws.com` },
        },
      },
    ]);
  });

  test("needs nothing in the policy when it is of the same account", () => {
    expect(admitted((key, stack) => void key.grants.decrypt(functionRole(stack)))).toEqual([]);
    expect(ACCOUNT).not.toBe(OTHER_ACCOUNT);
  });

  test("is no reference back into its own stack", () => {
    const app = synthApp((app) => {
      const key = new AwsKey(awsStack(app, "keys", PROD), "objects");
      const there = awsStack(app, "there", { ...PROD, aws: { accountId: OTHER_ACCOUNT, region: "eu-west-1" } });
      key.grants.encryptDecrypt(functionRole(there));
    });
    expect(app.dependencies("there")).toEqual(["keys"]);
    expect(app.dependencies("keys")).toEqual([]);
  });

  test("fails when its name is not known", () => {
    const nameless = { accountId: OTHER_ACCOUNT };
    expect(() => admitted((key) => key.admit(nameless, { actions: ["kms:Decrypt"] }))).toThrow(
      "lake/objects has 1 problem\n  grantee must be a role whose account is declared (environment.aws.accountId), because it is of another account, got one without",
    );
  });
});

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import type { TerraformStack } from "cdktf";
import { AwsKey, type IAwsKey } from "../../../lib/encryption/aws/key";
import { AwsRole } from "../../../lib/identity/aws/role";
import { ACCOUNT, functionRole, OTHER_ACCOUNT, templateOf } from "../../support/aws-stack";
import { statementsOf } from "../../support/policies";

const KEY_ARN = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const referred = (use: (key: IAwsKey, stack: TerraformStack) => void, policyAgrees?: boolean) =>
  templateOf((stack) => use(AwsKey.fromKeyAttributes(stack, "old", { keyArn: KEY_ARN, policyAgrees }), stack));

const abroad = (stack: TerraformStack) =>
  AwsRole.fromRoleAttributes(stack, "abroad", { roleName: "reader", accountId: OTHER_ACCOUNT });

test("a key that exists is only referred to", () => {
  const template = referred((key, stack) => void key.grants.decrypt(functionRole(stack), { viaService: "sqs" }));
  template.none(KmsKey);
  template.none(KmsKeyPolicy);
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))).toEqual([
    {
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: [KEY_ARN],
      Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    },
  ]);
});

test("its ARN may be known to Terraform alone", () => {
  const template = templateOf((stack) => {
    const { keyArn } = new AwsKey(stack, "own");
    AwsKey.fromKeyAttributes(stack, "old", { keyArn }).grants.decrypt(functionRole(stack));
  });
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))[0]?.Resource).toEqual([
    `\${${template.only(KmsKey).address}.arn}`,
  ]);
});

describe("what only its owner can change fails with the statement to add", () => {
  test("a role of another account", () => {
    expect(() => referred((key, stack) => void key.grants.decrypt(abroad(stack)))).toThrow(
      `lake/old has 1 problem\n  the policy of the key must be changed by its owner, because the key is only referred to here, got a grant to arn:aws:iam::${OTHER_ACCOUNT}:role/reader; the owner adds {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${OTHER_ACCOUNT}:root"},"Action":["kms:Decrypt"],"Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::${OTHER_ACCOUNT}:role/reader"}}}, and policyAgrees: true says here that it is done`,
    );
  });

  test("a service", () => {
    expect(() =>
      referred((key) => void key.allowService({ service: "s3.amazonaws.com", actions: ["kms:Decrypt"] })),
    ).toThrow(
      `lake/old has 1 problem\n  the policy of the key must be changed by its owner, because the key is only referred to here, got the use by s3.amazonaws.com; the owner adds {"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":["kms:Decrypt"],"Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"${ACCOUNT}"}}}, and policyAgrees: true says here that it is done`,
    );
  });

  test("a log group", () => {
    expect(() => referred((key) => void key.allowLogGroup("/own"))).toThrow(
      `lake/old has 1 problem\n  the policy of the key must be changed by its owner, because the key is only referred to here, got the use by log group "/own"; the owner adds {"Effect":"Allow","Principal":{"Service":"logs.eu-west-1.amazonaws.com"},"Action":["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey","kms:GenerateDataKeyWithoutPlaintext","kms:ReEncryptFrom","kms:ReEncryptTo"],"Resource":"*","Condition":{"ArnEquals":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/own"}}}, and policyAgrees: true says here that it is done`,
    );
  });

  test("and passes once the owner has added it", () => {
    const template = referred((key, stack) => {
      key.grants.decrypt(abroad(stack));
      expect(key.allowService({ service: "s3.amazonaws.com", actions: ["kms:Decrypt"] })).toBeUndefined();
      expect(key.allowLogGroup("/own")).toBeUndefined();
    }, true);
    expect(template.count(IamRolePolicy)).toBe(1);
  });
});

test("fails on an alias, which IAM does not take, and on a flag that is none", () => {
  const attributes = {
    keyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/lake`,
    policyAgrees: "yes" as unknown as boolean,
  };
  expect(() => templateOf((stack) => void AwsKey.fromKeyAttributes(stack, "old", attributes))).toThrow(
    [
      "lake/old has 2 problems",
      `  keyArn must be the ARN of a key (arn:aws:kms:<region>:<account>:key/<id>), not of an alias, got "arn:aws:kms:eu-west-1:${ACCOUNT}:alias/lake"`,
      '  policyAgrees must be true or false, got "yes"',
    ].join("\n"),
  );
});

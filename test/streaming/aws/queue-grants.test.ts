import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import type { Grantee } from "../../../lib/core/grant";
import { AwsKey } from "../../../lib/encryption/aws/key";
import type { AwsPrincipal } from "../../../lib/identity/aws/principal";
import { AwsRole } from "../../../lib/identity/aws/role";
import { QueueEncryption } from "../../../lib/streaming/aws/encryption";
import { AwsQueue } from "../../../lib/streaming/aws/queue";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, functionRole, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { statementsOf } from "../../support/policies";

const CONSUME = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"];

const encrypted = (stack: TerraformStack): AwsQueue =>
  new AwsQueue(stack, "orders", { encryption: QueueEncryption.key(new AwsKey(stack, "key")) });

const abroad = (stack: TerraformStack) =>
  AwsRole.fromRoleAttributes(stack, "abroad", { roleName: "sender", accountId: OTHER_ACCOUNT });

describe("gives exactly", () => {
  test.each([
    ["send", ["sqs:SendMessage"]],
    ["consume", CONSUME],
    ["purge", ["sqs:PurgeQueue"]],
  ] as const)("%s", (verb, actions) => {
    const template = templateOf((stack) => {
      const queue = new AwsQueue(stack, "orders");
      queue.grants[verb](functionRole(stack, "one"));
      queue.deadLetterQueue.grants[verb](functionRole(stack, "two"));
    });
    const statements = (path: string) => statementsOf(template.only(IamRolePolicy, { path }).get("policy"));
    expect(statements("one")).toEqual([
      { Effect: "Allow", Action: actions, Resource: ["${aws_sqs_queue.orders_46FA7C19.arn}"] },
    ]);
    expect(statements("two")).toEqual([
      { Effect: "Allow", Action: actions, Resource: ["${aws_sqs_queue.orders_DeadLetter_D06C6047.arn}"] },
    ]);
  });

  test.each([
    ["send", ["kms:GenerateDataKey", "kms:Decrypt"]],
    ["consume", ["kms:Decrypt"]],
  ] as const)("%s with the key, through SQS alone", (verb, actions) => {
    const template = templateOf((stack) => void encrypted(stack).grants[verb](functionRole(stack)));
    expect(statementsOf(template.only(IamRolePolicy).get("policy"))[1]).toEqual({
      Effect: "Allow",
      Action: actions,
      Resource: ["${aws_kms_key.key_FEDD6EC0.arn}"],
      Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    });
  });
});

test("purging needs no key", () => {
  const template = templateOf((stack) => void encrypted(stack).grants.purge(functionRole(stack)));
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))).toHaveLength(1);
});

test("a grant renders under the role, in its own stack, and orders there", () => {
  const app = synthApp((app) => {
    const queue = new AwsQueue(awsStack(app, "queues", PROD), "orders");
    const there = awsStack(app, "functions", PROD);
    const role = functionRole(there);
    expect(queue.grants.consume(role)).toBe(queue.grants.consume(role));
    queue.grants.consume(role).before(functionRole(there, "later").resource);
  });
  const template = Template.of(app.stack("functions"));
  const policy = template.only(IamRolePolicy, { path: "role/consume-orders-2b47617e" });
  expect(statementsOf(policy.get("policy"))[0]?.Resource).toEqual([
    expect.stringMatching(/^\$\{data\.terraform_remote_state\.cross-stack-reference-input-queues\.outputs\./),
  ]);
  expect(template.only(IamRole, { path: "later" }).get("depends_on")).toEqual([policy.address]);
  expect(app.dependencies("functions")).toEqual(["queues"]);
  expect(app.dependencies("queues")).toEqual([]);
});

test("a role of another account is agreed to by the queue's policy and the key's", () => {
  const template = templateOf((stack) => void encrypted(stack).grants.send(abroad(stack)));
  const condition = { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${OTHER_ACCOUNT}:role/sender` } };
  expect(statementsOf(template.only(SqsQueuePolicy, { path: "orders/Policy" }).get("policy"))[1]).toEqual({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    Action: ["sqs:SendMessage"],
    Resource: "${aws_sqs_queue.orders_46FA7C19.arn}",
    Condition: condition,
  });
  expect(statementsOf(template.only(KmsKeyPolicy).get("policy"))[1]).toMatchObject({
    Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    Action: ["kms:GenerateDataKey", "kms:Decrypt"],
    Condition: condition,
  });
});

test("fails on a principal of another cloud", () => {
  const account = { grantPrincipal: { cloud: "google" } } as unknown as Grantee<AwsPrincipal>;
  expect(() => templateOf((stack) => void new AwsQueue(stack, "orders").grants.send(account))).toThrow(
    "lake/orders has 1 problem\n  grantee must be a principal of AWS, got one of Google Cloud; for Google Cloud create a keyless trust first and grant to the AWS identity it ends in",
  );
});

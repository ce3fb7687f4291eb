import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsRole } from "../../../lib/identity/aws/role";
import { QueueEncryption } from "../../../lib/streaming/aws/encryption";
import { AwsQueue, type IAwsQueue } from "../../../lib/streaming/aws/queue";
import type { AwsQueueAttributes } from "../../../lib/streaming/aws/referred-queue";
import { ACCOUNT, functionRole, OTHER_ACCOUNT, templateOf } from "../../support/aws-stack";
import { statementsOf } from "../../support/policies";

const QUEUE_ARN = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const ATTRIBUTES: AwsQueueAttributes = { queueArn: QUEUE_ARN, encryption: QueueEncryption.sqsManaged() };

const referred = (use: (queue: IAwsQueue, stack: TerraformStack) => void, attributes = ATTRIBUTES) =>
  templateOf((stack) => use(AwsQueue.fromQueueAttributes(stack, "old", attributes), stack));

const abroad = (stack: TerraformStack) =>
  AwsRole.fromRoleAttributes(stack, "abroad", { roleName: "sender", accountId: OTHER_ACCOUNT });

const RULE = { sid: "Rule", service: "events.amazonaws.com", sourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/r` };

test("a queue that exists is only referred to, by what its ARN says", () => {
  const seen: Partial<IAwsQueue>[] = [];
  const template = referred(({ queueName, queueUrl, region, accountId, keyArn }) => {
    seen.push({ queueName, queueUrl, region, accountId, keyArn });
  });
  template.none(SqsQueue);
  template.none(SqsQueuePolicy);
  expect(seen).toEqual([
    {
      queueName: "orders",
      queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`,
      region: "eu-west-1",
      accountId: ACCOUNT,
      keyArn: undefined,
    },
  ]);
});

test("a grant includes its key", () => {
  const keyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd`;
  const template = templateOf((stack) => {
    const key = AwsKey.fromKeyAttributes(stack, "key", { keyArn });
    const queue = AwsQueue.fromQueueAttributes(stack, "old", { ...ATTRIBUTES, encryption: QueueEncryption.key(key) });
    queue.grants.send(functionRole(stack));
  });
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))).toEqual([
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [QUEUE_ARN] },
    {
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: [keyArn],
      Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    },
  ]);
});

test("it is measured like an own one", () => {
  const template = referred((queue, stack) => {
    queue.metrics.visibleMessages().alarm(stack, "full", { above: 1000, severity: "low" });
  });
  expect(template.only(CloudwatchMetricAlarm).get("dimensions")).toEqual({ QueueName: "orders" });
});

test("its ARN and address may be known to Terraform alone", () => {
  const template = templateOf((stack) => {
    const { queueArn, queueUrl } = new AwsQueue(stack, "own", { queueName: "own" });
    const queue = AwsQueue.fromQueueAttributes(stack, "old", { ...ATTRIBUTES, queueArn, queueUrl });
    queue.grants.send(functionRole(stack));
    queue.metrics.visibleMessages().alarm(stack, "full", { above: 1000, severity: "low" });
  });
  expect(template.only(CloudwatchMetricAlarm).get("dimensions.QueueName")).toMatch(
    /^\$\{element\(split\(":", aws_sqs_queue\.own_[0-9A-F]{8}\.arn\), 5\)\}$/,
  );
});

describe("what only its owner can change fails with the statement to add", () => {
  test("a service", () => {
    expect(() => referred((queue) => queue.allowService(RULE))).toThrow(
      `lake/old has 1 problem\n  the policy of the queue must be changed by its owner, because the queue is only referred to here, got the sender events.amazonaws.com; the owner adds {"Sid":"Rule","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"${QUEUE_ARN}","Condition":{"ArnLike":{"aws:SourceArn":"${RULE.sourceArn}"}}}, and policyAgrees: true says here that it is done`,
    );
  });

  test("a role of another account", () => {
    expect(() => referred((queue, stack) => void queue.grants.send(abroad(stack)))).toThrow(
      `lake/old has 1 problem\n  the policy of the queue must be changed by its owner, because the queue is only referred to here, got a grant to arn:aws:iam::${OTHER_ACCOUNT}:role/sender of another account; the owner adds {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${OTHER_ACCOUNT}:root"},"Action":["sqs:SendMessage"],"Resource":"${QUEUE_ARN}","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::${OTHER_ACCOUNT}:role/sender"}}}, and policyAgrees: true says here that it is done`,
    );
  });

  test("and passes once the owner has added it", () => {
    const use = (queue: IAwsQueue, stack: TerraformStack) => {
      queue.allowService(RULE);
      queue.grants.send(abroad(stack));
    };
    expect(referred(use, { ...ATTRIBUTES, policyAgrees: true }).count(IamRolePolicy)).toBe(1);
  });
});

test("fails on every wrong attribute at once", () => {
  const wrong = {
    queueArn: "orders",
    encryption: undefined,
    queueUrl: 5,
    policyAgrees: "yes",
  } as unknown as AwsQueueAttributes;
  expect(() => referred(() => undefined, wrong)).toThrow(
    [
      "lake/old has 4 problems",
      '  queueArn must be the ARN of a standard queue (arn:aws:sqs:<region>:<account>:<name>), got "orders"',
      "  encryption must be QueueEncryption.sqsManaged() or QueueEncryption.key(key), got undefined",
      "  queueUrl must be a string, got 5",
      '  policyAgrees must be true or false, got "yes"',
    ].join("\n"),
  );
});

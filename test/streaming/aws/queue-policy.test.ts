import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import { claim } from "../../../lib/core/claim";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { QueueEncryption } from "../../../lib/streaming/aws/encryption";
import { AwsQueue } from "../../../lib/streaming/aws/queue";
import type { SendingService } from "../../../lib/streaming/aws/queue-policy";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, PROD, templateOf } from "../../support/aws-stack";
import { statementsOf, type Statement } from "../../support/policies";

const RULE: SendingService = {
  sid: "Rule",
  service: "events.amazonaws.com",
  sourceArn: "arn:aws:events:eu-west-1:123456789012:rule/orders",
};
const BUCKET: SendingService = { sid: "Bucket", service: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::acme-pos" };

const QUEUE_ARN = "aws_sqs_queue.orders_46FA7C19.arn";
const TLS_ONLY: Statement = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "sqs:*",
  Resource: `\${${QUEUE_ARN}}`,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const policyOf = (use: (queue: AwsQueue, stack: TerraformStack) => void): readonly Statement[] => {
  const template = templateOf((stack) => use(new AwsQueue(stack, "orders"), stack));
  return statementsOf(template.only(SqsQueuePolicy, { path: "orders/Policy" }).get("policy"));
};

test("queue and dead-letter queue take nothing but TLS", () => {
  const template = templateOf((stack) => new AwsQueue(stack, "orders"));
  expect(template.all(SqsQueuePolicy).flatMap((policy) => statementsOf(policy.get("policy")))).toEqual([
    { ...TLS_ONLY, Resource: "${aws_sqs_queue.orders_DeadLetter_D06C6047.arn}" },
    TLS_ONLY,
  ]);
});

describe("a service", () => {
  test("may send for one resource", () => {
    expect(policyOf((queue) => queue.allowService(RULE))).toEqual([
      TLS_ONLY,
      {
        Sid: "Rule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: `\${${QUEUE_ARN}}`,
        Condition: { ArnLike: { "aws:SourceArn": RULE.sourceArn } },
      },
    ]);
  });

  test("sends for a bucket of the queue's own account: the ARN of a bucket names none", () => {
    expect(policyOf((queue) => queue.allowService(BUCKET))[1]?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-pos" },
      StringEquals: { "aws:SourceAccount": `\${element(split(':', ${QUEUE_ARN}), 4)}` },
    });
  });

  test("sends for another account that is named", () => {
    const sender = { ...BUCKET, sourceAccount: "999999999999" };
    expect(policyOf((queue) => queue.allowService(sender))[1]?.Condition?.["StringEquals"]).toEqual({
      "aws:SourceAccount": "999999999999",
    });
  });

  test("is one statement however often it is allowed, in any order", () => {
    const allow = (senders: readonly SendingService[]) =>
      policyOf((queue) => {
        for (const sender of senders) queue.allowService(sender);
      });
    expect(allow([RULE, BUCKET, RULE])).toEqual(allow([BUCKET, RULE]));
    expect(allow([RULE, BUCKET, RULE])).toHaveLength(3);
  });

  test("may send to the dead-letter queue what it could not deliver", () => {
    const template = templateOf((stack) => {
      new AwsQueue(stack, "orders").deadLetterQueue.allowService(RULE);
    });
    const policy = template.only(SqsQueuePolicy, { path: "orders/DeadLetter/Policy" });
    expect(statementsOf(policy.get("policy"))[1]).toMatchObject({
      Sid: "Rule",
      Resource: "${aws_sqs_queue.orders_DeadLetter_D06C6047.arn}",
    });
  });

  test("may use the customer-managed key too, and the queue's policy waits for the key's", () => {
    const template = templateOf((stack) => {
      const key = new AwsKey(stack, "key");
      new AwsQueue(stack, "orders", { encryption: QueueEncryption.key(key) }).allowService(RULE);
    });
    const keyPolicy = template.only(KmsKeyPolicy);
    expect(statementsOf(keyPolicy.get("policy"))[1]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    });
    const policy = template.only(SqsQueuePolicy, { path: "orders/Policy" });
    expect(policy.get("depends_on")).toEqual([keyPolicy.address]);
  });

  test("of another stack refers to the queue, not the other way round; a key of a third one is no cycle either", () => {
    const app = synthApp((app) => {
      const key = new AwsKey(awsStack(app, "keys", PROD), "key");
      const queues = awsStack(app, "queues", PROD);
      const queue = new AwsQueue(queues, "orders", { encryption: QueueEncryption.key(key) });
      const bucket = new AwsBucket(awsStack(app, "data", PROD), "pos");
      queue.allowService({ ...BUCKET, sourceArn: bucket.bucketArn });
    });
    expect(app.dependencies("keys")).toEqual([]);
    expect(app.dependencies("queues")).toEqual(["keys", "data"]);
    const policy = Template.of(app.stack("queues")).only(SqsQueuePolicy, { path: "orders/Policy" });
    expect(policy.has("depends_on")).toBe(false);
    expect(statementsOf(policy.get("policy"))[1]?.Condition?.["ArnLike"]?.["aws:SourceArn"]).toMatch(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-data\.outputs\./,
    );
  });
});

describe("fails on", () => {
  test("one sid for two senders", () => {
    expect(() =>
      policyOf((queue) => {
        queue.allowService(RULE);
        queue.allowService({ ...BUCKET, sid: "Rule" });
      }),
    ).toThrow('lake/orders has 1 problem\n  sid must be one of its own for each sender, got "Rule"');
  });

  test("every wrong part of a sender at once", () => {
    const sender = { sid: "my rule", service: "events", sourceArn: "orders", sourceAccount: 5 as unknown as string };
    expect(() => policyOf((queue) => queue.allowService(sender))).toThrow(
      [
        "lake/orders has 4 problems",
        '  sid must be 1-64 letters or digits, got "my rule"',
        '  service must be a service such as events.amazonaws.com, got "events"',
        '  sourceArn must be the ARN of what the service sends for, got "orders"',
        "  sourceAccount must be a string, got 5",
      ].join("\n"),
    );
  });

  test("the sid of the queue's own statement", () => {
    expect(() => policyOf((queue) => queue.allowService({ ...RULE, sid: "DenyInsecureTransport" }))).toThrow(
      'lake/orders has 1 problem\n  sid must be 1-64 letters or digits, got "DenyInsecureTransport"',
    );
  });

  test("more statements than SQS takes", () => {
    const many = (count: number) => () =>
      policyOf((queue) => {
        for (let index = 0; index < count; index += 1) queue.allowService({ ...RULE, sid: `Rule${index}` });
      });
    expect(many(19)()).toHaveLength(20);
    expect(many(20)).toThrow(
      "[lake/orders] the policy of the queue must have at most 20 statements, got 21; send through fewer rules or to a second queue",
    );
  });

  test("a second owner of the policy", () => {
    const second = (queue: AwsQueue, stack: TerraformStack) =>
      claim(stack, SqsQueuePolicy.tfResourceType, queue.node.path);
    expect(() => policyOf(second)).toThrow(
      'lake has 1 problem\n  aws_sqs_queue_policy of "lake/orders" must have one owner, because the server keeps one and the last writer wins, got lake/orders and lake',
    );
  });
});

import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { NodeFunction, type NodeFunctionProps } from "../../../lib/functions/aws/node-function";
import type { ObjectEventSource, ObjectEventSourceOptions } from "../../../lib/functions/aws/object-event-source";
import { HandlerCode } from "../../../lib/functions/handler-code";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { Delivery } from "../../../lib/storage/delivery";
import type { ObjectsCreatedOptions } from "../../../lib/storage/aws/object-events";
import { synthApp } from "../../../lib/testing/synth";
import { Template, type Block } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, DEV, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf, type Statement } from "../../support/policies";

const code = HandlerCode.bundled("retraining-trigger");

const functionIn = (stack: TerraformStack, props: Partial<NodeFunctionProps> = {}): NodeFunction =>
  new NodeFunction(stack, "enrich", { code, ...props });

/** A bucket and a function that is told of its objects. */
const told = (objects: ObjectsCreatedOptions = {}, options: ObjectEventSourceOptions = {}) =>
  templateOf((stack) => {
    functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated(objects), options);
  });

const isDeadLetter = ({ path }: Block): boolean => path.includes("/DeadLetter");
const queueOf = (template: Template): string =>
  template.all(SqsQueue).find((queue) => !isDeadLetter(queue))?.address ?? "";
const deadLettersOf = (template: Template): string => template.all(SqsQueue).find(isDeadLetter)?.address ?? "";
const policyOf = (template: Template): string =>
  template.all(SqsQueuePolicy).find((policy) => !isDeadLetter(policy))?.address ?? "";

/** Who may send where. */
const sentBy = (template: Template): readonly Statement[] =>
  policiesOf(template, [SqsQueuePolicy]).filter(({ Effect }) => Effect === "Allow");

describe("new objects by EventBridge", () => {
  test("match a rule of the function's own", () => {
    const rule = told({ prefix: "in/", suffix: ".csv" }).only(CloudwatchEventRule);
    expect(rule.get("description")).toBe("New objects of lake/raw");
    expect(rule.json("event_pattern")).toEqual({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: ["${aws_s3_bucket.raw_1D6FB60A.bucket}"] },
        object: { key: [{ wildcard: "in/*.csv" }] },
      },
    });
  });

  test("go to a queue with retries and dead letters of the delivery's own, once the queue lets them in", () => {
    const template = told();
    const { depends_on: waitsFor, ...target } = template.only(CloudwatchEventTarget).attributes;
    expect(target).toEqual({
      arn: `\${${queueOf(template)}.arn}`,
      dead_letter_config: { arn: `\${${deadLettersOf(template)}.arn}` },
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      rule: `\${${template.only(CloudwatchEventRule).address}.name}`,
    });
    expect(new Set(waitsFor as string[])).toEqual(new Set(template.all(SqsQueuePolicy).map(({ address }) => address)));
  });

  test("are let into queue and dead letters for this rule alone", () => {
    const template = told();
    const rule = template.only(CloudwatchEventRule).address;
    const allowed = (queue: string): unknown => ({
      Sid: "EventBridge",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: `\${${queue}.arn}`,
      Condition: { ArnLike: { "aws:SourceArn": `\${${rule}.arn}` } },
    });
    const receivers = [queueOf(template), deadLettersOf(template)];
    expect(sentBy(template)).toHaveLength(2);
    expect(sentBy(template)).toEqual(expect.arrayContaining(receivers.map(allowed)));
  });

  test("come in batches of which the failed messages alone come again", () => {
    const template = told();
    expect(template.only(LambdaEventSourceMapping).attributes).toEqual({
      batch_size: 10,
      depends_on: [template.all(IamRolePolicy).find(({ path }) => path.includes("/consume-"))?.address],
      event_source_arn: `\${${queueOf(template)}.arn}`,
      function_name: "${aws_lambda_function.enrich_E289F4BB.arn}",
      function_response_types: ["ReportBatchItemFailures"],
      maximum_batching_window_in_seconds: 0,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("come as they are told to", () => {
    const template = told(
      {},
      { batchSize: 500, maximumBatchingWindowSeconds: 300, maximumConcurrency: 2, maxReceiveCount: 3 },
    );
    expect(template.only(LambdaEventSourceMapping).attributes).toMatchObject({
      batch_size: 500,
      maximum_batching_window_in_seconds: 300,
      scaling_config: { maximum_concurrency: 2 },
    });
    // six runs of 30 seconds, and the window
    const queue = template.only(SqsQueue, { with: { visibility_timeout_seconds: 480 } });
    expect(JSON.parse(String(queue.get("redrive_policy")))).toMatchObject({ maxReceiveCount: 3 });
  });

  test.each([
    [1, 6],
    [30, 180],
    [900, 5400],
  ])("stay hidden while a run of %s seconds is tried six times", (timeoutSeconds, hidden) => {
    const template = templateOf((stack) => {
      functionIn(stack, { timeoutSeconds }).addEventSource(new AwsBucket(stack, "raw").objectsCreated());
    });
    expect(template.count(SqsQueue, { with: { visibility_timeout_seconds: hidden } })).toBe(1);
  });

  test("of another stack's bucket need nothing in that stack", () => {
    const app = synthApp((app) => {
      const raw = new AwsBucket(awsStack(app, "from", PROD), "raw");
      functionIn(awsStack(app, "to", PROD)).addEventSource(raw.objectsCreated({ prefix: "in/" }));
    });
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
    expect(Template.of(app.stack("from")).count(SqsQueue)).toBe(0);
    expect(Template.of(app.stack("to")).only(CloudwatchEventRule).get("event_pattern")).toContain(
      "${data.terraform_remote_state.cross-stack-reference-input-from.outputs.",
    );
  });

  test("of an existing bucket match its name", () => {
    const template = templateOf((stack) => {
      const encryption = BucketEncryption.s3Managed();
      const raw = AwsBucket.fromBucketAttributes(stack, "raw", {
        bucketName: "acme-raw",
        encryption,
        eventBridge: true,
      });
      functionIn(stack).addEventSource(raw.objectsCreated());
    });
    expect(template.only(CloudwatchEventRule).get("event_pattern")).toContain('"bucket":{"name":["acme-raw"]}');
  });

  test("go with both keys turned, and are kept otherwise", () => {
    const guards = (dataRemoval?: DataRemoval) =>
      templateOf((stack) => {
        functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated(), { dataRemoval });
      }, DEV)
        .all(SqsQueue)
        .map((queue) => queue.has("lifecycle"));
    expect(guards()).toEqual([true, true]);
    expect(guards(DataRemoval.DESTROY)).toEqual([false, false]);
  });

  test("keep their addresses", () => {
    const addresses = told({ prefix: "in/" })
      .addresses()
      .filter((address) => address.includes("objects-raw"));
    expect(addresses).toEqual([
      "aws_cloudwatch_event_rule.enrich_objects-raw-383f056e_Rule_43BCD988",
      "aws_cloudwatch_event_target.enrich_objects-raw-383f056e_Target_2E6202A4",
      "aws_lambda_event_source_mapping.enrich_objects-raw-383f056e_52E2C7FE",
      "aws_sqs_queue.enrich_objects-raw-383f056e_Queue_5DAFB49C",
      "aws_sqs_queue.enrich_objects-raw-383f056e_Queue_DeadLetter_AF683AA2",
      "aws_sqs_queue_policy.enrich_objects-raw-383f056e_Queue_DeadLetter_Policy_394C978D",
      "aws_sqs_queue_policy.enrich_objects-raw-383f056e_Queue_Policy_AF628B64",
      "aws_sqs_queue_redrive_allow_policy.enrich_objects-raw-383f056e_Queue_RedriveAllow_FEFB404C",
    ]);
  });
});

describe("new objects by the bucket's own notification", () => {
  const direct = (stack: TerraformStack): ObjectEventSource => {
    const raw = new AwsBucket(stack, "raw");
    return functionIn(stack).addEventSource(
      raw.objectsCreated({ prefix: "in/", suffix: ".csv", delivery: Delivery.DIRECT }),
    );
  };

  test("go straight to the queue, once it lets them in", () => {
    const template = templateOf((stack) => void direct(stack));
    expect(template.only(S3BucketNotification).attributes).toMatchObject({
      depends_on: [policyOf(template)],
      queue: [
        {
          events: ["s3:ObjectCreated:*"],
          filter_prefix: "in/",
          filter_suffix: ".csv",
          queue_arn: `\${${queueOf(template)}.arn}`,
        },
      ],
    });
    template.none(CloudwatchEventRule);
    template.none(CloudwatchEventTarget);
  });

  test("are let in for this bucket of this account alone", () => {
    const template = templateOf((stack) => void direct(stack));
    expect(sentBy(template)).toEqual([
      {
        Sid: "S3",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: `\${${queueOf(template)}.arn}`,
        Condition: {
          ArnLike: { "aws:SourceArn": "${aws_s3_bucket.raw_1D6FB60A.arn}" },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });

  test("of a bucket without a declared account are let in for the queue's own", () => {
    const template = templateOf((stack) => void direct(stack), "undeclared");
    expect(sentBy(template).map(({ Condition }) => Condition?.["StringEquals"])).toEqual([
      { "aws:SourceAccount": `\${element(split(':', ${queueOf(template)}.arn), 4)}` },
    ]);
  });

  test("fail between two stacks, which would wait for each other", () => {
    const build = () =>
      synthApp((app) => {
        const raw = new AwsBucket(awsStack(app, "from", PROD), "raw");
        functionIn(awsStack(app, "to", PROD)).addEventSource(raw.objectsCreated({ delivery: Delivery.DIRECT }));
      });
    expect(messageOf(build)).toBe(
      lines(
        "to/enrich/objects-raw-e6d04500 has 1 problem",
        '  delivery must be EVENT_BRIDGE, because from/raw stands in another stack, got "direct"',
      ),
    );
  });
});

describe("a source", () => {
  test("shows its queues and what it made", () => {
    const seen: string[] = [];
    templateOf((stack) => {
      const source = functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated());
      seen.push(source.queue.path, source.deadLetterQueue.path, Object.keys(source.resources).join());
    });
    expect(seen).toEqual([
      expect.stringMatching(/^lake\/enrich\/objects-raw-[0-9a-f]{8}\/Queue$/),
      expect.stringMatching(/^lake\/enrich\/objects-raw-[0-9a-f]{8}\/Queue\/DeadLetter$/),
      "rule,target",
    ]);
  });

  test("tells the route of its first dead letter", () => {
    const alarms = (monitoring?: ObjectEventSourceOptions["monitoring"]) =>
      templateOf((stack) => {
        functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated(), { monitoring });
      })
        .addresses()
        .filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."));
    expect(alarms()).toEqual([]);
    expect(alarms({ route: ONCALL })).toEqual([expect.stringMatching(/_Queue_DeadLetterAlarm_[0-9A-F]{8}$/)]);
  });

  test("is one of several, told apart by bucket, prefix and suffix", () => {
    const template = templateOf((stack) => {
      const enrich = functionIn(stack);
      const raw = new AwsBucket(stack, "raw");
      enrich.addEventSource(raw.objectsCreated({ prefix: "a/" }));
      enrich.addEventSource(raw.objectsCreated({ prefix: "b/" }));
      enrich.addEventSource(raw.objectsCreated({ prefix: "b/", suffix: ".csv" }));
      enrich.addEventSource(new AwsBucket(stack, "other").objectsCreated({ prefix: "a/" }));
    });
    expect(template.count(LambdaEventSourceMapping)).toBe(4);
    expect(new Set(template.all(CloudwatchEventRule).map((rule) => rule.get("name"))).size).toBe(4);
  });
});

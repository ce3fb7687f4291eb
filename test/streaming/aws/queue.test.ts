import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Token } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import type { IncidentRoute, Severity } from "../../../lib/core/incident-route";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { QueueEncryption } from "../../../lib/streaming/aws/encryption";
import { AwsQueue, type AwsQueueProps } from "../../../lib/streaming/aws/queue";
import { synthApp } from "../../../lib/testing/synth";
import { awsStack, DEV, ONCALL, PROD, templateOf } from "../../support/aws-stack";

const queueWith = (props: AwsQueueProps = {}) => templateOf((stack) => new AwsQueue(stack, "orders", props));

const QUEUE = { path: "orders/Resource" };
const DEAD_LETTER = { path: "orders/DeadLetter/Resource" };

describe("a queue", () => {
  test("is encrypted, polled for long, kept, and has a dead-letter queue", () => {
    expect(queueWith().only(SqsQueue, QUEUE).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      message_retention_seconds: 345_600,
      name: "lake-orders-a45d614c",
      receive_wait_time_seconds: 20,
      redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.orders_DeadLetter_D06C6047.arn}","maxReceiveCount":5}',
      sqs_managed_sse_enabled: true,
      tags: { CostCenter: "Data 42", Environment: "prod" },
      visibility_timeout_seconds: 30,
    });
  });

  test("keeps dead letters as long as SQS keeps anything, from itself alone", () => {
    const template = queueWith();
    expect(template.only(SqsQueue, DEAD_LETTER).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      message_retention_seconds: 1_209_600,
      name: "lake-orders-dead-letter-88714532",
      receive_wait_time_seconds: 20,
      sqs_managed_sse_enabled: true,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
    expect(template.only(SqsQueueRedriveAllowPolicy).attributes).toEqual({
      queue_url: "${aws_sqs_queue.orders_DeadLetter_D06C6047.url}",
      redrive_allow_policy:
        '{"redrivePermission":"byQueue","sourceQueueArns":["${aws_sqs_queue.orders_46FA7C19.arn}"]}',
    });
  });

  test("keeps the words of a long path in its name, as many as fit", () => {
    const id = "messages-of-the-point-of-sale-terminals-in-every-single-shop-of-the-north";
    const template = templateOf((stack) => new AwsQueue(stack, id));
    const names = template.all(SqsQueue).map((queue) => queue.get("name"));
    expect(names).toEqual([
      expect.stringMatching(/^lake-messages-of-the-point-of-sale-[a-z0-9-]{1,34}$/),
      expect.stringMatching(/^lake-messages-of-the-point-of-sale-[a-z0-9-]{1,34}$/),
    ]);
    expect(new Set(names).size).toBe(2);
  });

  test("takes what is said of it", () => {
    const template = queueWith({
      queueName: "orders",
      visibilityTimeoutSeconds: 180,
      retentionHours: 312,
      maxReceiveCount: 3,
    });
    const queue = template.only(SqsQueue, QUEUE);
    expect(queue.attributes).toMatchObject({
      name: "orders",
      visibility_timeout_seconds: 180,
      message_retention_seconds: 1_123_200,
    });
    expect(queue.json("redrive_policy")).toMatchObject({ maxReceiveCount: 3 });
    expect(template.only(SqsQueue, DEAD_LETTER).get("name")).toBe("orders-dead-letter");
  });

  test("uses one customer-managed key for both", () => {
    const template = templateOf((stack) => {
      const encryption = QueueEncryption.key(new AwsKey(stack, "key"));
      new AwsQueue(stack, "orders", { encryption });
    });
    for (const selection of [QUEUE, DEAD_LETTER]) {
      const queue = template.only(SqsQueue, selection);
      expect(queue.get("kms_master_key_id")).toBe("${aws_kms_key.key_FEDD6EC0.arn}");
      expect(queue.has("sqs_managed_sse_enabled")).toBe(false);
    }
  });

  test("stands with all that belongs to it in the region that is given", () => {
    const template = templateOf((stack) => new AwsQueue(stack, "orders", { region: "us-west-2" }), PROD, {
      route: ONCALL,
    });
    const all = [SqsQueue, SqsQueuePolicy, SqsQueueRedriveAllowPolicy, CloudwatchMetricAlarm].flatMap((type) =>
      template.all(type).map((block) => block.get("region")),
    );
    expect(all).toEqual(Array.from({ length: 6 }, () => "us-west-2"));
  });

  test("goes with both keys turned", () => {
    const template = templateOf((stack) => new AwsQueue(stack, "q", { dataRemoval: DataRemoval.DESTROY }), DEV);
    expect(template.all(SqsQueue).map((queue) => queue.has("lifecycle"))).toEqual([false, false]);
  });

  test("says once which key is missing to remove it", () => {
    const app = synthApp((app) => {
      new AwsQueue(awsStack(app, "prod", PROD), "orders", { dataRemoval: DataRemoval.DESTROY });
    });
    expect(app.annotations("prod").map(({ message }) => message)).toEqual([
      'The data is kept: dataRemoval is "destroy" here, and the environment does not say dataRemoval: "allowed".',
    ]);
  });

  test("keeps its addresses", () => {
    const template = templateOf((stack) => new AwsQueue(stack, "orders"), PROD, { route: ONCALL });
    expect(template.addresses()).toEqual([
      "aws_cloudwatch_metric_alarm.orders_DeadLetterAlarm_B8E25319",
      "aws_sqs_queue.orders_46FA7C19",
      "aws_sqs_queue.orders_DeadLetter_D06C6047",
      "aws_sqs_queue_policy.orders_DeadLetter_Policy_037B1DFB",
      "aws_sqs_queue_policy.orders_Policy_97AC6B1E",
      "aws_sqs_queue_redrive_allow_policy.orders_RedriveAllow_E06F9E6E",
    ]);
  });
});

describe("the first dead letter", () => {
  const alarms = (props: AwsQueueProps, route?: IncidentRoute) =>
    templateOf((stack) => new AwsQueue(stack, "orders", props), PROD, { route }).all(CloudwatchMetricAlarm);

  test("is an alarm as soon as the environment has a route", () => {
    const [alarm, ...others] = alarms({}, ONCALL);
    expect(others).toEqual([]);
    expect(alarm?.attributes).toMatchObject({
      alarm_actions: ["arn:aws:sns:eu-west-1:123456789012:oncall-high"],
      alarm_description: "HIGH: Messages of lake/orders could not be handled and wait in its dead-letter queue",
      comparison_operator: "GreaterThanThreshold",
      dimensions: { QueueName: "${aws_sqs_queue.orders_DeadLetter_D06C6047.name}" },
      metric_name: "ApproximateNumberOfMessagesVisible",
      namespace: "AWS/SQS",
      ok_actions: ["arn:aws:sns:eu-west-1:123456789012:oncall-high"],
      threshold: 0,
      treat_missing_data: "notBreaching",
    });
  });

  test("is an alarm of the queue's own route and severity", () => {
    const [alarm] = alarms({ monitoring: { severity: "low", route: ONCALL } });
    expect(alarm?.get("alarm_actions")).toEqual(["arn:aws:sns:eu-west-1:123456789012:oncall-low"]);
  });

  test("is no alarm without a route", () => {
    expect(alarms({})).toEqual([]);
  });
});

describe("fails on", () => {
  test("every wrong prop at once", () => {
    const wrong: AwsQueueProps = {
      queueName: "orders.fifo",
      visibilityTimeoutSeconds: 43_201,
      retentionHours: 336,
      maxReceiveCount: 0,
      encryption: "alias/aws/sqs" as unknown as QueueEncryption,
      monitoring: { severity: "urgent" as Severity, route: {} as IncidentRoute },
      dataRemoval: "remove" as DataRemoval,
    };
    expect(() => queueWith(wrong)).toThrow(
      [
        "lake/orders has 8 problems",
        '  queueName must be 1-68 letters, digits, hyphens or underscores (the dead-letter queue adds -dead-letter, and 80 is the limit), got "orders.fifo"',
        "  visibilityTimeoutSeconds must be a whole number from 0 to 43200 seconds, got 43201",
        "  retentionHours must be a whole number from 1 to 312 hours, got 336",
        "  maxReceiveCount must be a whole number from 1 to 1000, got 0",
        '  encryption must be QueueEncryption.sqsManaged() or QueueEncryption.key(key), got "alias/aws/sqs"',
        '  monitoring.severity must be one of "critical", "high", "low", got "urgent"',
        "  monitoring.route must be an incident route, got {}",
        '  dataRemoval must be one of "keep", "destroy", got "remove"',
      ].join("\n"),
    );
  });

  test("numbers that Terraform alone knows: they are compared, multiplied or written into JSON", () => {
    const later = Token.asNumber({ resolve: () => 5 });
    expect(() => queueWith({ visibilityTimeoutSeconds: later, retentionHours: later, maxReceiveCount: later })).toThrow(
      [
        "lake/orders has 3 problems",
        "  visibilityTimeoutSeconds must be a literal number, got a token (a value known only to Terraform)",
        "  retentionHours must be a literal number, got a token (a value known only to Terraform)",
        "  maxReceiveCount must be a literal number, got a token (a value known only to Terraform)",
      ].join("\n"),
    );
  });

  test.each(["", "or ders", "a".repeat(69)])("the name %p", (queueName) => {
    expect(() => queueWith({ queueName })).toThrow(
      `lake/orders has 1 problem\n  queueName must be 1-68 letters, digits, hyphens or underscores (the dead-letter queue adds -dead-letter, and 80 is the limit), got "${queueName}"`,
    );
  });
});

test.each(["a", "Orders_2", "a".repeat(68)])("a queue may be called %p", (queueName) => {
  expect(queueWith({ queueName }).only(SqsQueue, DEAD_LETTER).get("name")).toBe(`${queueName}-dead-letter`);
});

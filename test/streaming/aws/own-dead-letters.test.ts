import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { QueueEncryption } from "../../../lib/streaming/aws/encryption";
import { deadLetterQueue, type DeadLetterQueueProps } from "../../../lib/streaming/aws/own-dead-letters";
import { ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const queueWith = (props: DeadLetterQueueProps = {}, route = false) =>
  templateOf((stack) => deadLetterQueue(stack, "dead", props), PROD, route ? { route: ONCALL } : {});

describe("a dead-letter queue without a queue before it", () => {
  test("is as that of a queue: encrypted, polled for long, kept for 14 days and from removal", () => {
    expect(queueWith({ queueName: "dead" }).only(SqsQueue).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      message_retention_seconds: 1_209_600,
      name: "dead",
      receive_wait_time_seconds: 20,
      sqs_managed_sse_enabled: true,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("takes a key", () => {
    const template = templateOf((stack) =>
      deadLetterQueue(stack, "dead", { encryption: QueueEncryption.key(new AwsKey(stack, "key")) }),
    );
    expect(template.only(SqsQueue).get("kms_master_key_id")).toBe("${aws_kms_key.key_FEDD6EC0.arn}");
  });

  test("tells the route of its first letter, and nobody without one", () => {
    expect(queueWith().count(CloudwatchMetricAlarm)).toBe(0);
    expect(queueWith({}, true).only(CloudwatchMetricAlarm).attributes).toMatchObject({
      metric_name: "ApproximateNumberOfMessagesVisible",
      threshold: 0,
    });
  });

  test("fails on every wrong prop at once", () => {
    expect(
      messageOf(() => queueWith({ queueName: "a b", encryption: "kms" as never, dataRemoval: "maybe" as never })),
    ).toBe(
      lines(
        "lake/dead has 3 problems",
        '  queueName must be 1-68 letters, digits, hyphens or underscores (the dead-letter queue adds -dead-letter, and 80 is the limit), got "a b"',
        '  encryption must be QueueEncryption.sqsManaged() or QueueEncryption.key(key), got "kms"',
        '  dataRemoval must be one of "keep", "destroy", got "maybe"',
      ),
    );
  });
});

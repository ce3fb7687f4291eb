import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { TerraformVariable } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsRole } from "../../../lib/identity/aws/role";
import { StreamEncryption } from "../../../lib/streaming/aws/encryption";
import { KinesisDataStream, type KinesisDataStreamProps } from "../../../lib/streaming/aws/kinesis-data-stream";
import { StreamCapacity } from "../../../lib/streaming/stream-capacity";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, DEV, functionRole, ONCALL, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf } from "../../support/policies";

const streamWith = (props: KinesisDataStreamProps = {}) =>
  templateOf((stack) => new KinesisDataStream(stack, "sales", props));

const STREAM_ARN = "${aws_kinesis_stream.sales_16F9C3E7.arn}";

describe("a stream", () => {
  test("is encrypted, kept, and holds a week", () => {
    expect(streamWith().only(KinesisStream).attributes).toEqual({
      encryption_type: "KMS",
      enforce_consumer_deletion: false,
      kms_key_id: "alias/aws/kinesis",
      lifecycle: { prevent_destroy: true },
      name: "lake-sales-9fa6be05",
      retention_period: 168,
      stream_mode_details: { stream_mode: "ON_DEMAND" },
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("takes what is said of it", () => {
    const template = streamWith({
      streamName: "pos-transactions-stream",
      capacity: StreamCapacity.provisioned(4),
      retentionHours: 24,
    });
    expect(template.only(KinesisStream).attributes).toMatchObject({
      name: "pos-transactions-stream",
      retention_period: 24,
      shard_count: 4,
      stream_mode_details: { stream_mode: "PROVISIONED" },
    });
  });

  test("goes with its consumers when both keys are turned", () => {
    const template = templateOf(
      (stack) => new KinesisDataStream(stack, "sales", { dataRemoval: DataRemoval.DESTROY }),
      DEV,
    );
    const { attributes } = template.only(KinesisStream);
    expect(attributes["enforce_consumer_deletion"]).toBe(true);
    expect(attributes).not.toHaveProperty("lifecycle");
  });

  test("tells the route of refused writes", () => {
    const template = templateOf((stack) => new KinesisDataStream(stack, "sales"), PROD, { route: ONCALL });
    expect(template.only(CloudwatchMetricAlarm).attributes).toMatchObject({
      metric_name: "WriteProvisionedThroughputExceeded",
      dimensions: { StreamName: "${aws_kinesis_stream.sales_16F9C3E7.name}" },
      evaluation_periods: 5,
      threshold: 0,
    });
  });

  test("is asked in seconds for what Kinesis publishes in milliseconds", () => {
    const template = templateOf((stack) =>
      new KinesisDataStream(stack, "sales").metrics.iteratorAgeSeconds().alarm(stack, "late", {
        above: 60,
        severity: "high",
      }),
    );
    expect(template.only(CloudwatchMetricAlarm).attributes).toMatchObject({
      metric_name: "GetRecords.IteratorAgeMilliseconds",
      alarm_description: "HIGH: Maximum of GetRecords.IteratorAgeMilliseconds above 60000 in 1 × 60 s",
      threshold: 60_000,
    });
  });

  test("keeps its addresses, and hands its records to a role of another stack", () => {
    const app = synthApp((app) => {
      const stream = new KinesisDataStream(awsStack(app, "streams", PROD), "sales");
      stream.grants.produce(functionRole(awsStack(app, "shop", PROD)));
    });
    expect(Template.of(app.stack("streams")).addresses()).toEqual(["aws_kinesis_stream.sales_16F9C3E7"]);
    expect(policiesOf(Template.of(app.stack("shop")), [IamRolePolicy])).toHaveLength(1);
  });
});

describe("grants of a stream", () => {
  test("are exactly what producers and mappings ask for, the key included", () => {
    const template = templateOf((stack) => {
      const encryption = StreamEncryption.key(new AwsKey(stack, "key"));
      const stream = new KinesisDataStream(stack, "sales", { encryption });
      stream.grants.produce(functionRole(stack, "producer"));
      stream.grants.consume(functionRole(stack, "consumer"));
    });
    const viaKinesis = { StringEquals: { "kms:ViaService": "kinesis.eu-west-1.amazonaws.com" } };
    const key = { Effect: "Allow", Resource: ["${aws_kms_key.key_FEDD6EC0.arn}"], Condition: viaKinesis };
    expect(template.only(KinesisStream).get("kms_key_id")).toBe("${aws_kms_key.key_FEDD6EC0.arn}");
    expect(policiesOf(template, [IamRolePolicy])).toEqual([
      {
        Effect: "Allow",
        Action: [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        Resource: [STREAM_ARN],
      },
      { ...key, Action: ["kms:Decrypt"] },
      {
        Effect: "Allow",
        Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
        Resource: [STREAM_ARN],
      },
      { ...key, Action: ["kms:GenerateDataKey"] },
    ]);
  });

  test("fail for a role of another account", () => {
    const failing = () =>
      templateOf((stack) => {
        const role = AwsRole.fromRoleAttributes(stack, "them", { roleName: "reader", accountId: OTHER_ACCOUNT });
        new KinesisDataStream(stack, "sales").grants.consume(role);
      });
    expect(messageOf(failing)).toBe(
      lines(
        "lake/sales has 1 problem",
        "  consume must be granted to a role of the stream's own account 123456789012, got arn:aws:iam::999999999999:role/reader; let that role assume one of this account",
      ),
    );
  });
});

describe("a stream fails", () => {
  test("on every wrong prop at once", () => {
    expect(
      messageOf(() =>
        streamWith({
          streamName: "a b",
          capacity: StreamCapacity.provisioned(0),
          retentionHours: 12,
          encryption: "kms" as never,
        }),
      ),
    ).toBe(
      lines(
        "lake/sales has 4 problems",
        '  streamName must be 1-128 letters, digits or any of _.-, got "a b"',
        "  capacity must be a whole number from 1 to 10000 shards, got 0",
        "  retentionHours must be a whole number from 24 to 8760 hours, got 12",
        '  encryption must be StreamEncryption.kinesisManaged() or StreamEncryption.key(key), got "kms"',
      ),
    );
  });

  test("on a capacity that is none, or is known only to Terraform", () => {
    const token = (build: (value: number) => KinesisDataStreamProps) => () =>
      templateOf((stack) => {
        const variable = new TerraformVariable(stack, "shards", { type: "number" });
        new KinesisDataStream(stack, "sales", build(variable.numberValue));
      });
    expect(messageOf(() => streamWith({ capacity: 4 as never }))).toContain(
      "capacity must be StreamCapacity.onDemand() or StreamCapacity.provisioned(shards), got 4",
    );
    expect(messageOf(token((shards) => ({ capacity: StreamCapacity.provisioned(shards) })))).toContain(
      "capacity must be a literal number of shards, got a token (a value known only to Terraform)",
    );
  });
});

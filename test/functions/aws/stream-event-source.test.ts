import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisStreamConsumer } from "@cdktf/provider-aws/lib/kinesis-stream-consumer";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { TerraformStack } from "cdktf";
import { NodeFunction } from "../../../lib/functions/aws/node-function";
import type { StreamEventSourceOptions } from "../../../lib/functions/aws/stream-event-source";
import { StreamReadMode, type EventFilter } from "../../../lib/functions/aws/stream-limits";
import { HandlerCode } from "../../../lib/functions/handler-code";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { KinesisDataStream } from "../../../lib/streaming/aws/kinesis-data-stream";
import { awsStack, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf } from "../../support/policies";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";

const code = HandlerCode.bundled("retraining-trigger");
type Options = Omit<StreamEventSourceOptions, "onFailure">;

const functionOn = (stack: TerraformStack, stream: KinesisDataStream, options: Options) => {
  const onFailure = new AwsBucket(stack, "rejected");
  return new NodeFunction(stack, "enrich", { code }).addEventSource(stream, { onFailure, ...options });
};

const sourceWith = (options: Options = {}, route = false) =>
  templateOf(
    (stack) => functionOn(stack, new KinesisDataStream(stack, "sales", { retentionHours: 24 }), options),
    PROD,
    route ? { route: ONCALL } : {},
  );

describe("records of a stream", () => {
  test("are bounded in tries and age, halved, reported one by one, and kept when they are given up", () => {
    expect(sourceWith().only(LambdaEventSourceMapping).attributes).toEqual({
      batch_size: 100,
      bisect_batch_on_function_error: true,
      depends_on: [
        "aws_iam_role_policy.enrich_Role_consume-sales-6d8cc8dd_4BD9F46C",
        "aws_iam_role_policy.enrich_Role_write-rejected-8d681ed8_12F833A1",
        "aws_iam_role_policy.enrich_Role_list-failures-rejected-69b8c3e1_7537ECF4",
      ],
      destination_config: { on_failure: { destination_arn: "${aws_s3_bucket.rejected_0FFBFF50.arn}" } },
      event_source_arn: "${aws_kinesis_stream.sales_16F9C3E7.arn}",
      function_name: "${aws_lambda_function.enrich_E289F4BB.arn}",
      function_response_types: ["ReportBatchItemFailures"],
      maximum_batching_window_in_seconds: 0,
      maximum_record_age_in_seconds: 82_800,
      maximum_retry_attempts: 10,
      metrics_config: { metrics: ["EventCount"] },
      parallelization_factor: 1,
      starting_position: "TRIM_HORIZON",
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("take what is said of them", () => {
    const template = sourceWith({
      batchSize: 500,
      maximumBatchingWindowSeconds: 5,
      startingPosition: "LATEST",
      parallelizationFactor: 10,
      maximumRetryAttempts: 3,
      maximumRecordAgeSeconds: 3600,
      filters: [{ data: { type: ["sale"] } }],
    });
    expect(template.only(LambdaEventSourceMapping).attributes).toMatchObject({
      batch_size: 500,
      filter_criteria: { filter: [{ pattern: '{"data":{"type":["sale"]}}' }] },
      maximum_batching_window_in_seconds: 5,
      maximum_record_age_in_seconds: 3600,
      maximum_retry_attempts: 3,
      parallelization_factor: 10,
      starting_position: "LATEST",
    });
  });

  test("are read as a consumer of its own with enhanced fan-out", () => {
    const template = sourceWith({ readMode: StreamReadMode.ENHANCED_FAN_OUT });
    const [consumer] = template.all(KinesisStreamConsumer);
    expect(consumer?.get("stream_arn")).toBe("${aws_kinesis_stream.sales_16F9C3E7.arn}");
    const arn = "${aws_kinesis_stream_consumer.enrich_records-sales-e04eb290_FanOut_4CD55BC7.arn}";
    expect(template.only(LambdaEventSourceMapping).get("event_source_arn")).toBe(arn);
    expect(policiesOf(template, [IamRolePolicy])).toContainEqual({
      Effect: "Allow",
      Action: ["kinesis:SubscribeToShard"],
      Resource: [arn],
    });
  });

  test("set off alarms when they are late and when they are given up", () => {
    const alarms = sourceWith({}, true).all(CloudwatchMetricAlarm);
    const told = alarms.map((alarm) => [alarm.get("metric_name"), alarm.get("threshold"), alarm.get("dimensions")]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["IteratorAge", 10_350_000, { FunctionName: "${aws_lambda_function.enrich_E289F4BB.function_name}" }],
        [
          "OnFailureDestinationDeliveredEventCount",
          0,
          {
            EventSourceMappingUUID: "${aws_lambda_event_source_mapping.enrich_records-sales-e04eb290_3EA1CE38.uuid}",
          },
        ],
      ]),
    );
  });

  test("come from a stream of another stack", () => {
    const app = synthApp((app) => {
      const stream = new KinesisDataStream(awsStack(app, "streams", PROD), "sales");
      functionOn(awsStack(app, "functions", PROD), stream, {});
    });
    expect(Template.of(app.stack("functions")).only(LambdaEventSourceMapping).get("event_source_arn")).toBe(
      "${data.terraform_remote_state.cross-stack-reference-input-streams.outputs.cross-stack-output-aws_kinesis_streamsales_16F9C3E7arn}",
    );
  });
});

describe("a source of records fails", () => {
  test("on every wrong option at once", () => {
    const failing = () =>
      sourceWith({
        batchSize: 0,
        maximumRecordAgeSeconds: 86_400,
        startingPosition: "EARLIEST" as never,
        readMode: "fast" as never,
        filters: ["sale" as unknown as EventFilter],
      });
    expect(messageOf(failing)).toBe(
      lines(
        "lake/enrich/records-sales-e04eb290 has 5 problems",
        "  batchSize must be a whole number from 1 to 10000 records, got 0",
        '  startingPosition must be one of "TRIM_HORIZON", "LATEST", got "EARLIEST"',
        '  readMode must be one of "shared", "enhanced-fan-out", got "fast"',
        '  filters[0] must be an object, got "sale"',
        "  maximumRecordAgeSeconds must be less than the 86400 seconds that the stream keeps a record, got 86400",
      ),
    );
  });

  test.each([
    ["none", [], "filters must be 1 to 5 patterns, got 0"],
    ["the same twice", [{ a: [1] }, { a: [1] }], 'filters[1] must be said once, got "{\\"a\\":[1]}"'],
    ["too long a one", [{ a: ["x".repeat(5000)] }], "filters[0] must be at most 4096 characters of JSON, got 5010"],
  ])("on filters that are %s", (_, filters, problem) => {
    expect(messageOf(() => sourceWith({ filters }))).toBe(
      lines("lake/enrich/records-sales-e04eb290 has 1 problem", `  ${problem}`),
    );
  });

  test("without a bucket for what is given up, and on a second one of the same stream", () => {
    const without = () =>
      templateOf((stack) =>
        new NodeFunction(stack, "enrich", { code }).addEventSource(new KinesisDataStream(stack, "sales"), {} as never),
      );
    expect(messageOf(without)).toContain(
      "onFailure must be a bucket, which keeps the records themselves, got undefined",
    );
    const twice = () =>
      templateOf((stack) => {
        const stream = new KinesisDataStream(stack, "sales");
        const onFailure = new AwsBucket(stack, "rejected");
        const enrich = new NodeFunction(stack, "enrich", { code });
        for (let times = 0; times < 2; times += 1) enrich.addEventSource(stream, { onFailure });
      });
    expect(messageOf(twice)).toBe(
      lines(
        "lake/enrich has 1 problem",
        '  source must be one that the function is not told of already, got "lake/sales"',
      ),
    );
  });
});

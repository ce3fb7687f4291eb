import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { defaults, permissions, schemas, variables } from "../../../lambda/kinesis-event-processor/contract";
import { validators } from "../../../lambda/kinesis-event-processor/validators";
import { parseEnvironment } from "../../../lambda/shared/parse-environment";
import {
  KinesisEventProcessor,
  type KinesisEventProcessorProps,
} from "../../../lib/functions/aws/kinesis-event-processor";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { KinesisDataStream } from "../../../lib/streaming/aws/kinesis-data-stream";
import { ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf } from "../../support/policies";

type Options = Partial<KinesisEventProcessorProps>;

const processorWith = (options: Options = {}, route = false) =>
  templateOf(
    (stack) => {
      const source = new KinesisDataStream(stack, "sales");
      const output = new KinesisDataStream(stack, "hub");
      new KinesisEventProcessor(stack, "processor", {
        source,
        output,
        copies: new AwsBucket(stack, "copies"),
        ...options,
      });
    },
    PROD,
    route ? { route: ONCALL } : {},
  );

const LITERAL = /\$\{[^}]*\}/g;
/** What the function is told, with names in the place of references. */
const told = (options: Options = {}): Readonly<Record<string, string>> => {
  const variablesOf = processorWith(options).only(LambdaFunction).get("environment.variables") as Record<
    string,
    string
  >;
  const named = Object.entries(variablesOf).map(([name, value]) => [name, value.replace(LITERAL, "acme")]);
  return { ...(Object.fromEntries(named) as Record<string, string>), DEAD_LETTER_QUEUE_URL: "https://sqs/dead" };
};

describe("an event processor", () => {
  test.each([
    [{}, { REQUIRED_FIELDS: defaults.REQUIRED_FIELDS, RAW_PREFIX: "raw/" }],
    [
      { requiredFields: ["id"], copyPrefix: "pos/", partitionKeyField: "store_id" },
      { REQUIRED_FIELDS: ["id"], RAW_PREFIX: "pos/", PARTITION_KEY_FIELD: "store_id" },
    ],
  ])("tells its handler what it reads: %j", (options, values) => {
    const checks = { REQUIRED_FIELDS: { schema: validators.requiredFields } };
    expect(schemas.requiredFields.type).toBe("array");
    expect(parseEnvironment("processor", variables, told(options), checks)).toMatchObject(values);
  });

  test("may do exactly what the contract names, besides logs, traces, its source and what that gives up", () => {
    const statements = policiesOf(processorWith(), [IamRolePolicy]);
    const actions = statements.flatMap(({ Action }) => Action);
    const beside = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
      "s3:ListBucket",
      // the grant of a stream and of a bucket: one record at a time, and giving up uploads, for both folders
      "kinesis:PutRecord",
      "s3:AbortMultipartUpload",
    ];
    expect([...new Set(actions)].sort()).toEqual([...Object.values(permissions).flat(), ...beside].sort());
    const written = statements.filter(({ Action }) => Action.includes("s3:PutObject")).map(({ Resource }) => Resource);
    const bucket = "${aws_s3_bucket.copies_F12A33E0.arn}";
    expect(written.sort()).toEqual([[`${bucket}/aws/lambda/*`], [`${bucket}/raw/*`]]);
  });

  test("tells the route of errors, throttles, failures, dead letters, late and given-up records", () => {
    const alarms = processorWith({}, true).all(CloudwatchMetricAlarm, { path: "processor" });
    expect(alarms.map((alarm) => alarm.get("metric_name")).sort()).toEqual([
      "ApproximateNumberOfMessagesVisible",
      "Errors",
      "Failures",
      "IteratorAge",
      "OnFailureDestinationDeliveredEventCount",
      "Throttles",
    ]);
  });

  test("fails on every wrong prop at once", () => {
    const failing = () =>
      processorWith({ copyPrefix: "/raw", requiredFields: ["a.b", "id", "id"], partitionKeyField: "" });
    expect(messageOf(failing)).toBe(
      lines(
        "lake/processor has 4 problems",
        '  copyPrefix must be a key prefix of at most 256 characters that ends with a slash, got "/raw"',
        '  requiredFields[0] must be a name of 1-128 characters without dots, got "a.b"',
        '  requiredFields[2] must be named once, got "id"',
        '  partitionKeyField must be a name of 1-128 characters without dots, got ""',
      ),
    );
  });

  test("fails on shapes that are none, and when it would read what it writes", () => {
    expect(messageOf(() => processorWith({ source: "sales" as never, copies: {} as never }))).toBe(
      lines(
        "lake/processor has 2 problems",
        '  source must be a data stream of Kinesis, got "sales"',
        "  copies must be a bucket of AWS, got {}",
      ),
    );
    const circular = () =>
      templateOf((stack) => {
        const source = new KinesisDataStream(stack, "sales");
        new KinesisEventProcessor(stack, "processor", {
          source,
          output: source,
          copies: new AwsBucket(stack, "copies"),
        });
      });
    expect(messageOf(circular)).toBe(
      lines(
        "lake/processor has 1 problem",
        "  output must be another stream than the source, which would be read for ever, got lake/sales",
      ),
    );
  });
});

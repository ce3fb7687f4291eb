import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import type { MetricRef, MissingData, Statistic } from "../../../lib/core/metric";
import { AwsAlarm } from "../../../lib/monitoring/aws/alarm";
import { AwsMetric } from "../../../lib/monitoring/aws/metric";
import type { AlarmProps } from "../../../lib/monitoring/alarm";
import { synthApp } from "../../../lib/testing/synth";
import { type Template } from "../../../lib/testing/template";
import { awsStack, ONCALL, PROD, templateOf } from "../../support/aws-stack";

/** A handler's own metric: nothing of CloudWatch's. */
const REJECTED: MetricRef = {
  namespace: "CloudConductor/RetrainingTrigger",
  metricName: "RecordsRejected",
  dimensions: { service: "trigger" },
  statistic: "Sum",
  periodSeconds: 300,
  missingData: "notBreaching",
};

const only = (template: Template) => template.only(CloudwatchMetricAlarm);
const alarmWith = (props: Partial<AlarmProps> = {}, metric: Partial<MetricRef> = {}) =>
  templateOf((stack) => {
    const given = { above: 0, severity: "high", ...props } as AlarmProps;
    new AwsMetric({ ...REJECTED, ...metric }).alarm(stack, "rejected", given);
  });

describe("an alarm", () => {
  test("is built on any metric, and says what happened", () => {
    expect(only(alarmWith()).attributes).toEqual({
      actions_enabled: true,
      alarm_description: "HIGH: Sum of RecordsRejected above 0 in 1 × 300 s",
      alarm_name: "lake-rejected-363a1b36",
      comparison_operator: "GreaterThanThreshold",
      dimensions: { service: "trigger" },
      evaluation_periods: 1,
      metric_name: "RecordsRejected",
      namespace: "CloudConductor/RetrainingTrigger",
      period: 300,
      statistic: "Sum",
      tags: { CostCenter: "Data 42", Environment: "prod" },
      threshold: 0,
      treat_missing_data: "notBreaching",
    });
  });

  test("says what to do", () => {
    const props: Partial<AlarmProps> = {
      description: "Orders are rejected",
      runbook: "https://acme.example/rejected",
      severity: "critical",
    };
    expect(only(alarmWith(props)).get("alarm_description")).toBe(
      "CRITICAL: Orders are rejected\nRunbook: https://acme.example/rejected",
    );
  });

  test("goes off below a bound too, after so many periods", () => {
    const alarm = only(alarmWith({ above: undefined, below: 1, evaluationPeriods: 3, periodSeconds: 3600 }));
    expect(alarm.attributes).toMatchObject({
      alarm_description: "HIGH: Sum of RecordsRejected below 1 in 3 × 3600 s",
      comparison_operator: "LessThanThreshold",
      evaluation_periods: 3,
      period: 3600,
      threshold: 1,
    });
  });

  test.each<[Statistic, object]>([
    ["Average", { statistic: "Average" }],
    ["p99", { extended_statistic: "p99" }],
    ["p99.9", { extended_statistic: "p99.9" }],
  ])("takes %s", (statistic, expected) => {
    const alarm = only(alarmWith({}, { statistic }));
    expect(alarm.attributes).toMatchObject(expected);
    expect(["statistic", "extended_statistic"].filter((name) => alarm.has(name))).toEqual(Object.keys(expected));
  });

  test.each<MissingData>(["breaching", "notBreaching", "ignore", "missing"])("reads silence as %s", (missingData) => {
    expect(only(alarmWith({}, { missingData })).get("treat_missing_data")).toBe(missingData);
  });

  test("takes a bound and dimensions that Terraform alone knows", () => {
    const template = templateOf((stack) => {
      const queue = new SqsQueue(stack, "queue", {});
      const metric = new AwsMetric({ ...REJECTED, dimensions: { QueueName: queue.name } });
      metric.alarm(stack, "late", { above: queue.delaySeconds, severity: "low" });
    });
    const late = template.only(CloudwatchMetricAlarm, { path: "late" });
    expect(late.get("threshold")).toBe("${aws_sqs_queue.queue.delay_seconds}");
    expect(late.get("dimensions.QueueName")).toBe("${aws_sqs_queue.queue.name}");
    expect(late.get("alarm_description")).toBe(
      "LOW: Sum of RecordsRejected above ${aws_sqs_queue.queue.delay_seconds} in 1 × 300 s",
    );
  });

  test("keeps its address", () => {
    expect(alarmWith().addresses()).toEqual(["aws_cloudwatch_metric_alarm.rejected_0FFBFF50"]);
  });
});

describe("whom an alarm tells", () => {
  const OWN = { actionsFor: () => ["arn:aws:sns:eu-west-1:123456789012:own"] };
  const told = (props: Partial<AlarmProps>, route = ONCALL) =>
    only(
      templateOf(
        (stack) =>
          void new AwsMetric(REJECTED).alarm(stack, "a", { above: 0, severity: "critical", ...props } as AlarmProps),
        PROD,
        { route },
      ),
    );

  test("is the environment's route for the severity, when it goes off and when all is well", () => {
    const alarm = told({});
    expect(alarm.get("alarm_actions")).toEqual(["arn:aws:sns:eu-west-1:123456789012:oncall-critical"]);
    expect(alarm.get("ok_actions")).toEqual(alarm.get("alarm_actions"));
    expect(alarm.has("insufficient_data_actions")).toBe(false);
  });

  test("is its own route first", () => {
    expect(told({ route: OWN }).get("alarm_actions")).toEqual(["arn:aws:sns:eu-west-1:123456789012:own"]);
  });

  test("is nobody without a route", () => {
    const alarm = only(alarmWith());
    expect(["alarm_actions", "ok_actions"].filter((name) => alarm.has(name))).toEqual([]);
  });

  test("is at most five at once", () => {
    const many = (count: number) => ({
      actionsFor: () => Array.from({ length: count }, () => ONCALL.actionsFor("low")[0] ?? ""),
    });
    expect(told({ route: many(5) }).get("alarm_actions")).toHaveLength(5);
    expect(() => told({ route: many(6) })).toThrow(
      "lake/a has 1 problem\n  route must be one of at most 5 actions for critical, got 6",
    );
  });
});

describe("where an alarm stands", () => {
  test("is where its metric is", () => {
    const template = templateOf((stack) => {
      const audit = new AwsProvider(stack, "audit", { alias: "audit" });
      const metric = new AwsMetric(REJECTED, { region: "us-west-2", provider: audit });
      metric.alarm(stack, "there", { above: 0, severity: "low" });
      metric.alarm(stack, "elsewhere", { above: 0, severity: "low", region: "us-east-1" });
    });
    expect(
      template.all(CloudwatchMetricAlarm).map(({ attributes }) => [attributes["region"], attributes["provider"]]),
    ).toEqual([
      ["us-east-1", "aws.audit"],
      ["us-west-2", "aws.audit"],
    ]);
  });

  test("may be another stack than the metric's", () => {
    const app = synthApp((app) => {
      const queue = new SqsQueue(awsStack(app, "queues", PROD), "queue", {});
      const metric = new AwsMetric({ ...REJECTED, dimensions: { QueueName: queue.name } });
      metric.alarm(awsStack(app, "alarms", PROD), "late", { above: 60, severity: "low" });
    });
    expect(app.dependencies("alarms")).toEqual(["queues"]);
  });
});

describe("fails on", () => {
  const make = (build: (stack: TerraformStack) => void) => () => templateOf(build);

  test("every wrong option at once", () => {
    const wrong = {
      above: 1,
      below: 2,
      severity: "urgent",
      metric: {},
      tags: { "x y": "1" },
    } as unknown as AlarmProps & {
      metric: MetricRef;
    };
    expect(make((stack) => new AwsAlarm(stack, "late", wrong))).toThrow(
      [
        "lake/late has 4 problems",
        "  metric must be a metric, as the facades make them, got {}",
        '  above, below must be given one of the two, got "both"',
        '  severity must be one of "critical", "high", "low", got "urgent"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "x y", got "x y"',
      ].join("\n"),
    );
  });

  const looking = (periodSeconds: number, evaluationPeriods: number) =>
    alarmWith({ periodSeconds, evaluationPeriods }).count(CloudwatchMetricAlarm);

  test.each([
    [60, 1440],
    [3540, 24],
    [3600, 168],
    [86_400, 7],
  ])("nothing: %p s × %p is not too far back", (periodSeconds, evaluationPeriods) => {
    expect(looking(periodSeconds, evaluationPeriods)).toBe(1);
  });

  test.each([
    [60, 1441],
    [3540, 25],
    [3600, 169],
    [86_400, 8],
  ])("looking back too far: %p s × %p", (periodSeconds, evaluationPeriods) => {
    expect(() => looking(periodSeconds, evaluationPeriods)).toThrow(
      `lake/rejected has 1 problem\n  evaluationPeriods must be at most ${evaluationPeriods - 1} with periods of ${periodSeconds} seconds, got ${evaluationPeriods}`,
    );
  });
});

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Template } from "../../../lib/testing/template";
import { ACCOUNT, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { triggerIn, triggerWith, type TriggerOptions } from "../../support/retraining-trigger";

describe("the alarms of a trigger", () => {
  const watched = (options: TriggerOptions = {}): Template => triggerWith(options, PROD, { route: ONCALL });

  test("are there as soon as there is a route", () => {
    expect(triggerWith().count(CloudwatchMetricAlarm)).toBe(0);
    const alarms = watched().all(CloudwatchMetricAlarm);
    expect(alarms.map(({ path }) => path.split("/").at(-2)).sort()).toEqual([
      "DeadLetterAlarm",
      "Errors",
      "Failures",
      "JobsPerHour",
      "Skipped",
    ]);
    expect(new Set(alarms.map((alarm) => JSON.stringify(alarm.get("alarm_actions"))))).toEqual(
      new Set([`["arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high"]`]),
    );
  });

  test.each([
    ["Errors", { namespace: "AWS/Lambda", metric_name: "Errors", threshold: 0, evaluation_periods: 1 }],
    ["Failures", { metric_name: "Failures", threshold: 0, evaluation_periods: 3, period: 300 }],
    [
      "Skipped",
      {
        metric_name: "JobsSkipped",
        threshold: 0,
        evaluation_periods: 6,
        period: 3600,
        dimensions: { reason: "concurrency" },
      },
    ],
    ["JobsPerHour", { metric_name: "JobsStarted", threshold: 4, evaluation_periods: 1, period: 3600 }],
  ])("%s is %j", (id, expected) => {
    expect(watched().only(CloudwatchMetricAlarm, { path: `retraining/${id}` }).attributes).toMatchObject({
      namespace: "CloudConductor/RetrainingTrigger",
      statistic: "Sum",
      treat_missing_data: "notBreaching",
      ...expected,
    });
  });

  test.each<[TriggerOptions, number]>([
    [{ startWhen: { coolDownMinutes: 0 } }, 12],
    [{ startWhen: { coolDownMinutes: 7 } }, 9],
    [{ startWhen: { coolDownMinutes: 120 } }, 1],
    [{ monitoring: { maximumJobsPerHour: 30 } }, 30],
  ])("with %j go off above %s jobs an hour", (options, threshold) => {
    const alarm = watched(options).only(CloudwatchMetricAlarm, { path: "retraining/JobsPerHour" });
    expect(alarm.get("threshold")).toBe(threshold);
  });

  test("are as urgent as told", () => {
    const alarms = watched({ monitoring: { severity: "low" } }).all(CloudwatchMetricAlarm);
    expect(new Set(alarms.map((alarm) => JSON.stringify(alarm.get("ok_actions"))))).toEqual(
      new Set([`["arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-low"]`]),
    );
  });

  test("stand on what the trigger counts", () => {
    const metrics: unknown[] = [];
    const own = { namespace: "CloudConductor/RetrainingTrigger", statistic: "Sum" };
    templateOf((stack) => {
      const trigger = triggerIn(stack, { function: { functionName: "demand" } });
      metrics.push(trigger.metrics.objectsRecorded(), trigger.metrics.recordsRejected(), trigger.metrics.jobsSkipped());
    });
    expect(metrics).toEqual([
      expect.objectContaining({ ...own, metricName: "ObjectsRecorded" }),
      expect.objectContaining({ ...own, metricName: "RecordsRejected" }),
      expect.objectContaining({ ...own, metricName: "JobsSkipped" }),
    ]);
  });
});

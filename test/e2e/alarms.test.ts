import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { clientSettings } from "../../scripts/local/clients";
import { declared } from "./declared";
import { deployedCloud, STACKS } from "./local-cloud";

interface DeclaredAlarm {
  readonly alarm_name: string;
  readonly alarm_description: string;
  readonly alarm_actions: readonly string[];
  readonly ok_actions: readonly string[];
  readonly namespace: string;
  readonly metric_name: string;
  readonly statistic: string;
  readonly period: number;
  readonly threshold: number;
  readonly evaluation_periods: number;
  readonly comparison_operator: string;
  readonly treat_missing_data: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What the second plan cannot see (emulator-gaps.ts): the alarms as they stand on the server. */
test("every alarm stands as it is declared", async () => {
  const alarms = STACKS.flatMap((name) => declared(name, "aws_cloudwatch_metric_alarm")) as DeclaredAlarm[];
  const client = new CloudWatchClient(clientSettings(deployedCloud().address));
  const { MetricAlarms: standing = [] } = await client.send(new DescribeAlarmsCommand({}));
  expect(alarms.length).toBeGreaterThan(0);
  expect(standing.map(found).sort(byName)).toEqual(alarms.map(expected).sort(byName));
});

interface Alarm {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly description?: string;
  readonly actions: readonly unknown[];
  readonly metric: readonly unknown[];
  readonly dimensions: Readonly<Record<string, string | undefined>>;
  readonly rule: readonly unknown[];
}

const byName = ({ name: one = "" }: Alarm, { name: other = "" }: Alarm): number => (one < other ? -1 : 1);

const found = (alarm: MetricAlarm): Alarm => ({
  name: alarm.AlarmName,
  enabled: alarm.ActionsEnabled,
  description: alarm.AlarmDescription,
  actions: [alarm.AlarmActions, alarm.OKActions],
  metric: [alarm.Namespace, alarm.MetricName, alarm.Statistic, alarm.Period],
  dimensions: Object.fromEntries((alarm.Dimensions ?? []).map(({ Name = "", Value }) => [Name, Value])),
  rule: [alarm.ComparisonOperator, alarm.Threshold, alarm.EvaluationPeriods, alarm.TreatMissingData],
});

const expected = (alarm: DeclaredAlarm): Alarm => ({
  name: alarm.alarm_name,
  enabled: true,
  description: alarm.alarm_description,
  actions: [alarm.alarm_actions, alarm.ok_actions],
  metric: [alarm.namespace, alarm.metric_name, alarm.statistic, alarm.period],
  dimensions: alarm.dimensions,
  rule: [alarm.comparison_operator, alarm.threshold, alarm.evaluation_periods, alarm.treat_missing_data],
});

import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { having, isToken, problem } from "../../core/checks";
import { routeOf } from "../../core/environment";
import { assertValid, ConstructValidationError } from "../../core/errors";
import type { MetricRef, MissingData } from "../../core/metric";
import { physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { alarmProblems, type AlarmProps } from "../alarm";

/** An alarm on one metric of CloudWatch. */
export type AwsAlarmProps = AlarmProps &
  AwsPlacementProps & {
    /** Any metric of CloudWatch, a handler's own included. */
    readonly metric: MetricRef;
    /** @default - the environment's tags */
    readonly tags?: Tags;
  };

const ALARM_NAME: NameRule = {
  rule: "1-255 characters",
  pattern: /^[^\p{Cc}]{1,255}$/u,
  maximum: 255,
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
};

/**
 * Most actions of one state, and the longest time that an alarm looks back: a day, or a week with periods of an hour
 * and more. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const ACTIONS_MAXIMUM = 5;
const LOOK_BACK = { hourSeconds: 3600, short: 86_400, long: 604_800 } as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
const TREAT_MISSING_DATA: Record<MissingData, string> = {
  breaching: "breaching",
  notBreaching: "notBreaching",
  ignore: "ignore",
  missing: "missing",
};

/** An alarm of CloudWatch: tells its route when the metric leaves its bound, and when it is back. */
export class AwsAlarm extends Construct {
  public readonly alarmName: string;
  public readonly alarmArn: string;
  public readonly resource: CloudwatchMetricAlarm;

  public constructor(scope: Construct, id: string, props: AwsAlarmProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...awsAlarmProblems(props)]);
    const actions = this.actions(props);
    this.resource = new CloudwatchMetricAlarm(
      this,
      "Resource",
      placed(this, {
        alarmName: physicalName(this, ALARM_NAME),
        alarmDescription: message(props),
        ...condition(props),
        treatMissingData: TREAT_MISSING_DATA[props.metric.missingData],
        actionsEnabled: true,
        ...(actions.length > 0 && { alarmActions: actions, okActions: actions }),
        ...tagsFor(this, props.tags),
      }),
    );
    this.alarmName = this.resource.alarmName;
    this.alarmArn = this.resource.arn;
  }

  private actions({ route, severity }: AwsAlarmProps): string[] {
    const actions = [...((route ?? routeOf(this))?.actionsFor(severity) ?? [])];
    if (actions.length > ACTIONS_MAXIMUM)
      throw new ConstructValidationError(this.node.path, [
        problem("route", `one of at most ${String(ACTIONS_MAXIMUM)} actions for ${severity}`, actions.length),
      ]);
    return actions;
  }
}

/** What is compared with what, for how long. */
function condition(props: AwsAlarmProps): Omit<CloudwatchMetricAlarmConfig, "alarmName"> {
  const { namespace, metricName, dimensions, statistic } = props.metric;
  return {
    namespace,
    metricName,
    dimensions: { ...dimensions },
    ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
    comparisonOperator: props.above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
    threshold: threshold(props),
    period: periodOf(props),
    evaluationPeriods: periodsOf(props),
  };
}

/** The bound in the units that the service publishes. A token passes as it is where they are the same. */
function threshold({ above, below, metric: { unitsEach = 1 } }: AwsAlarmProps): number {
  const bound = above ?? below;
  return unitsEach === 1 ? bound : bound * unitsEach;
}

const periodOf = (props: AwsAlarmProps): number => props.periodSeconds ?? props.metric.periodSeconds;
const periodsOf = (props: AwsAlarmProps): number => props.evaluationPeriods ?? 1;

/** What whoever is woken up reads first: how urgent it is, what happened, what to do. */
function message(props: AwsAlarmProps): string {
  const word = props.above === undefined ? "below" : "above";
  const { metricName, statistic } = props.metric;
  const what =
    props.description ??
    `${statistic} of ${metricName} ${word} ${shownBound(threshold(props))} in ${String(periodsOf(props))} × ${String(periodOf(props))} s`;
  return [
    `${props.severity.toUpperCase()}: ${what}`,
    ...(props.runbook === undefined ? [] : [`Runbook: ${props.runbook}`]),
  ].join("\n");
}

/** A bound that is known only to Terraform is written into the text by Terraform. */
const shownBound = (bound: number): string => (isToken(bound) ? Token.asString(bound) : String(bound));

function awsAlarmProblems(props: AwsAlarmProps): string[] {
  const shape = having("metric", props.metric, "metricName", "a metric, as the facades make them");
  const own = [...shape, ...alarmProblems(props), ...tagProblems("tags", props.tags)];
  return own.length > 0 ? own : [...unitProblems(props), ...lookBackProblems(props)];
}

/** A bound in other units than the published ones is multiplied here. */
const unitProblems = ({ above, below, metric: { metricName, unitsEach = 1 } }: AwsAlarmProps): string[] =>
  unitsEach !== 1 && isToken(above ?? below)
    ? [problem("above, below", `a literal number, because ${metricName} has other units`, above ?? below)]
    : [];

function lookBackProblems(props: AwsAlarmProps): string[] {
  const [period, periods] = [periodOf(props), periodsOf(props)];
  const longest = period >= LOOK_BACK.hourSeconds ? LOOK_BACK.long : LOOK_BACK.short;
  if (period * periods <= longest) return [];
  const rule = `at most ${String(Math.floor(longest / period))} with periods of ${String(period)} seconds`;
  return [problem("evaluationPeriods", rule, periods)];
}

import type { MonitoringAlertPolicyConditionsConditionThreshold } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { problem } from "../../core/checks";
import type { MissingData, Statistic } from "../../core/metric";
import type { AlarmProps } from "../alarm";
import type { GoogleMetricRef } from "./metric-ref";

interface Aggregation {
  readonly aligner: string;
  /** Over all series of the thing, such as one for each code of error. */
  readonly reducer: string;
}

/** https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#Aggregation */
const AGGREGATIONS: Readonly<Record<string, Aggregation>> = {
  Sum: { aligner: "ALIGN_SUM", reducer: "REDUCE_SUM" },
  Average: { aligner: "ALIGN_MEAN", reducer: "REDUCE_MEAN" },
  Maximum: { aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" },
  Minimum: { aligner: "ALIGN_MIN", reducer: "REDUCE_MIN" },
  SampleCount: { aligner: "ALIGN_COUNT", reducer: "REDUCE_SUM" },
  p50: { aligner: "ALIGN_PERCENTILE_50", reducer: "REDUCE_MAX" },
  p95: { aligner: "ALIGN_PERCENTILE_95", reducer: "REDUCE_MAX" },
  p99: { aligner: "ALIGN_PERCENTILE_99", reducer: "REDUCE_MAX" },
};

/** What silence does to a metric that has reported before; of one that never has Google cannot tell. */
const MISSING_DATA: Readonly<Record<MissingData, string>> = {
  breaching: "EVALUATION_MISSING_DATA_ACTIVE",
  notBreaching: "EVALUATION_MISSING_DATA_INACTIVE",
  ignore: "EVALUATION_MISSING_DATA_NO_OP",
  missing: "EVALUATION_MISSING_DATA_NO_OP",
};

/** What silence means is asked from this duration on. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#MetricThreshold */
const LEAST_DURATION_SECONDS = 60;
/** https://cloud.google.com/monitoring/alerts/concepts-indepth#duration */
const LOOK_BACK_SECONDS = 86_400;

/** The problems of a statistic that Cloud Monitoring has no aligner for. */
export const statisticProblems = (statistic: Statistic): readonly string[] =>
  AGGREGATIONS[statistic] === undefined
    ? [problem("metric.statistic", `one of ${Object.keys(AGGREGATIONS).join(", ")} on Google Cloud`, statistic)]
    : [];

/** The problems of an alarm that would look back for more than a day. */
export function lookBackProblems(props: AlarmProps, metric: GoogleMetricRef): readonly string[] {
  const [period, periods] = [periodOf(props, metric), periodsOf(props)];
  if (period * periods <= LOOK_BACK_SECONDS) return [];
  const rule = `at most ${String(Math.floor(LOOK_BACK_SECONDS / period))} with periods of ${String(period)} seconds`;
  return [problem("evaluationPeriods", rule, periods)];
}

export const periodOf = (props: AlarmProps, metric: GoogleMetricRef): number =>
  props.periodSeconds ?? metric.periodSeconds;
export const periodsOf = (props: AlarmProps): number => props.evaluationPeriods ?? 1;

/** What is compared with what, for how long. */
export function thresholdCondition(
  props: AlarmProps,
  metric: GoogleMetricRef,
): MonitoringAlertPolicyConditionsConditionThreshold {
  const period = periodOf(props, metric);
  const { aligner, reducer } = AGGREGATIONS[metric.statistic] ?? { aligner: "ALIGN_NONE", reducer: "REDUCE_NONE" };
  return {
    filter: filterOf(metric),
    comparison: props.above === undefined ? "COMPARISON_LT" : "COMPARISON_GT",
    thresholdValue: props.above ?? props.below,
    duration: `${String(Math.max((periodsOf(props) - 1) * period, LEAST_DURATION_SECONDS))}s`,
    aggregations: [{ alignmentPeriod: `${String(period)}s`, perSeriesAligner: aligner, crossSeriesReducer: reducer }],
    evaluationMissingData: MISSING_DATA[metric.missingData],
    trigger: { count: 1 },
  };
}

/** https://cloud.google.com/monitoring/api/v3/filters */
const filterOf = ({ resourceType, namespace, metricName, dimensions }: GoogleMetricRef): string =>
  [
    `resource.type = "${resourceType}"`,
    `metric.type = "${namespace}/${metricName}"`,
    ...Object.entries(dimensions).map(([label, value]) => `${label} = ${operand(value)}`),
  ].join(" AND ");

const FUNCTION = /^(starts_with|ends_with|has_substring|one_of)\(.*\)$/s;
const operand = (value: string): string => (FUNCTION.test(value) ? value : `"${value}"`);

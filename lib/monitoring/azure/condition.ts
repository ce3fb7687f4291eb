import type { MonitorMetricAlertCriteria } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { problem } from "../../core/checks";
import type { Statistic } from "../../core/metric";
import type { AlarmProps } from "../alarm";
import type { AzureMetricRef } from "./resource-metric";

/** https://learn.microsoft.com/azure/azure-monitor/essentials/metrics-aggregation-explained; there are no percentiles */
const AGGREGATION: Readonly<Partial<Record<Statistic, string>>> = {
  Average: "Average",
  Maximum: "Maximum",
  Minimum: "Minimum",
  Sum: "Total",
  SampleCount: "Count",
};

/**
 * How long an alert looks back, by seconds, and how often it looks.
 * https://learn.microsoft.com/rest/api/monitor/metric-alerts/create-or-update
 */
const WINDOWS: ReadonlyMap<number, { readonly window: string; readonly frequency: string }> = new Map([
  [60, { window: "PT1M", frequency: "PT1M" }],
  [300, { window: "PT5M", frequency: "PT1M" }],
  [900, { window: "PT15M", frequency: "PT5M" }],
  [1800, { window: "PT30M", frequency: "PT5M" }],
  [3600, { window: "PT1H", frequency: "PT5M" }],
  [21_600, { window: "PT6H", frequency: "PT15M" }],
  [43_200, { window: "PT12H", frequency: "PT30M" }],
  [86_400, { window: "P1D", frequency: "PT1H" }],
]);

/** An alarm on a metric of Azure. */
export type AzureCondition = AlarmProps & { readonly metric: AzureMetricRef };

const secondsOf = ({ periodSeconds, metric }: AzureCondition): number => periodSeconds ?? metric.periodSeconds;

/** How long an alert looks back and how often it looks. */
export function windowOf(condition: AzureCondition): { readonly windowSize?: string; readonly frequency?: string } {
  const found = WINDOWS.get(secondsOf(condition));
  return found === undefined ? {} : { windowSize: found.window, frequency: found.frequency };
}

/** What is compared with what. */
export const criteria = ({ metric, above, below }: AzureCondition): MonitorMetricAlertCriteria => ({
  metricNamespace: metric.namespace,
  metricName: metric.metricName,
  aggregation: AGGREGATION[metric.statistic] ?? "",
  operator: above === undefined ? "LessThan" : "GreaterThan",
  threshold: above ?? below,
  dimension: Object.entries(metric.dimensions).map(([name, value]) => ({ name, operator: "Include", values: [value] })),
  // a metric that counts what seldom happens is not known to Azure before it has happened once
  skipMetricValidation: true,
});

/** What an alert of Azure cannot say that an alarm can. */
export const conditionProblems = (condition: AzureCondition): readonly string[] => [
  ...(WINDOWS.has(secondsOf(condition))
    ? []
    : [problem("periodSeconds", `one of ${[...WINDOWS.keys()].join(", ")}`, secondsOf(condition))]),
  ...((condition.evaluationPeriods ?? 1) === 1
    ? []
    : [
        problem(
          "evaluationPeriods",
          "1, because an alert of Azure looks at one period (take a longer one)",
          condition.evaluationPeriods,
        ),
      ]),
  ...(AGGREGATION[condition.metric.statistic] === undefined
    ? [problem("metric.statistic", `one of ${Object.keys(AGGREGATION).join(", ")}`, condition.metric.statistic)]
    : []),
  ...(condition.metric.missingData === "breaching"
    ? [problem("metric.missingData", "another one, because an alert of Azure cannot hear silence", "breaching")]
    : []),
];

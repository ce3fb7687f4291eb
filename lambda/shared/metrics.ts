import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** Counts of one invocation. */
export interface Counts {
  /** Adds one, to the metric itself and, with a reason, to the metric of that reason. Reasons are few and fixed. */
  add(metric: string, reason?: string): void;
  /** Writes what was added since the last time; to be called at the end of each invocation. */
  publish(): void;
}

/** Reasons of one metric; further ones are counted as `other`. Each is a metric that is paid for. */
const reasonsLimit = 32;

/** Embedded metric format on standard output, dimension `service`, for a reason also `reason`. */
export function createCounts(namespace: string, service: string): Counts {
  const metrics = new Metrics({ namespace, serviceName: service });
  const total = new Map<string, number>();
  const perReason = new Map<string, Map<string, number>>();
  return {
    add: (metric, reason) => {
      total.set(metric, (total.get(metric) ?? 0) + 1);
      if (reason !== undefined) addReason(perReason, metric, reason);
    },
    publish: () => {
      for (const [metric, count] of total) metrics.addMetric(metric, MetricUnit.Count, count);
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      for (const [metric, reasons] of perReason)
        for (const [reason, count] of reasons)
          metrics.singleMetric().addDimension("reason", reason).addMetric(metric, MetricUnit.Count, count);
      total.clear();
      perReason.clear();
    },
  };
}

function addReason(perReason: Map<string, Map<string, number>>, metric: string, reason: string): void {
  const reasons = perReason.get(metric) ?? new Map<string, number>();
  const name = reasons.has(reason) || reasons.size < reasonsLimit ? reason : "other";
  reasons.set(name, (reasons.get(name) ?? 0) + 1);
  perReason.set(metric, reasons);
}

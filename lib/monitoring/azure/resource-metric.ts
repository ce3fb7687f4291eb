import type { MetricRef } from "../../core/metric";

/** A metric of Azure Monitor, which is asked of one resource. */
export interface AzureMetricRef extends MetricRef {
  /** Id of the resource that publishes it. */
  readonly resourceId: string;
}

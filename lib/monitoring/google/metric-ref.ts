import type { MetricRef } from "../../core/metric";

/** A metric that Cloud Monitoring holds. https://cloud.google.com/monitoring/api/metrics_gcp */
export interface GoogleMetricRef extends MetricRef {
  /** Such as `storage_transfer_job`. https://cloud.google.com/monitoring/api/resources */
  readonly resourceType: string;
  /**
   * What it is about, by the labels as filters name them: `{ "resource.labels.job_id": "…", "metric.labels.status": "failed" }`.
   * A value may be a function of filters, such as `ends_with("…")`.
   */
  readonly dimensions: Readonly<Record<string, string>>;
}

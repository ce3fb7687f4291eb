/** How a metric's samples of one period become one number. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | "SampleCount" | `p${number}`;

/** What a period without samples means to an alarm. */
export type MissingData = "breaching" | "notBreaching" | "ignore" | "missing";

/** A metric that a service really publishes, by name; an alarm or a dashboard is built on it. */
export interface MetricRef {
  /** `AWS/SQS`, `Microsoft.Storage/storageAccounts`, `storage.googleapis.com`, or a handler's own. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly missingData: MissingData;
}

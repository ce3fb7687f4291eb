/** How a metric's samples of one period become one number. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | "SampleCount" | `p${number}`;

/** What a period without samples means to an alarm. */
export type MissingData = "breaching" | "notBreaching" | "ignore" | "missing";

/** A metric that a service really publishes, by name; an alarm or a dashboard is built on it. */
export interface MetricRef {
  /** `AWS/SQS`, `Microsoft.Storage/storageAccounts`, `storage.googleapis.com`, or a handler's own. */
  readonly namespace: string;
  /** As the service publishes it: `ApproximateNumberOfMessagesVisible`. */
  readonly metricName: string;
  /** Which of the service's things it is about, by the names of the service; values may be tokens. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The one that makes sense of it; an alarm compares this number. */
  readonly statistic: Statistic;
  /** A multiple of 60. */
  readonly periodSeconds: number;
  /** What its silence means. */
  readonly missingData: MissingData;
  /** How many of the units that the service publishes make one of those it is asked in: 1,000 for seconds out of milliseconds. @default 1 */
  readonly unitsEach?: number;
}

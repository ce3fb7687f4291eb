import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";
import type { Statistic } from "../../core/metric";

const PERIOD_SECONDS = 300;
const MILLISECONDS = 1000;

/** What CloudWatch knows of a function. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export class FunctionMetrics {
  public constructor(private readonly functionName: string) {}

  /** Runs that ended in an error or a timeout. */
  public errors(): AwsMetric {
    return this.metric("Errors", "Sum", "occurrences");
  }

  /** Runs that were refused, because too many were under way. */
  public throttles(): AwsMetric {
    return this.metric("Throttles", "Sum", "occurrences");
  }

  /** All runs, throttled ones left out. */
  public invocations(): AwsMetric {
    return this.metric("Invocations", "Sum", "level");
  }

  /** How long a run takes, in milliseconds. @param statistic the slowest hundredth unless told */
  public durationMilliseconds(statistic: Statistic = "p99"): AwsMetric {
    return this.metric("Duration", statistic, "level");
  }

  /** How old the last record of a batch was when the function was given it, in seconds; of streams alone. */
  public iteratorAgeSeconds(): AwsMetric {
    return this.metric("IteratorAge", "Maximum", "level", MILLISECONDS);
  }

  private metric(metricName: string, statistic: Statistic, kind: MetricKind, unitsEach = 1): AwsMetric {
    return new AwsMetric({
      namespace: "AWS/Lambda",
      metricName,
      dimensions: { FunctionName: this.functionName },
      statistic,
      periodSeconds: PERIOD_SECONDS,
      missingData: SILENCE[kind],
      unitsEach,
    });
  }
}

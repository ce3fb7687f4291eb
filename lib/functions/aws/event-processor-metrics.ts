import { metrics } from "../../../lambda/kinesis-event-processor/contract";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";

const PERIOD_SECONDS = 300;

/** What the processor counts itself, by the names of its contract. */
export class EventProcessorMetrics {
  public constructor(private readonly functionName: string) {}

  /** Records that were handed on. */
  public recordsProcessed(): AwsMetric {
    return this.count(metrics.names.processed, "level");
  }

  /** Records that went to the dead-letter queue. */
  public recordsRejected(): AwsMetric {
    return this.count(metrics.names.rejected, "occurrences");
  }

  /** Calls that failed; the stream delivers again. */
  public failures(): AwsMetric {
    return this.count(metrics.names.failures, "occurrences");
  }

  private count(metricName: string, kind: MetricKind): AwsMetric {
    return new AwsMetric({
      namespace: metrics.namespace,
      metricName,
      dimensions: { [metrics.dimension]: this.functionName },
      statistic: "Sum",
      periodSeconds: PERIOD_SECONDS,
      missingData: SILENCE[kind],
    });
  }
}

import { metrics, type SkipReason } from "../../../lambda/retraining-trigger/contract";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE } from "../../monitoring/silence";

const HOUR_SECONDS = 3600;
const PERIOD_SECONDS = 300;

/** What the trigger counts itself, by the names of its contract. */
export class RetrainingMetrics {
  public constructor(private readonly functionName: string) {}

  /** Training jobs that were started, by the hour. */
  public jobsStarted(): AwsMetric {
    return this.count(metrics.names.started, HOUR_SECONDS);
  }

  /** Times that data waited and no job was started, by the hour; for all reasons or for one. */
  public jobsSkipped(reason?: SkipReason): AwsMetric {
    return this.count(metrics.names.skipped, HOUR_SECONDS, reason);
  }

  /** Objects that were recorded towards the next job. */
  public objectsRecorded(): AwsMetric {
    return this.count(metrics.names.recorded, PERIOD_SECONDS);
  }

  /** Records that went to the dead-letter queue. */
  public recordsRejected(): AwsMetric {
    return this.count(metrics.names.rejected, PERIOD_SECONDS);
  }

  /** Calls that failed and are to be tried again. */
  public failures(): AwsMetric {
    return this.count(metrics.names.failures, PERIOD_SECONDS);
  }

  private count(metricName: string, periodSeconds: number, reason?: SkipReason): AwsMetric {
    return new AwsMetric({
      namespace: metrics.namespace,
      metricName,
      dimensions: { [metrics.dimension]: this.functionName, ...(reason !== undefined && { reason }) },
      statistic: "Sum",
      periodSeconds,
      missingData: SILENCE.occurrences,
    });
  }
}

import type { MetricRef, Statistic } from "../../core/metric";
import type { AwsPlacementProps } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";

const MILLISECONDS = 1000;

/**
 * What CloudWatch knows of a data stream.
 * https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
export class KinesisMetrics {
  private readonly placement: AwsPlacementProps;

  public constructor(
    private readonly streamName: string,
    { region, provider }: AwsPlacementProps = {},
  ) {
    this.placement = { region, provider };
  }

  /** How far the slowest of the readers that share the stream is behind, in seconds. */
  public iteratorAgeSeconds(): AwsMetric {
    return this.metric("GetRecords.IteratorAgeMilliseconds", "Maximum", "level", MILLISECONDS);
  }

  /** Writes that were refused: a shard had more than it takes. */
  public writesThrottled(): AwsMetric {
    return this.metric("WriteProvisionedThroughputExceeded", "Sum", "occurrences");
  }

  /** Reads that were refused: too many share a shard. */
  public readsThrottled(): AwsMetric {
    return this.metric("ReadProvisionedThroughputExceeded", "Sum", "occurrences");
  }

  /** Records that came in. */
  public incomingRecords(): AwsMetric {
    return this.metric("IncomingRecords", "Sum", "level");
  }

  /** Bytes that came in. */
  public incomingBytes(): AwsMetric {
    return this.metric("IncomingBytes", "Sum", "level");
  }

  private metric(metricName: string, statistic: Statistic, kind: MetricKind, unitsEach = 1): AwsMetric {
    const metric: MetricRef = {
      namespace: "AWS/Kinesis",
      metricName,
      dimensions: { StreamName: this.streamName },
      statistic,
      periodSeconds: 60,
      missingData: SILENCE[kind],
      unitsEach,
    };
    return new AwsMetric(metric, this.placement);
  }
}

import type { MetricRef } from "../../core/metric";
import type { AwsPlacementProps } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE } from "../../monitoring/silence";

/**
 * What CloudWatch knows of a queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class AwsQueueMetrics {
  private readonly placement: AwsPlacementProps;

  public constructor(
    private readonly queueName: string,
    { region, provider }: AwsPlacementProps = {},
  ) {
    this.placement = { region, provider };
  }

  /** Messages that wait: the backlog of a queue, what is lost so far of a dead-letter queue. */
  public visibleMessages(): AwsMetric {
    return this.level("ApproximateNumberOfMessagesVisible");
  }

  /** How long the oldest message has waited, in seconds. */
  public ageOfOldestMessageSeconds(): AwsMetric {
    return this.level("ApproximateAgeOfOldestMessage");
  }

  private level(metricName: string): AwsMetric {
    const metric: MetricRef = {
      namespace: "AWS/SQS",
      metricName,
      dimensions: { QueueName: this.queueName },
      statistic: "Maximum",
      periodSeconds: 60,
      missingData: SILENCE.level,
    };
    return new AwsMetric(metric, this.placement);
  }
}

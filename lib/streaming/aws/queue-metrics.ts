import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE } from "../../monitoring/silence";

/**
 * What CloudWatch knows of a queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class AwsQueueMetrics {
  public constructor(private readonly queueName: string) {}

  /** Messages that wait: the backlog of a queue, what is lost so far of a dead-letter queue. */
  public visibleMessages(): AwsMetric {
    return this.level("ApproximateNumberOfMessagesVisible");
  }

  /** How long the oldest message has waited, in seconds. */
  public ageOfOldestMessageSeconds(): AwsMetric {
    return this.level("ApproximateAgeOfOldestMessage");
  }

  private level(metricName: string): AwsMetric {
    return new AwsMetric({
      namespace: "AWS/SQS",
      metricName,
      dimensions: { QueueName: this.queueName },
      statistic: "Maximum",
      periodSeconds: 60,
      missingData: SILENCE.level,
    });
  }
}

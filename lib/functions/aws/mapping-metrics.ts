import type { AwsPlacementProps } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";

/**
 * What CloudWatch knows of an event source mapping that publishes its event counts.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export class MappingMetrics {
  private readonly placement: AwsPlacementProps;

  public constructor(
    private readonly uuid: string,
    { region, provider }: AwsPlacementProps = {},
  ) {
    this.placement = { region, provider };
  }

  /** Events that were given up and went to the on-failure destination. */
  public givenUp(): AwsMetric {
    return this.sum("OnFailureDestinationDeliveredEventCount", "occurrences");
  }

  /** Events that were lost: given up without a destination that took them. */
  public dropped(): AwsMetric {
    return this.sum("DroppedEventCount", "occurrences");
  }

  /** Events that the filters let through none of. */
  public filteredOut(): AwsMetric {
    return this.sum("FilteredOutEventCount", "level");
  }

  /** Events that the function was run on. */
  public invoked(): AwsMetric {
    return this.sum("InvokedEventCount", "level");
  }

  private sum(metricName: string, kind: MetricKind): AwsMetric {
    const dimensions = { EventSourceMappingUUID: this.uuid };
    return new AwsMetric(
      {
        namespace: "AWS/Lambda",
        metricName,
        dimensions,
        statistic: "Sum",
        periodSeconds: 300,
        missingData: SILENCE[kind],
      },
      this.placement,
    );
  }
}

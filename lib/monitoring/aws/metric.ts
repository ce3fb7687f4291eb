import type { Construct } from "constructs";
import type { MetricRef, MissingData, Statistic } from "../../core/metric";
import type { AwsPlacementProps } from "../../core/placement";
import type { AlarmProps } from "../alarm";
import { AwsAlarm } from "./alarm";

/** A metric that CloudWatch holds; facades make them: `queue.metrics.visibleMessages()`. */
export class AwsMetric implements MetricRef {
  public readonly namespace: string;
  public readonly metricName: string;
  public readonly dimensions: Readonly<Record<string, string>>;
  public readonly statistic: Statistic;
  public readonly periodSeconds: number;
  public readonly missingData: MissingData;
  public readonly unitsEach: number;

  /** @param placement region and provider that its construct was given: an alarm stands where its metric is */
  public constructor(
    { namespace, metricName, dimensions, statistic, periodSeconds, missingData, unitsEach = 1 }: MetricRef,
    private readonly placement: AwsPlacementProps = {},
  ) {
    this.namespace = namespace;
    this.metricName = metricName;
    this.dimensions = dimensions;
    this.statistic = statistic;
    this.periodSeconds = periodSeconds;
    this.missingData = missingData;
    this.unitsEach = unitsEach;
  }

  /**
   * Alarms when the metric leaves its bound.
   *
   * @throws ConstructValidationError on wrong options
   */
  public alarm(scope: Construct, id: string, props: AlarmProps & AwsPlacementProps): AwsAlarm {
    return new AwsAlarm(scope, id, { metric: this, ...this.placement, ...props });
  }
}

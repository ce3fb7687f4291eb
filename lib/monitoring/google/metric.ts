import type { Construct } from "constructs";
import type { MissingData, Statistic } from "../../core/metric";
import type { PlacementProps } from "../../core/placement";
import type { AlarmProps } from "../alarm";
import { GoogleAlarm } from "./alarm";
import type { GoogleMetricRef } from "./metric-ref";

/** A metric of Cloud Monitoring; facades make them: `transfer.metrics.errors()`. */
export class GoogleMetric implements GoogleMetricRef {
  public readonly resourceType: string;
  public readonly namespace: string;
  public readonly metricName: string;
  public readonly dimensions: Readonly<Record<string, string>>;
  public readonly statistic: Statistic;
  public readonly periodSeconds: number;
  public readonly missingData: MissingData;

  /** @param placement provider that its construct was given: an alarm stands where its metric is */
  public constructor(
    { resourceType, namespace, metricName, dimensions, statistic, periodSeconds, missingData }: GoogleMetricRef,
    private readonly placement: PlacementProps = {},
  ) {
    this.resourceType = resourceType;
    this.namespace = namespace;
    this.metricName = metricName;
    this.dimensions = dimensions;
    this.statistic = statistic;
    this.periodSeconds = periodSeconds;
    this.missingData = missingData;
  }

  /**
   * Alarms when the metric leaves its bound.
   *
   * @throws ConstructValidationError on wrong options
   */
  public alarm(scope: Construct, id: string, props: AlarmProps & PlacementProps): GoogleAlarm {
    return new GoogleAlarm(scope, id, { metric: this, ...this.placement, ...props });
  }
}

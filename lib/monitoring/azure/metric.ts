import type { Construct } from "constructs";
import type { MissingData, Statistic } from "../../core/metric";
import type { AzurePlacementProps } from "../../identity/azure/placement";
import type { AlarmProps } from "../alarm";
import { AzureAlarm } from "./alarm";
import type { AzureMetricRef } from "./resource-metric";

/** A metric that Azure Monitor holds; facades make them: `copy.metrics.runsFailed()`. */
export class AzureMetric implements AzureMetricRef {
  public readonly namespace: string;
  public readonly metricName: string;
  public readonly dimensions: Readonly<Record<string, string>>;
  public readonly statistic: Statistic;
  public readonly periodSeconds: number;
  public readonly missingData: MissingData;
  public readonly resourceId: string;

  /** @param placement resource group and provider of its construct: an alarm stands beside what it watches */
  public constructor(
    metric: AzureMetricRef,
    private readonly placement: AzurePlacementProps = {},
  ) {
    this.namespace = metric.namespace;
    this.metricName = metric.metricName;
    this.dimensions = metric.dimensions;
    this.statistic = metric.statistic;
    this.periodSeconds = metric.periodSeconds;
    this.missingData = metric.missingData;
    this.resourceId = metric.resourceId;
  }

  /**
   * Alarms when the metric leaves its bound.
   *
   * @throws ConstructValidationError on wrong options
   */
  public alarm(scope: Construct, id: string, props: AlarmProps & AzurePlacementProps): AzureAlarm {
    return new AzureAlarm(scope, id, { metric: this, ...this.placement, ...props });
  }
}

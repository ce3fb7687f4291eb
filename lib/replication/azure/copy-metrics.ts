import type { AzurePlacementProps } from "../../identity/azure/placement";
import { AzureMetric } from "../../monitoring/azure/metric";
import { SILENCE } from "../../monitoring/silence";

const PERIOD_SECONDS = 900;

/**
 * What Azure Monitor knows of a copy.
 * https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-datafactory-factories-metrics
 */
export class S3ToAzureCopyMetrics {
  public constructor(
    private readonly names: { readonly factoryId: string; readonly pipelineName: string; readonly triggerName: string },
    private readonly placement: AzurePlacementProps,
  ) {}

  /** Runs that failed; one that is tried again and succeeds then counts too. */
  public runsFailed(): AzureMetric {
    return this.count("PipelineFailedRuns", this.names.pipelineName);
  }

  /** Runs that copied all that they were to copy. */
  public runsSucceeded(): AzureMetric {
    return this.count("PipelineSucceededRuns", this.names.pipelineName);
  }

  /** Times that a run could not even be started. */
  public startsFailed(): AzureMetric {
    return this.count("TriggerFailedRuns", this.names.triggerName);
  }

  private count(metricName: string, name: string): AzureMetric {
    return new AzureMetric(
      {
        namespace: "Microsoft.DataFactory/factories",
        metricName,
        dimensions: { Name: name },
        statistic: "Sum",
        periodSeconds: PERIOD_SECONDS,
        missingData: SILENCE.occurrences,
        resourceId: this.names.factoryId,
      },
      this.placement,
    );
  }
}

import { Fn } from "cdktf";
import type { PlacementProps } from "../../core/placement";
import { GoogleMetric } from "../../monitoring/google/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";

/** What Cloud Monitoring knows of a transfer job. https://cloud.google.com/storage-transfer/docs/monitor-transfer-jobs */
export class TransferMetrics {
  private readonly job: string;

  /** @param jobName `transferJobs/<id>` */
  public constructor(
    jobName: string,
    private readonly placement: PlacementProps = {},
  ) {
    // the label is documented as the name of the job; whether with `transferJobs/` is not said
    this.job = `ends_with("${Fn.trimprefix(jobName, "transferJobs/")}")`;
  }

  /** Errors of any code: objects that could not be found or copied. */
  public errors(): GoogleMetric {
    return this.count("error_count", "occurrences");
  }

  /** Objects that could not be copied. */
  public failedObjects(): GoogleMetric {
    return this.count("copied_objects_count", "occurrences", { "metric.labels.status": "failed" });
  }

  /** Objects that were copied; that there are none for a whole day may be a source that went silent. */
  public copiedObjects(): GoogleMetric {
    return this.count("copied_objects_count", "heartbeat", { "metric.labels.status": "succeeded" });
  }

  /** Bytes that were copied. */
  public copiedBytes(): GoogleMetric {
    return this.count("copied_bytes_count", "heartbeat", { "metric.labels.status": "succeeded" });
  }

  /** Objects that the source has and the destination has not, or not like that. */
  public foundObjects(): GoogleMetric {
    return this.count("found_objects_count", "occurrences", { "metric.labels.origin": "source" });
  }

  private count(metricName: string, kind: MetricKind, labels: Readonly<Record<string, string>> = {}): GoogleMetric {
    return new GoogleMetric(
      {
        resourceType: "storage_transfer_job",
        namespace: "storagetransfer.googleapis.com",
        metricName: `transferjob/${metricName}`,
        dimensions: { "resource.labels.job_id": this.job, ...labels },
        statistic: "Sum",
        periodSeconds: 300,
        missingData: SILENCE[kind],
      },
      this.placement,
    );
  }
}

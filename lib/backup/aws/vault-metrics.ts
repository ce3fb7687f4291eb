import type { MetricRef } from "../../core/metric";
import type { AwsPlacementProps } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";

/** AWS Backup publishes every five minutes. https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html */
const PERIOD_SECONDS = 300;

/** What CloudWatch knows of the jobs of a vault. https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html */
export class BackupVaultMetrics {
  private readonly placement: AwsPlacementProps;

  public constructor(
    private readonly vaultName: string,
    { region, provider }: AwsPlacementProps = {},
  ) {
    this.placement = { region, provider };
  }

  /** Backups that were made: something that must keep coming. */
  public backupJobsCompleted(): AwsMetric {
    return this.metric("NumberOfBackupJobsCompleted", "heartbeat");
  }

  /** Backups that failed. */
  public backupJobsFailed(): AwsMetric {
    return this.metric("NumberOfBackupJobsFailed", "occurrences");
  }

  /** Backups that did not start within their window, or were not complete within it. */
  public backupJobsExpired(): AwsMetric {
    return this.metric("NumberOfBackupJobsExpired", "occurrences");
  }

  /** Copies to another region or account that failed. */
  public copyJobsFailed(): AwsMetric {
    return this.metric("NumberOfCopyJobsFailed", "occurrences");
  }

  /** Restores that failed, those of restore tests included. */
  public restoreJobsFailed(): AwsMetric {
    return this.metric("NumberOfRestoreJobsFailed", "occurrences");
  }

  /** Restores at work, those of restore tests included. */
  public restoreJobsRunning(): AwsMetric {
    return this.metric("NumberOfRestoreJobsRunning", "level");
  }

  /** Backups past their retention that could not be removed, and still cost. */
  public recoveryPointsExpired(): AwsMetric {
    return this.metric("NumberOfRecoveryPointsExpired", "occurrences");
  }

  private metric(metricName: string, kind: MetricKind): AwsMetric {
    const metric: MetricRef = {
      namespace: "AWS/Backup",
      metricName,
      dimensions: { BackupVaultName: this.vaultName },
      statistic: kind === "level" ? "Maximum" : "Sum",
      periodSeconds: PERIOD_SECONDS,
      missingData: SILENCE[kind],
    };
    return new AwsMetric(metric, this.placement);
  }
}

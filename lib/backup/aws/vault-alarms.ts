import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { isToken } from "../../core/checks";
import { environmentOf, routeOf } from "../../core/environment";
import { Severity, type IncidentRoute } from "../../core/incident-route";
import type { Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { AwsMetric } from "../../monitoring/aws/metric";
import type { BackupVaultMetrics } from "./vault-metrics";

/** The alarms of a vault, one for each way in which its backups can fail. */
export interface BackupVaultAlarms {
  readonly backupFailed: AwsAlarm;
  readonly backupExpired: AwsAlarm;
  readonly copyFailed: AwsAlarm;
  readonly restoreFailed: AwsAlarm;
  readonly recoveryPointsExpired: AwsAlarm;
}

/** What each means, for whoever is woken up. */
const MEANING: Record<keyof BackupVaultAlarms, string> = {
  backupFailed: "A backup failed: what it was to protect has none of this time",
  backupExpired: "A backup did not start or end within its window: what it was to protect has none of this time",
  copyFailed: "A copy of a backup failed: the other region or account lacks it",
  restoreFailed: "A restore failed: the backup may not be good for anything",
  recoveryPointsExpired: "Backups past their retention could not be removed, and go on costing",
};

/** A vault that is watched. */
interface Watched extends Construct {
  readonly region: string;
  readonly metrics: BackupVaultMetrics;
}

/** The alarms of a vault, as soon as there is somebody to tell. */
export function vaultAlarms(
  vault: Watched,
  { severity = Severity.HIGH, route: own }: Monitoring = {},
): BackupVaultAlarms | undefined {
  const route = own ?? routeHere(vault, vault.region);
  if (route === undefined) return undefined;
  const { metrics } = vault;
  const alarm = (id: string, metric: AwsMetric, what: keyof BackupVaultAlarms, urgency = severity): AwsAlarm =>
    metric.alarm(vault, id, { above: 0, severity: urgency, route, description: MEANING[what] });
  return {
    backupFailed: alarm("BackupFailed", metrics.backupJobsFailed(), "backupFailed"),
    backupExpired: alarm("BackupExpired", metrics.backupJobsExpired(), "backupExpired"),
    copyFailed: alarm("CopyFailed", metrics.copyJobsFailed(), "copyFailed"),
    restoreFailed: alarm("RestoreFailed", metrics.restoreJobsFailed(), "restoreFailed"),
    recoveryPointsExpired: alarm(
      "RecoveryPointsExpired",
      metrics.recoveryPointsExpired(),
      "recoveryPointsExpired",
      Severity.LOW,
    ),
  };
}

/**
 * The environment's route, where an alarm can tell it: CloudWatch takes topics of the alarm's own region alone.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 *
 * @param region where the alarm stands
 */
export function routeHere(scope: Construct, region: string): IncidentRoute | undefined {
  const route = routeOf(scope);
  const home = environmentOf(scope)?.aws?.region;
  if (route === undefined || home === undefined || isToken(region) || region === home) return route;
  Annotations.of(scope).addWarning(
    `Nobody is told of failed backups in ${region}: the environment's route is of ${home}, and an alarm tells topics of its own region alone. monitoring.route names one of ${region}.`,
  );
  return undefined;
}

import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { routeOf } from "../../core/environment";
import { Severity } from "../../core/incident-route";
import type { Monitoring } from "../../monitoring/alarm";
import { tellsAzure } from "../../monitoring/azure/actions";
import type { AzureAlarm } from "../../monitoring/azure/alarm";
import type { S3ToAzureCopyMetrics } from "./copy-metrics";

/** The alarms of a copy. */
export interface S3ToAzureCopyAlarms {
  /** A run failed. */
  readonly runs: AzureAlarm;
  /** A run could not be started. */
  readonly starts: AzureAlarm;
}

/** A copy that is watched. */
interface Watched extends Construct {
  readonly metrics: S3ToAzureCopyMetrics;
}

/** The alarms of a copy, as soon as there is somebody to tell on Azure. */
export function copyAlarms(
  copy: Watched,
  { severity = Severity.HIGH, route: own }: Monitoring = {},
): S3ToAzureCopyAlarms | undefined {
  const route = own ?? routeOf(copy);
  if (route === undefined) return undefined;
  if (own === undefined && !tellsAzure(route, severity)) {
    Annotations.of(copy).addWarning(
      "Nobody is told when copies fail: the environment's route names no action groups of Azure. Give monitoring a route that does.",
    );
    return undefined;
  }
  const settings = { above: 0, severity, route };
  return {
    runs: copy.metrics.runsFailed().alarm(copy, "RunsFailed", {
      ...settings,
      description: "Copies from S3 fail; the factory's monitor shows which objects and why",
    }),
    starts: copy.metrics.startsFailed().alarm(copy, "StartsFailed", {
      ...settings,
      description: "Copies from S3 are not even started; the factory's monitor shows why",
    }),
  };
}

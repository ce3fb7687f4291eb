import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { routeOf } from "../../core/environment";
import { Severity } from "../../core/incident-route";
import type { Monitoring } from "../../monitoring/alarm";
import { tellsGoogle, type GoogleAlarm } from "../../monitoring/google/alarm";
import type { TransferMetrics } from "./transfer-metrics";

/** Goes off with the first object that could not be copied; there is one as soon as there is a route. */
export function watchErrors(
  transfer: Construct,
  metrics: TransferMetrics,
  { severity = Severity.HIGH, route: own }: Monitoring = {},
): GoogleAlarm | undefined {
  const route = own ?? routeOf(transfer);
  if (route === undefined) return undefined;
  if (own === undefined && !tellsGoogle(route, severity)) {
    Annotations.of(transfer).addWarning(
      "Nobody is told what could not be copied: the environment's route is of another cloud. Give monitoring.route one of Google.",
    );
    return undefined;
  }
  return metrics.errors().alarm(transfer, "Errors", {
    above: 0,
    severity,
    route,
    description: `${transfer.node.path} could not copy everything; the log of the job names the objects`,
  });
}

export { GoogleAlarm, type GoogleAlarmProps } from "./alarm";
export { GoogleIncidentRoute, type GoogleIncidentRouteProps, type IncidentReceivers } from "./incident-route";
export { GoogleMetric } from "./metric";
export type { GoogleMetricRef } from "./metric-ref";

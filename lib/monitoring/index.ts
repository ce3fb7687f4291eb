export { Severity, type IncidentRoute } from "../core/incident-route";
export type { MetricRef, MissingData, Statistic } from "../core/metric";
export type { AlarmOptions, AlarmProps, Monitoring, Threshold } from "./alarm";
export { SILENCE, type MetricKind } from "./silence";

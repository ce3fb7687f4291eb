export { AzureAlarm, type AzureAlarmProps } from "./alarm";
export { AzureMetric } from "./metric";
export type { AzureMetricRef } from "./resource-metric";

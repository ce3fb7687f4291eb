export { AwsAlarm, type AwsAlarmProps } from "./alarm";
export { AwsMetric } from "./metric";

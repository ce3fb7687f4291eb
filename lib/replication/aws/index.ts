export type { S3ReplicationDestination } from "./destination";
export { GoogleTransferAccess, type GoogleTransferAccessProps } from "./google-transfer-access";
export type { S3ReplicationMonitoring, S3RuleAlarms } from "./replication-alarms";
export type { RuleSelection, S3ReplicationMetrics, S3RuleMetrics } from "./replication-metrics";
export type { S3ReplicationRule } from "./rules";
export { S3Replication, type S3ReplicationProps, type S3ReplicationResources } from "./s3-replication";

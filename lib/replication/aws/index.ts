export type { S3ReplicationDestination } from "./destination";
export { S3Replication, type S3ReplicationProps, type S3ReplicationResources } from "./s3-replication";

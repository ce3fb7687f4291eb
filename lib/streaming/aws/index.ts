export type { DeadLetterQueue } from "./dead-letter-queue";
export { QueueEncryption } from "./encryption";
export { AwsQueue, type AwsQueueProps, type AwsQueueResources, type IAwsQueue } from "./queue";
export type { AwsQueueGrants } from "./queue-grants";
export type { AwsQueueMetrics } from "./queue-metrics";
export type { SendingService } from "./queue-policy";
export type { AwsQueueAttributes } from "./referred-queue";

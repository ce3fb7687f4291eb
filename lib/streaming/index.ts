export type { AwsQueueRef, AzureQueueRef, KinesisStreamRef } from "./references";
export { StreamCapacity } from "./stream-capacity";

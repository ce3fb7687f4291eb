export type { AwsQueueRef, KinesisStreamRef } from "./references";
export { StreamCapacity } from "./stream-capacity";

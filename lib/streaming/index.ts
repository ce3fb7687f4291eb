export type { AwsQueueRef } from "./references";

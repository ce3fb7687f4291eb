export type { BucketGrants, BucketProps, ObjectSelection } from "./bucket";
export { Delivery, type ObjectFilter } from "./delivery";
export type { LifecycleRule } from "./lifecycle";
export type { LifecycleFilter } from "./lifecycle-filter";
export type { NoncurrentVersions } from "./noncurrent";
export type {
  AwsBucketRef,
  AwsDirectoryBucketRef,
  AwsObjectsCreated,
  AzureBucketRef,
  AzureEventTopicRef,
  AzureObjectFilter,
  AzureObjectsCreated,
  AzureStorageAccountRef,
  GoogleBucketRef,
  NotifiedTopic,
} from "./references";
export { RetentionMode, type ObjectRetention } from "./retention";
export { StorageTier } from "./tier";
export { dayPartitions, partitionPrefix, partitionsOf, type Partitions } from "../../lambda/shared/format/partitions";
export { INCOMING_PREFIX, Zone } from "./zones";
export type { Transition } from "./transitions";

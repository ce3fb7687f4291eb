export type { BucketGrants, BucketProps, ObjectSelection } from "./bucket";
export { Delivery, type ObjectFilter } from "./delivery";
export type { LifecycleRule, NoncurrentVersions, Transition } from "./lifecycle";
export type {
  AwsBucketRef,
  AwsObjectsCreated,
  AzureBucketRef,
  AzureStorageAccountRef,
  GoogleBucketRef,
} from "./references";
export { StorageTier } from "./tier";
export { dayPartitions, partitionPrefix, partitionsOf, type Partitions } from "../../lambda/shared/format/partitions";
export { INCOMING_PREFIX, Zone } from "./zones";

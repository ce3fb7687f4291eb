export { AwsBucket, type AwsBucketProps, type AwsBucketResources, type IAwsBucket } from "./bucket";
export type { AwsBucketGrants, ReplicaOptions } from "./bucket-grants";
export { DirectoryBucket, type DirectoryBucketProps, type DirectoryBucketResources } from "./directory-bucket";
export { BucketEncryption } from "./encryption";
export type { ObjectsCreatedOptions } from "./object-events";
export type { AwsBucketAttributes } from "./referred-bucket";
export { LensMetrics, StorageLens, type StorageLensProps } from "./storage-lens";

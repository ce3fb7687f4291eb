export type { GoogleAccessLogs, LogBucket } from "./access-logs";
export { GoogleBucket, type GoogleBucketProps, type IGoogleBucket } from "./bucket";
export type { GoogleBucketGrants } from "./bucket-grants";
export { BucketNotification, ObjectEvent, type BucketNotificationProps } from "./bucket-notification";
export { BucketEncryption } from "./encryption";
export { BucketLocation, DualRegionReplication } from "./location";
export { Autoclass, type ProtectionProps } from "./protection";
export type { GoogleBucketAttributes } from "./referred-bucket";

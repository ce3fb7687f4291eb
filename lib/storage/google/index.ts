export { GoogleBucket, type GoogleBucketProps, type IGoogleBucket } from "./bucket";
export type { GoogleBucketGrants } from "./bucket-grants";
export { BucketEncryption } from "./encryption";
export type { GoogleBucketAttributes } from "./referred-bucket";

import { S3BucketObjectLockConfigurationA as S3BucketObjectLock } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import type { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { placed } from "../../core/placement";
import { RetentionMode, type ObjectRetention } from "../retention";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
const LOCK_MODE: Record<RetentionMode, string> = {
  [RetentionMode.GOVERNANCE]: "GOVERNANCE",
  [RetentionMode.COMPLIANCE]: "COMPLIANCE",
};

/** The attribute of a bucket that a change of would replace it: S3 locks existing buckets too, by the configuration alone. */
export const LOCK_ATTRIBUTE = "object_lock_enabled";

/** The lock of every object that is written from now on; S3 wants versions first, and then keeps both for ever. */
export const lockObjects = (
  bucket: Construct,
  bucketName: string,
  { minimumDays, mode = RetentionMode.GOVERNANCE }: ObjectRetention,
  versioning: S3BucketVersioning,
): S3BucketObjectLock =>
  new S3BucketObjectLock(
    bucket,
    "ObjectLock",
    placed(bucket, {
      bucket: bucketName,
      rule: { defaultRetention: { mode: LOCK_MODE[mode], days: minimumDays } },
      dependsOn: [versioning],
    }),
  );

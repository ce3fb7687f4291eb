import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { ABORT_UPLOAD_DAYS, NONCURRENT_DAYS, ruleName, type LifecycleLimits, type LifecycleRule } from "../lifecycle";
import type { BucketProps } from "../bucket";
import { StorageTier } from "../tier";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
export const STORAGE_CLASS: Record<StorageTier, string> = {
  [StorageTier.HOT]: "STANDARD",
  [StorageTier.COOL]: "STANDARD_IA",
  [StorageTier.COLD]: "GLACIER_IR",
  [StorageTier.ARCHIVE]: "GLACIER",
  [StorageTier.DEEP_ARCHIVE]: "DEEP_ARCHIVE",
};

export const AWS_LIFECYCLE: LifecycleLimits = {
  cloud: "AWS",
  tiers: STORAGE_CLASS,
  // one of the 1,000 is the housekeeping rule
  maximumRules: 999,
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
};

/** The rules of the user and, for every bucket, the one that clears away what nobody would miss. */
export const lifecycleRules = (props: BucketProps): S3BucketLifecycleConfigurationRule[] => [
  ...(props.lifecycle ?? []).map(userRule),
  housekeeping(props),
];

const userRule = (rule: LifecycleRule): S3BucketLifecycleConfigurationRule => ({
  id: ruleName(rule),
  status: "Enabled",
  filter: [{ prefix: rule.prefix ?? "" }],
  transition: (rule.transitions ?? []).map(({ tier, afterDays }) => ({
    days: afterDays,
    storageClass: STORAGE_CLASS[tier],
  })),
  ...(rule.expireAfterDays !== undefined && { expiration: [{ days: rule.expireAfterDays }] }),
});

const housekeeping = (props: BucketProps): S3BucketLifecycleConfigurationRule => ({
  id: "housekeeping",
  status: "Enabled",
  filter: [{ prefix: "" }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: props.abortIncompleteUploadsAfterDays ?? ABORT_UPLOAD_DAYS }],
  noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersions?.expireAfterDays ?? NONCURRENT_DAYS }],
  expiration: [{ expiredObjectDeleteMarker: true }],
});

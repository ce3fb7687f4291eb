import type {
  S3BucketLifecycleConfigurationRule,
  S3BucketLifecycleConfigurationRuleFilter,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { BucketProps } from "../bucket";
import type { LifecycleLimits, LifecycleRule } from "../lifecycle";
import { conditionsOf, type LifecycleFilter } from "../lifecycle-filter";
import { ABORT_UPLOAD_DAYS, NONCURRENT_DAYS } from "../noncurrent";
import { HOUSEKEEPING, ruleName } from "../rule-name";
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
  // S3 takes any 255 characters
  ruleIds: { pattern: /^[\w.-]{1,255}$/, rule: "1-255 letters, digits or any of _.-" },
  // two of the 1,000 are for housekeeping and Intelligent-Tiering
  maximumRules: 998,
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
};

/** The rules of the user, others of the bucket and, for every bucket, the one that clears away what nobody would miss. */
export const lifecycleRules = (
  props: BucketProps,
  others: readonly S3BucketLifecycleConfigurationRule[],
): S3BucketLifecycleConfigurationRule[] => [...(props.lifecycle ?? []).map(userRule), ...others, housekeeping(props)];

const userRule = (rule: LifecycleRule): S3BucketLifecycleConfigurationRule => ({
  id: ruleName(rule),
  status: "Enabled",
  filter: [ruleFilter(rule)],
  transition: (rule.transitions ?? []).map(({ tier, afterDays }) => ({
    days: afterDays,
    storageClass: STORAGE_CLASS[tier],
  })),
  ...(rule.expireAfterDays !== undefined && { expiration: [{ days: rule.expireAfterDays }] }),
});

/** S3 takes one condition as it is and several as one of them all; its bounds of sizes are exclusive. */
function ruleFilter(rule: LifecycleFilter): S3BucketLifecycleConfigurationRuleFilter {
  const { prefix = "", tags = {}, minimumSizeBytes, maximumSizeBytes } = rule;
  const bounds = {
    ...(minimumSizeBytes !== undefined && { objectSizeGreaterThan: minimumSizeBytes - 1 }),
    ...(maximumSizeBytes !== undefined && { objectSizeLessThan: maximumSizeBytes + 1 }),
  };
  const conditions = conditionsOf(rule).length;
  if (conditions === 0) return { prefix };
  if (conditions + (prefix === "" ? 0 : 1) > 1)
    return { and: [{ ...(prefix !== "" && { prefix }), ...tagsOf(tags), ...bounds }] };
  const [tag] = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return tag === undefined ? bounds : { tag: [tag] };
}

const tagsOf = (tags: Readonly<Record<string, string>>): { readonly tags?: Record<string, string> } =>
  Object.keys(tags).length === 0 ? {} : { tags: { ...tags } };

function housekeeping(props: BucketProps): S3BucketLifecycleConfigurationRule {
  const { expireAfterDays = NONCURRENT_DAYS, transitions = [], keepNewest } = props.noncurrentVersions ?? {};
  const days = props.abortIncompleteUploadsAfterDays ?? ABORT_UPLOAD_DAYS;
  return {
    id: HOUSEKEEPING,
    status: "Enabled",
    filter: [{ prefix: "" }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: days }],
    ...(transitions.length > 0 && {
      noncurrentVersionTransition: transitions.map(({ tier, afterDays }) => ({
        noncurrentDays: afterDays,
        storageClass: STORAGE_CLASS[tier],
      })),
    }),
    noncurrentVersionExpiration: [
      { noncurrentDays: expireAfterDays, ...(keepNewest !== undefined && { newerNoncurrentVersions: keepNewest }) },
    ],
    expiration: [{ expiredObjectDeleteMarker: true }],
  };
}

import type {
  StorageBucketLifecycleRule,
  StorageBucketLifecycleRuleCondition,
} from "@cdktf/provider-google/lib/storage-bucket";
import type { BucketProps } from "../bucket";
import {
  ABORT_UPLOAD_DAYS,
  NONCURRENT_DAYS,
  type LifecycleLimits,
  type LifecycleRule,
  type TierNames,
} from "../lifecycle";
import { StorageTier } from "../tier";

/** https://cloud.google.com/storage/docs/storage-classes */
export const STORAGE_CLASS: TierNames = {
  [StorageTier.HOT]: "STANDARD",
  [StorageTier.COOL]: "NEARLINE",
  [StorageTier.COLD]: "COLDLINE",
  [StorageTier.ARCHIVE]: "ARCHIVE",
};

export const GOOGLE_LIFECYCLE: LifecycleLimits = {
  cloud: "Google Cloud",
  tiers: STORAGE_CLASS,
  // two of the 100 clear away versions and incomplete uploads
  maximumRules: 98,
  rulePerAction: true,
  source: "https://cloud.google.com/storage/docs/lifecycle",
};

/** The rules of the user and, for every bucket, those that clear away what nobody would miss. */
export const lifecycleRules = (props: BucketProps): StorageBucketLifecycleRule[] => [
  ...(props.lifecycle ?? []).flatMap(userRules),
  {
    action: { type: "Delete" },
    condition: {
      daysSinceNoncurrentTime: props.noncurrentVersions?.expireAfterDays ?? NONCURRENT_DAYS,
      withState: "ARCHIVED",
    },
  },
  {
    action: { type: "AbortIncompleteMultipartUpload" },
    condition: { age: props.abortIncompleteUploadsAfterDays ?? ABORT_UPLOAD_DAYS },
  },
];

/** One action a rule. Of several that hold for an object the coldest class counts, and deletion before all. */
const userRules = (rule: LifecycleRule): StorageBucketLifecycleRule[] => [
  ...(rule.transitions ?? []).map(({ tier, afterDays }) => ({
    action: { type: "SetStorageClass", storageClass: STORAGE_CLASS[tier] },
    condition: olderThan(afterDays, rule),
  })),
  ...(rule.expireAfterDays === undefined
    ? []
    : [{ action: { type: "Delete" }, condition: olderThan(rule.expireAfterDays, rule) }]),
];

/** Live objects alone: what happens to versions is a rule of its own. */
const olderThan = (age: number, { prefix = "" }: LifecycleRule): StorageBucketLifecycleRuleCondition => ({
  age,
  // the provider leaves a zero out unless told
  ...(age === 0 && { sendAgeIfZero: true }),
  withState: "LIVE",
  ...(prefix !== "" && { matchesPrefix: [prefix] }),
});

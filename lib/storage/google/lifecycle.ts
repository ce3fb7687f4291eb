import type {
  StorageBucketLifecycleRule,
  StorageBucketLifecycleRuleCondition,
} from "@cdktf/provider-google/lib/storage-bucket";
import type { BucketProps } from "../bucket";
import type { LifecycleLimits, LifecycleRule } from "../lifecycle";
import { ABORT_UPLOAD_DAYS, NONCURRENT_DAYS, type NoncurrentVersions } from "../noncurrent";
import { StorageTier, type TierNames } from "../tier";

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
  tagsRefused:
    "left out on Google Cloud, whose lifecycle does not see them (write such objects below a prefix of their own)",
  sizesRefused:
    "left out on Google Cloud, whose lifecycle does not see it (write the large ones below a prefix of their own)",
  // two of the 100 clear away versions and incomplete uploads
  maximumRules: 98,
  rulePerAction: true,
  source: "https://cloud.google.com/storage/docs/lifecycle",
};

/** The rules of the user and, for every bucket, those that clear away what nobody would miss. */
export const lifecycleRules = (props: BucketProps): StorageBucketLifecycleRule[] => [
  ...(props.lifecycle ?? []).flatMap(userRules),
  ...versionRules(props.noncurrentVersions),
  {
    action: { type: "AbortIncompleteMultipartUpload" },
    condition: { age: props.abortIncompleteUploadsAfterDays ?? ABORT_UPLOAD_DAYS },
  },
];

const versionRules = ({
  expireAfterDays = NONCURRENT_DAYS,
  transitions = [],
  keepNewest,
}: NoncurrentVersions = {}): StorageBucketLifecycleRule[] => [
  ...transitions.map(({ tier, afterDays }) => ({
    action: { type: "SetStorageClass", storageClass: STORAGE_CLASS[tier] },
    condition: replacedFor(afterDays),
  })),
  {
    action: { type: "Delete" },
    // the live one counts as newer too: where it was deleted, one version more stays
    condition: {
      ...replacedFor(expireAfterDays),
      ...(keepNewest !== undefined && { numNewerVersions: keepNewest + 1 }),
    },
  },
];

const replacedFor = (daysSinceNoncurrentTime: number): StorageBucketLifecycleRuleCondition => ({
  daysSinceNoncurrentTime,
  ...(daysSinceNoncurrentTime === 0 && { sendDaysSinceNoncurrentTimeIfZero: true }),
  withState: "ARCHIVED",
});

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

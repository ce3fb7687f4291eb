import type {
  StorageManagementPolicyRule,
  StorageManagementPolicyRuleActionsBaseBlob,
} from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { problem } from "../../core/checks";
import type { BucketProps } from "../bucket";
import {
  abortProblems,
  ABORT_UPLOAD_DAYS,
  HOUSEKEEPING,
  NONCURRENT_DAYS,
  ruleName,
  type LifecycleLimits,
  type LifecycleRule,
  type TierNames,
} from "../lifecycle";
import { StorageTier } from "../tier";
import { hasArchive, type AccountReplication } from "./replication";

/** https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview */
export const ACCESS_TIER: TierNames = {
  [StorageTier.HOT]: "Hot",
  [StorageTier.COOL]: "Cool",
  [StorageTier.COLD]: "Cold",
  [StorageTier.ARCHIVE]: "Archive",
};

/** https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure */
export const MOST_POLICY_RULES = 100;

/** What the lifecycle of a bucket can be, in an account that keeps its copies in a certain way. */
export const azureLifecycle = (replication?: AccountReplication): LifecycleLimits => ({
  ...(replication === undefined || hasArchive(replication)
    ? { cloud: "Azure", tiers: ACCESS_TIER }
    : { cloud: `Azure with ${replication}`, tiers: { ...ACCESS_TIER, [StorageTier.ARCHIVE]: undefined } }),
  // one of them is the housekeeping rule
  maximumRules: MOST_POLICY_RULES - 1,
  source: "https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure",
});

/**
 * Azure removes the blocks of an upload that was not completed by itself, a week after the last one; nothing else can be said.
 * https://learn.microsoft.com/rest/api/storageservices/put-block#remarks
 */
export function otherAbortProblems(days: number | undefined): readonly string[] {
  if (days === undefined || days === ABORT_UPLOAD_DAYS || abortProblems(days).length > 0) return [];
  const rule = `${String(ABORT_UPLOAD_DAYS)} on Azure, which removes the blocks of incomplete uploads after a week by itself`;
  return [problem("abortIncompleteUploadsAfterDays", rule, days)];
}

/** A container and the beginning of its rules' names. */
export interface PolicyTarget {
  readonly containerName: string;
  /** Without two hyphens in a row, so that no two containers have rules of one name. */
  readonly rulePrefix: string;
}

/** The rules of the user for one container, as the account's policy holds them. */
export const userRules = (target: PolicyTarget, { lifecycle = [] }: BucketProps): StorageManagementPolicyRule[] =>
  lifecycle.map((rule) => ({
    name: `${target.rulePrefix}--${ruleName(rule)}`,
    enabled: true,
    // append and page blobs have no tiers
    filters: { blobTypes: ["blockBlob"], prefixMatch: [`${target.containerName}/${rule.prefix ?? ""}`] },
    actions: { baseBlob: baseBlobActions(rule) },
  }));

/**
 * The rule that every container has. Azure counts the age of a version from when it was written, not from when it was
 * replaced: what stayed long enough is removed soon after, and then kept by soft delete.
 */
export const housekeeping = (
  target: PolicyTarget,
  { noncurrentVersions }: BucketProps,
): StorageManagementPolicyRule => ({
  name: `${target.rulePrefix}--${HOUSEKEEPING}`,
  enabled: true,
  filters: { blobTypes: ["blockBlob", "appendBlob"], prefixMatch: [`${target.containerName}/`] },
  actions: { version: { deleteAfterDaysSinceCreation: noncurrentVersions?.expireAfterDays ?? NONCURRENT_DAYS } },
});

type BaseBlobAction = keyof StorageManagementPolicyRuleActionsBaseBlob;

/** Since the last modification: a blob that is written again keeps its day of creation, an object of S3 or Google does not. */
const TIER_ACTION: Readonly<Partial<Record<StorageTier, BaseBlobAction>>> = {
  [StorageTier.COOL]: "tierToCoolAfterDaysSinceModificationGreaterThan",
  [StorageTier.COLD]: "tierToColdAfterDaysSinceModificationGreaterThan",
  [StorageTier.ARCHIVE]: "tierToArchiveAfterDaysSinceModificationGreaterThan",
};

function baseBlobActions({
  transitions = [],
  expireAfterDays,
}: LifecycleRule): StorageManagementPolicyRuleActionsBaseBlob {
  const tiers = transitions.flatMap(({ tier, afterDays }) => {
    const action = TIER_ACTION[tier];
    return action === undefined ? [] : [[action, afterDays] as const];
  });
  return {
    ...Object.fromEntries(tiers),
    ...(expireAfterDays !== undefined && { deleteAfterDaysSinceModificationGreaterThan: expireAfterDays }),
  };
}

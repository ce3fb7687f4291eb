import type {
  StorageManagementPolicyRule,
  StorageManagementPolicyRuleActionsBaseBlob,
  StorageManagementPolicyRuleActionsVersion,
  StorageManagementPolicyRuleFiltersMatchBlobIndexTag as TagMatch,
} from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { problem } from "../../core/checks";
import type { BucketProps } from "../bucket";
import type { LifecycleLimits, LifecycleRule } from "../lifecycle";
import { abortProblems, ABORT_UPLOAD_DAYS, NONCURRENT_DAYS } from "../noncurrent";
import { HOUSEKEEPING, ruleName } from "../rule-name";
import { StorageTier, type TierNames } from "../tier";
import type { Transition } from "../transitions";
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
  // 256 of the provider and the service hold the container's name too; two hyphens would be the end of that
  ruleIds: {
    pattern: /^(?=.{1,150}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
    rule: "1-150 letters, digits or single hyphens on Azure",
  },
  sizesRefused:
    "left out on Azure, which does not tell blobs by size (write the large ones below a prefix of their own)",
  keepNewestRefused: "left out on Azure, which removes versions by their age alone (expireAfterDays)",
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
    filters: {
      blobTypes: ["blockBlob"],
      prefixMatch: [`${target.containerName}/${rule.prefix ?? ""}`],
      ...tagFilter(rule),
    },
    actions: { baseBlob: baseBlobActions(rule) },
  }));

const tagFilter = ({ tags = {} }: LifecycleRule): { readonly matchBlobIndexTag?: TagMatch[] } => {
  const matches = Object.entries(tags).map(([name, value]) => ({ name, operation: "==", value }));
  return matches.length === 0 ? {} : { matchBlobIndexTag: matches };
};

/** What the versions of a container go through besides their end: block blobs alone have tiers. */
export const versionRules = (
  { containerName, rulePrefix }: PolicyTarget,
  { noncurrentVersions: { transitions = [] } = {} }: BucketProps,
): StorageManagementPolicyRule[] =>
  transitions.length === 0
    ? []
    : [
        {
          // two hyphens: no rule of the user is called so
          name: `${rulePrefix}--${HOUSEKEEPING}--versions`,
          enabled: true,
          filters: { blobTypes: ["blockBlob"], prefixMatch: [`${containerName}/`] },
          actions: { version: tierActions(transitions, VERSION_ACTION) },
        },
      ];

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
type VersionAction = keyof StorageManagementPolicyRuleActionsVersion;
export type TierActions<A extends string> = Readonly<Partial<Record<StorageTier, A>>>;

/** Since the last modification: a blob that is written again keeps its day of creation, an object of S3 or Google does not. */
const TIER_ACTION: TierActions<BaseBlobAction> = {
  [StorageTier.COOL]: "tierToCoolAfterDaysSinceModificationGreaterThan",
  [StorageTier.COLD]: "tierToColdAfterDaysSinceModificationGreaterThan",
  [StorageTier.ARCHIVE]: "tierToArchiveAfterDaysSinceModificationGreaterThan",
};

/** The only age of a version that Azure knows is that since it was written. */
const VERSION_ACTION: TierActions<VersionAction> = {
  [StorageTier.COOL]: "changeTierToCoolAfterDaysSinceCreation",
  [StorageTier.COLD]: "tierToColdAfterDaysSinceCreationGreaterThan",
  [StorageTier.ARCHIVE]: "changeTierToArchiveAfterDaysSinceCreation",
};

/** The actions that move to tiers, by the words of what is moved. */
export const tierActions = <A extends string>(
  transitions: readonly Transition[],
  actions: TierActions<A>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    transitions.flatMap(({ tier, afterDays }) => {
      const action = actions[tier];
      return action === undefined ? [] : [[action, afterDays] as const];
    }),
  );

const baseBlobActions = ({
  transitions = [],
  expireAfterDays,
}: LifecycleRule): StorageManagementPolicyRuleActionsBaseBlob => ({
  ...tierActions(transitions, TIER_ACTION),
  ...(expireAfterDays !== undefined && { deleteAfterDaysSinceModificationGreaterThan: expireAfterDays }),
});

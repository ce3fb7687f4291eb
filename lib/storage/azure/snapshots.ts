import type {
  StorageManagementPolicyRule,
  StorageManagementPolicyRuleActionsSnapshot,
} from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { given, object, problem } from "../../core/checks";
import { HOUSEKEEPING } from "../rule-name";
import { StorageTier } from "../tier";
import { dayProblems, orderProblems, transitionsProblems, type CloudTiers, type Transition } from "../transitions";
import { tierActions, type PolicyTarget, type TierActions } from "./lifecycle";

/** What happens to the snapshots that somebody takes of blobs; days count from their taking. */
export interface BlobSnapshots {
  /** Colder with every step. @default - none */
  readonly transitions?: readonly Transition[];
  /** Days until a snapshot is removed. @default - never */
  readonly expireAfterDays?: number;
}

const PATH = "snapshots";

/** The problems of what happens to snapshots. */
export const snapshotProblems = (snapshots: BlobSnapshots | undefined, tiers: CloudTiers): readonly string[] =>
  given(snapshots, (value) => {
    const shape = object(PATH, value);
    if (shape.length > 0) return shape;
    const { transitions = [], expireAfterDays } = value;
    const leaves = [
      ...(transitions.length === 0 && expireAfterDays === undefined
        ? [problem(PATH, "something with transitions or expireAfterDays", value)]
        : []),
      ...transitionsProblems(PATH, transitions, tiers),
      ...given(expireAfterDays, (days) => dayProblems(`${PATH}.expireAfterDays`, days, 1)),
    ];
    return leaves.length > 0 ? leaves : orderProblems(PATH, transitions, expireAfterDays);
  });

type SnapshotAction = keyof StorageManagementPolicyRuleActionsSnapshot;

const SNAPSHOT_ACTION: TierActions<SnapshotAction> = {
  [StorageTier.COOL]: "changeTierToCoolAfterDaysSinceCreation",
  [StorageTier.COLD]: "tierToColdAfterDaysSinceCreationGreaterThan",
  [StorageTier.ARCHIVE]: "changeTierToArchiveAfterDaysSinceCreation",
};

/** The rule of a container's snapshots: block blobs alone have tiers. */
export const snapshotRules = (
  { containerName, rulePrefix }: PolicyTarget,
  snapshots: BlobSnapshots | undefined,
): StorageManagementPolicyRule[] =>
  snapshots === undefined
    ? []
    : [
        {
          // two hyphens: no rule of the user is called so
          name: `${rulePrefix}--${HOUSEKEEPING}--snapshots`,
          enabled: true,
          filters: { blobTypes: ["blockBlob"], prefixMatch: [`${containerName}/`] },
          actions: {
            snapshot: {
              ...tierActions(snapshots.transitions ?? [], SNAPSHOT_ACTION),
              ...(snapshots.expireAfterDays !== undefined && {
                deleteAfterDaysSinceCreationGreaterThan: snapshots.expireAfterDays,
              }),
            },
          },
        },
      ];

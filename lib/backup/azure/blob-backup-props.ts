import { distinct, given, having, list, literal, object, problem, wholeNumber } from "../../core/checks";
import type { PlacementProps } from "../../core/placement";
import type { AzureBucket } from "../../storage/azure/bucket";
import { TenantCopies } from "../../storage/azure/namespace";
import type { AzureStorageAccount } from "../../storage/azure/storage-account";
import { bestOf, objectiveProblems, type Reached } from "../recovery";
import { backupRuleProblems, reachedBy, type BackupRule } from "../rule";
import { intervalProblems, VAULTED } from "./blob-schedule";
import type { AzureBackupVault } from "./vault";

/** Copies in the vault. */
export interface VaultedBlobs {
  /** Daily or weekly, and for how long each copy is kept. */
  readonly rule: BackupRule;
  /** Which containers, 1 to 100: what is added to the account later is not backed up by itself. */
  readonly containers: readonly AzureBucket[];
}

/** How the blobs of one account are backed up. */
export interface BlobBackupProps extends PlacementProps {
  /** In the region of the account. */
  readonly vault: AzureBackupVault;
  /** An account of this app, with a flat namespace. */
  readonly account: AzureStorageAccount;
  /** Days back to which the account can be restored to any point in time, 1 to 360; 0 for none. @default 30 */
  readonly pointInTimeDays?: number;
  /** Copies that outlive the account; it allows copies to other tenants for them. @default - none */
  readonly vaulted?: VaultedBlobs;
  /** Most minutes of writes that may be lost (RPO). @default - nothing is promised */
  readonly recoveryPointMinutes?: number;
}

/** https://learn.microsoft.com/azure/backup/blob-backup-configure-manage#before-you-start */
const POINT_IN_TIME = { minimum: 0, maximum: 360, unit: "days" };
/** https://learn.microsoft.com/azure/backup/blob-backup-support-matrix */
const MOST_CONTAINERS = 100;
/** https://learn.microsoft.com/azure/storage/blobs/storage-blob-change-feed: changes are recorded within a few minutes. */
const CHANGES: Reached = { minutes: 5, by: "in which the change feed records what point-in-time restore goes by" };

/** All that is wrong with a backup. */
export function blobBackupProblems(props: BlobBackupProps): readonly string[] {
  const shape = [
    ...having("vault", props.vault, "vaultId", "an AzureBackupVault"),
    ...having(
      "account",
      props.account,
      "blobService",
      "an AzureStorageAccount of this app, which says what backups need",
    ),
    ...given(props.pointInTimeDays, (days) => [
      ...literal("pointInTimeDays", days),
      ...wholeNumber("pointInTimeDays", days, POINT_IN_TIME),
    ]),
    ...given(props.vaulted, vaultedShape),
  ];
  return shape.length > 0 ? shape : [...accountProblems(props), ...promiseProblems(props)];
}

const vaultedShape = (vaulted: VaultedBlobs): readonly string[] => {
  const shape = object("vaulted", vaulted);
  if (shape.length > 0) return shape;
  const rule = backupRuleProblems("vaulted.rule", vaulted.rule, VAULTED);
  return [
    ...rule,
    ...(rule.length > 0 ? [] : intervalProblems("vaulted.rule", vaulted.rule)),
    ...list("vaulted.containers", vaulted.containers, (bucket, path) =>
      having(path, bucket, "containerId", "an AzureBucket"),
    ),
  ];
};

function accountProblems({ account, pointInTimeDays, vaulted }: BlobBackupProps): readonly string[] {
  // https://learn.microsoft.com/azure/backup/blob-backup-support-matrix
  const flat =
    "one without a hierarchical namespace, which Azure Backup does not know (AccountReplication.GRS keeps a second region of it)";
  return [
    ...(account.hierarchical ? [problem("account", flat, account)] : []),
    ...(pointInTimeDays === 0 && vaulted === undefined
      ? [problem("pointInTimeDays", "at least 1 without vaulted, because nothing would be backed up", 0)]
      : []),
    ...given(vaulted, (value) => vaultedProblems(account, value)),
  ];
}

const vaultedProblems = (account: AzureStorageAccount, { containers }: VaultedBlobs): readonly string[] => [
  // https://learn.microsoft.com/azure/backup/blob-backup-configure-manage: UserErrorCrossTenantOrsPolicyDisabled
  ...(account.tenantCopies === TenantCopies.ALLOWED
    ? []
    : [
        problem(
          "account",
          "one with tenantCopies: TenantCopies.ALLOWED, because the vault's copies lie in a tenant of Microsoft's",
          account,
        ),
      ]),
  ...(containers.length >= 1 && containers.length <= MOST_CONTAINERS
    ? []
    : [problem("vaulted.containers", `1 to ${String(MOST_CONTAINERS)} containers`, containers.length)]),
  ...containers.flatMap(({ account: { path } }, index) =>
    path === account.path ? [] : [problem(`vaulted.containers[${String(index)}]`, `in ${account.path}`, path)],
  ),
  ...distinct("vaulted.containers", containers, ({ path }) => path, "named once"),
];

/** The best of what is there counts: a moment of the account, or the last copy in the vault. */
const promiseProblems = ({ recoveryPointMinutes, pointInTimeDays, vaulted }: BlobBackupProps): readonly string[] =>
  given(recoveryPointMinutes, (minutes) => {
    const reached = bestOf([
      ...(pointInTimeDays === 0 ? [] : [CHANGES]),
      ...(vaulted ? [reachedBy(vaulted.rule)] : []),
    ]);
    return objectiveProblems("recoveryPointMinutes", minutes, reached ? [reached] : []);
  });

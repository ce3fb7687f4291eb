import { DataProtectionBackupInstanceBlobStorage as BackupInstance } from "@cdktf/provider-azurerm/lib/data-protection-backup-instance-blob-storage";
import { DataProtectionBackupPolicyBlobStorage as BackupPolicy } from "@cdktf/provider-azurerm/lib/data-protection-backup-policy-blob-storage";
import { Construct } from "constructs";
import { claim } from "../../core/claim";
import { assertValid } from "../../core/errors";
import { physicalName, stableHash, type NameRule } from "../../core/names";
import { place, placedGlobally } from "../../core/placement";
import { AzureManagedIdentity } from "../../identity/azure/managed-identity";
import { blobBackupProblems, type BlobBackupProps } from "./blob-backup-props";
import { repeatingInterval } from "./blob-schedule";

const POLICY_NAME: NameRule = {
  rule: "3-150 letters, digits or hyphens",
  pattern: /^[A-Za-z0-9-]{3,150}$/,
  // a hash of what the policy says is added
  maximum: 141,
  source: "https://learn.microsoft.com/azure/backup/blob-backup-configure-manage#create-a-backup-policy",
};
/** https://learn.microsoft.com/azure/backup/blob-backup-configure-manage#grant-permissions-to-the-backup-vault-on-storage-accounts */
const BACKUP_ROLE = "Storage Account Backup Contributor";
const DEFAULT_POINT_IN_TIME_DAYS = 30;

/** The provider's resources of a backup besides itself, each for overrides and moves. */
export interface BlobBackupResources {
  readonly policy: BackupPolicy;
}

/**
 * Backs up the block blobs of a storage account: any point in time within the account itself, and copies in the vault that
 * outlive the account. What it takes of the account (versions, change feed, soft delete, restore) is switched on there, so
 * that the account says what Azure Backup would otherwise set behind its back.
 */
export class BlobBackup extends Construct {
  public readonly resource: BackupInstance;
  public readonly resources: BlobBackupResources;

  public constructor(scope: Construct, id: string, props: BlobBackupProps) {
    super(scope, id);
    assertValid(this, [...place(this, "azure", props), ...blobBackupProblems(props)]);
    const { vault, account } = props;
    claim(this, BackupInstance.tfResourceType, account.path);
    const policy = this.policy(props);
    this.resources = { policy };
    this.resource = new BackupInstance(
      this,
      "Resource",
      placedGlobally(this, {
        name: physicalName(this, POLICY_NAME),
        vaultId: vault.vaultId,
        location: account.resource.location,
        storageAccountId: account.accountId,
        backupPolicyId: policy.id,
        ...(props.vaulted && {
          storageAccountContainerNames: props.vaulted.containers.map(({ bucketName }) => bucketName),
        }),
      }),
    );
    this.switchOn(props);
    this.admit(props);
  }

  /** Azure changes no policy and removes none in use: another one has another name, and is there before the old one goes. */
  private policy({ vault, pointInTimeDays = DEFAULT_POINT_IN_TIME_DAYS, vaulted }: BlobBackupProps): BackupPolicy {
    const interval = vaulted && repeatingInterval(vaulted.rule.schedule);
    const said = {
      operationalDefaultRetentionDuration: pointInTimeDays === 0 ? undefined : `P${String(pointInTimeDays)}D`,
      ...(vaulted &&
        interval !== undefined && {
          backupRepeatingTimeIntervals: [interval],
          vaultDefaultRetentionDuration: `P${String(vaulted.rule.retention.expireAfterDays)}D`,
        }),
    };
    return new BackupPolicy(
      this,
      "Policy",
      placedGlobally(this, {
        name: `${physicalName(this, POLICY_NAME, "policy")}-${stableHash(JSON.stringify(said))}`,
        vaultId: vault.vaultId,
        ...said,
        lifecycle: { createBeforeDestroy: true },
      }),
    );
  }

  private switchOn({ account, pointInTimeDays = DEFAULT_POINT_IN_TIME_DAYS }: BlobBackupProps): void {
    if (pointInTimeDays > 0) account.blobService.restorable(pointInTimeDays);
    else account.blobService.recordChanges();
  }

  /** The vault reads the account, restores into it and locks it against deletion; it tries at once. */
  private admit({ vault: { principalId }, account }: BlobBackupProps): void {
    const { grantPrincipal: vault } = AzureManagedIdentity.fromIdentityAttributes(this, "Vault", { principalId });
    const permission = { scope: account.accountId, role: { builtIn: BACKUP_ROLE } };
    vault.allow({ verb: "backup", target: account.path }, permission).before(this.resource);
  }
}

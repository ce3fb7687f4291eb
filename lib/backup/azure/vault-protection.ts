/** Where the backups of a vault are kept. https://learn.microsoft.com/azure/backup/backup-vault-overview#storage-settings-in-the-backup-vault */
export const BackupRedundancy = {
  /** Three copies in one place. */
  LOCAL: "LocallyRedundant",
  /** Three zones of one region. */
  ZONE: "ZoneRedundant",
  /** A second region too, from which is restored when the first one is down. */
  GEO: "GeoRedundant",
} as const;
export type BackupRedundancy = (typeof BackupRedundancy)[keyof typeof BackupRedundancy];

/** Whether backups can be removed before their time. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept */
export const VaultImmutability = {
  /** By whoever may change the vault. */
  OFF: "Disabled",
  /** By nobody, until somebody who may change the vault lifts it. */
  UNLOCKED: "Unlocked",
  /** By nobody at all, and it cannot be lifted; deleted backups cannot be purged either. */
  LOCKED: "Locked",
} as const;
export type VaultImmutability = (typeof VaultImmutability)[keyof typeof VaultImmutability];

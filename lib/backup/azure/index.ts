export { BlobBackup, type BlobBackupResources } from "./blob-backup";
export type { BlobBackupProps, VaultedBlobs } from "./blob-backup-props";
export { AzureBackupVault, type AzureBackupVaultProps } from "./vault";
export { BackupRedundancy, VaultImmutability } from "./vault-protection";

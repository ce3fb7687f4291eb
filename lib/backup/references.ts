/** A vault of AWS Backup as other constructs are given it: identifiers only. */
export interface AwsBackupVaultRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly vaultName: string;
  readonly vaultArn: string;
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The customer-managed key of its backups. */
  readonly keyArn?: string;
  /** How long backups must and may be kept in it, where its lock says so. */
  readonly retentionBounds?: { readonly minimumDays?: number; readonly maximumDays?: number };
}

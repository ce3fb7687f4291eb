/** How the blobs of an account are kept. An account cannot change it later. */
export const AccountNamespace = {
  /** By their whole names: versions, blob index tags, object replication, point-in-time restore. */
  FLAT: "flat",
  /** In directories that are renamed at once (Data Lake Storage Gen2, `abfss://`). None of what {@link AccountNamespace.FLAT} has. */
  HIERARCHICAL: "hierarchical",
} as const;
export type AccountNamespace = (typeof AccountNamespace)[keyof typeof AccountNamespace];

/** Whether other tenants of Entra may be copied to. */
export const TenantCopies = {
  REFUSED: "refused",
  /** Azure Backup's vaults need it: they belong to a tenant of Microsoft's. */
  ALLOWED: "allowed",
} as const;
export type TenantCopies = (typeof TenantCopies)[keyof typeof TenantCopies];

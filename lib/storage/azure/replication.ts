/** How many copies of the data a storage account keeps, and where. https://learn.microsoft.com/azure/storage/common/storage-redundancy */
export const AccountReplication = {
  /** Three copies in one place of one zone: for what can be made again. */
  LRS: "LRS",
  /** Three zones of one region. No ARCHIVE. */
  ZRS: "ZRS",
  /** As LRS, and a second region. */
  GRS: "GRS",
  /** As ZRS, and a second region. No ARCHIVE. */
  GZRS: "GZRS",
  /** As GRS, the second region readable all the time. */
  RAGRS: "RAGRS",
  /** As GZRS, the second region readable all the time. No ARCHIVE. */
  RAGZRS: "RAGZRS",
} as const;
export type AccountReplication = (typeof AccountReplication)[keyof typeof AccountReplication];

const WITH_ARCHIVE: readonly AccountReplication[] = [
  AccountReplication.LRS,
  AccountReplication.GRS,
  AccountReplication.RAGRS,
];

/** Whether blobs of the account can be archived. https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview#archive-access-tier */
export const hasArchive = (replication: AccountReplication): boolean => WITH_ARCHIVE.includes(replication);

import type { StorageAccount, StorageAccountBlobProperties } from "@cdktf/provider-azurerm/lib/storage-account";

/** Days in which a deleted blob, or a deleted version of one, can be had back. */
const SOFT_DELETE_BLOB_DAYS = 7;
/** Days in which a deleted container can be had back. */
const SOFT_DELETE_CONTAINER_DAYS = 30;
/**
 * By as many days Azure Backup keeps deleted blobs longer than the points in time that it can restore.
 * https://learn.microsoft.com/azure/backup/blob-backup-configure-manage#effects-on-backed-up-storage-accounts
 */
const BEYOND_RESTORE_DAYS = 5;

/** What an account starts from. */
export interface BlobServiceStart {
  /** Whether blobs have versions: everywhere but in a hierarchical namespace. */
  readonly versioned: boolean;
  /** Whether what is deleted can be had back. */
  readonly softDelete: boolean;
}

/** What the blobs of an own account are kept with. Others switch on what they need; the account alone writes it. */
export class BlobService {
  private resource?: StorageAccount;
  private changeFeed = false;
  private restoreDays = 0;
  private readonly partners = { to: new Set<string>(), from: new Set<string>() };

  public constructor(private readonly start: BlobServiceStart) {}

  /** Whether blobs have versions, without which none of the rest can be. */
  public get versioned(): boolean {
    return this.start.versioned;
  }

  /** Keeps a record of all changes, as replication and point-in-time restore need it. */
  public recordChanges(): void {
    this.changeFeed = true;
    this.write();
  }

  /** Remembers with which account it shares an object replication policy, and answers with how many there are in that direction. */
  public replicates(direction: "to" | "from", accountPath: string): number {
    return this.partners[direction].add(accountPath).size;
  }

  /** Keeps what it takes to restore any point in time of some days; the longest that was asked for counts. */
  public restorable(days: number): void {
    this.restoreDays = Math.max(this.restoreDays, days);
    this.recordChanges();
  }

  /** Where later changes are written to. */
  public attach(resource: StorageAccount): void {
    this.resource = resource;
  }

  /** As the account renders it. */
  public properties(): StorageAccountBlobProperties {
    const { versioned, softDelete } = this.start;
    const restores = this.restoreDays > 0;
    const blobDays = Math.max(
      softDelete ? SOFT_DELETE_BLOB_DAYS : 0,
      restores ? this.restoreDays + BEYOND_RESTORE_DAYS : 0,
    );
    return {
      ...(versioned && { versioningEnabled: true }),
      ...(this.changeFeed && { changeFeedEnabled: true }),
      ...(blobDays > 0 && { deleteRetentionPolicy: { days: blobDays } }),
      ...(softDelete && { containerDeleteRetentionPolicy: { days: SOFT_DELETE_CONTAINER_DAYS } }),
      ...(restores && { restorePolicy: { days: this.restoreDays } }),
    };
  }

  private write(): void {
    this.resource?.putBlobProperties(this.properties());
  }
}

export { AzureBucket, type AzureBucketProps, type AzureBucketResources, type IAzureBucket } from "./bucket";
export type { AzureBucketGrants } from "./bucket-grants";
export type { BlobService } from "./blob-service";
export { AccountEncryption, type AccountKeyOptions } from "./encryption";
export { AccountNamespace, TenantCopies } from "./namespace";
export { StorageNetwork, type SelectedNetworks } from "./network";
export type { AzureStorageAccountAttributes } from "./referred-account";
export type { AzureBucketAttributes } from "./referred-bucket";
export { AccountReplication } from "./replication";
export type { BlobSnapshots } from "./snapshots";
export {
  AzureStorageAccount,
  type AzureStorageAccountProps,
  type AzureStorageAccountResources,
  type IAzureStorageAccount,
} from "./storage-account";

export type { CopiedObjects } from "./prefixes";
export type { AzureTransferTrust, S3TransferTrust } from "./references";
export { TransferOverwrite, type TransferredObjects, type TransferTimes } from "./transfer";

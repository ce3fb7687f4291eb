export { AzureToGcsTransfer, type AzureToGcsTransferProps } from "./azure-to-gcs-transfer";
export { S3ToGcsTransfer, type S3ToGcsTransferProps } from "./s3-to-gcs-transfer";
export type { GcsTransferProps } from "./transfer-job";
export type { TransferMetrics } from "./transfer-metrics";

import type { Grant } from "../core/grant";
import type { CopiedObjects } from "./prefixes";

/** A bucket of S3 opened to Storage Transfer of Google without a key: `GoogleTransferAccess` of AWS, or a role made elsewhere. */
export interface S3TransferTrust extends CopiedObjects {
  /** The role that the service agent of Storage Transfer may assume. */
  readonly roleArn: string;
  /** The queue that S3 tells of new objects. @default - there is none, and a transfer needs a time */
  readonly queueArn?: string;
  /** Rights of the role in the same app. @default - none to wait for */
  readonly rights?: readonly Grant[];
}

/** A container of Azure opened to Storage Transfer of Google without a key: `GoogleTransferAccess` of Azure, or an application. */
export interface AzureTransferTrust {
  /** Of the managed identity or application that the service agent of Storage Transfer acts as. */
  readonly clientId: string;
  /** Directory that it belongs to. */
  readonly tenantId: string;
  /** Rights of the identity in the same app. @default - none to wait for */
  readonly rights?: readonly Grant[];
}

import { having } from "../../core/checks";
import type { AwsKeyRef } from "../../encryption/references";

/** How the items of a table are encrypted at rest. */
export class TableEncryption {
  /** With a key that DynamoDB owns. */
  public static awsOwned(): TableEncryption {
    return new TableEncryption();
  }

  /** With a customer-managed key. */
  public static key(key: AwsKeyRef): TableEncryption {
    return new TableEncryption(key);
  }

  public readonly keyArn?: string;

  private constructor(public readonly key?: AwsKeyRef) {
    this.keyArn = key?.keyArn;
  }
}

/** The problems of what is given as encryption. */
export const tableEncryptionProblems = (encryption: unknown): string[] =>
  having("encryption", encryption, "keyArn", "TableEncryption.awsOwned() or TableEncryption.key(key)");

import { having } from "../../core/checks";
import type { AwsKeyRef } from "../../encryption/references";

/** How the messages of a queue are encrypted at rest. */
export class QueueEncryption {
  /** With keys that SQS keeps (SSE-SQS). */
  public static sqsManaged(): QueueEncryption {
    return new QueueEncryption();
  }

  /** With a customer-managed key (SSE-KMS); `alias/aws/sqs` cannot be used, because no other service could send then. */
  public static key(key: AwsKeyRef): QueueEncryption {
    return new QueueEncryption(key);
  }

  public readonly keyArn?: string;

  private constructor(public readonly key?: AwsKeyRef) {
    this.keyArn = key?.keyArn;
  }
}

/** The problems of what is given as encryption. */
export const encryptionProblems = (encryption: unknown): string[] =>
  having("encryption", encryption, "keyArn", "QueueEncryption.sqsManaged() or QueueEncryption.key(key)");

/** How the records of a stream are encrypted at rest. */
export class StreamEncryption {
  /** With the key that Kinesis keeps in the account (`alias/aws/kinesis`). */
  public static kinesisManaged(): StreamEncryption {
    return new StreamEncryption();
  }

  /** With a customer-managed key. */
  public static key(key: AwsKeyRef): StreamEncryption {
    return new StreamEncryption(key);
  }

  public readonly keyArn?: string;

  private constructor(public readonly key?: AwsKeyRef) {
    this.keyArn = key?.keyArn;
  }
}

/** The problems of what is given as the encryption of a stream. */
export const streamEncryptionProblems = (encryption: unknown): string[] =>
  having("encryption", encryption, "keyArn", "StreamEncryption.kinesisManaged() or StreamEncryption.key(key)");

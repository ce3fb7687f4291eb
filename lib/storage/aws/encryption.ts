import type { AwsKeyRef } from "../../encryption/references";

/** How the objects of an S3 bucket are encrypted at rest. */
export class BucketEncryption {
  /** With keys that S3 keeps (SSE-S3, AES-256). */
  public static s3Managed(): BucketEncryption {
    return new BucketEncryption();
  }

  /** With a customer-managed key (SSE-KMS) and a bucket key, which saves most of the calls to KMS. */
  public static key(key: AwsKeyRef): BucketEncryption {
    return new BucketEncryption(key);
  }

  /** ARN of the customer-managed key, if there is one. */
  public readonly keyArn?: string;

  private constructor(
    /** The customer-managed key, if there is one: grants to roles of other accounts need its agreement. */
    public readonly key?: AwsKeyRef,
  ) {
    this.keyArn = key?.keyArn;
  }
}

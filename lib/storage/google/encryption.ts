import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { isToken, problem } from "../../core/checks";
import { waitFor, type Dependent } from "../../core/grant";
import type { GoogleKeyRef } from "../../encryption/references";
import { GoogleService, serviceAgentMember } from "../../identity/google/service-agent";

/** How the objects of a bucket are encrypted at rest. */
export class BucketEncryption {
  /** With keys that Google keeps (AES-256). */
  public static googleManaged(): BucketEncryption {
    return new BucketEncryption();
  }

  /**
   * With a customer-managed key. Cloud Storage itself uses it, so nobody else is granted the key: its service agent of the
   * bucket's project is, before the bucket is made.
   *
   * @param key in the bucket's location; of a key that is only a name, whoever names it has let the service agent in
   */
  public static key(key: GoogleKeyRef): BucketEncryption {
    return new BucketEncryption(key);
  }

  /** Resource name of the customer-managed key, if there is one. */
  public readonly keyName: string | undefined;

  private constructor(
    /** The customer-managed key, if there is one. */
    public readonly key?: GoogleKeyRef,
  ) {
    this.keyName = key?.keyName;
  }
}

/** Lets Cloud Storage use the key of a bucket, before there is a bucket that needs it. */
export function admitStorage(bucket: Construct, resource: Dependent, key: GoogleKeyRef | undefined): void {
  if (key?.admitAgent === undefined) return;
  const membership = key.admitAgent({
    service: GoogleService.STORAGE,
    member: serviceAgentMember(bucket, GoogleService.STORAGE),
  });
  if (membership !== undefined && TerraformStack.of(membership) === TerraformStack.of(bucket))
    waitFor(resource, membership);
}

const REGION = /^[a-z]+-[a-z]+\d+$/;

/**
 * A key of another region, which Cloud Storage refuses. Of dual- and multi-regions it has no list to compare with.
 * https://cloud.google.com/storage/docs/encryption/customer-managed-keys
 */
export function keyLocationProblems(location: string, key: GoogleKeyRef | undefined): readonly string[] {
  const at = key?.location;
  if (at === undefined || isToken(at) || isToken(location)) return [];
  const [ofKey, ofBucket] = [at.toLowerCase(), location.toLowerCase()];
  const comparable = REGION.test(ofKey) || REGION.test(ofBucket);
  if (!comparable || ofKey === ofBucket) return [];
  return [problem("encryption", `a key in the bucket's location "${ofBucket}"`, at)];
}

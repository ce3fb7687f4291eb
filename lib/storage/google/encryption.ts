/** How the objects of a bucket are encrypted at rest. */
export class BucketEncryption {
  /** With keys that Google keeps (AES-256). */
  public static googleManaged(): BucketEncryption {
    return new BucketEncryption();
  }

  /**
   * With a customer-managed key. Cloud Storage itself uses it, so nobody else is granted the key; its service agent
   * (`service-<projectNumber>@gs-project-accounts.iam.gserviceaccount.com`) has to have
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter` on it before the bucket is made.
   *
   * @param key by its resource name, `projects/…/locations/…/keyRings/…/cryptoKeys/…`, in the bucket's location
   */
  public static key(key: { readonly keyName: string }): BucketEncryption {
    return new BucketEncryption(key.keyName);
  }

  private constructor(
    /** The customer-managed key, if there is one. */
    public readonly keyName?: string,
  ) {}
}

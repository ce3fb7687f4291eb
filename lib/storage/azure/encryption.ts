import { given, having } from "../../core/checks";
import type { IAzureKey } from "../../encryption/azure/key";
import type { AzureManagedIdentity } from "../../identity/azure/managed-identity";

/** How the key of an account is used. */
export interface AccountKeyOptions {
  /**
   * The identity as which the account uses the key; a second account that is copied to or restored can share it.
   * @default - one of the account's own
   */
  readonly identity?: AzureManagedIdentity;
}

/** How the data of a storage account is encrypted at rest, below Azure's second encryption of the disks. */
export class AccountEncryption {
  /** With keys that Azure keeps. */
  public static azureManaged(): AccountEncryption {
    return new AccountEncryption();
  }

  /** With a customer-managed key, from the first byte on; blobs, files, queues and tables alike. */
  public static key(key: IAzureKey, { identity }: AccountKeyOptions = {}): AccountEncryption {
    return new AccountEncryption(key, identity);
  }

  private constructor(
    /** The customer-managed key, if there is one. */
    public readonly key?: IAzureKey,
    /** As whom the account uses it, if that was said. */
    public readonly identity?: AzureManagedIdentity,
  ) {}
}

/** The problems of an encryption. */
export function encryptionProblems(encryption: AccountEncryption): readonly string[] {
  const shape = having(
    "encryption",
    encryption,
    "key",
    "AccountEncryption.azureManaged() or AccountEncryption.key(key)",
  );
  if (shape.length > 0) return shape;
  return [
    ...given(encryption.key, (key) => having("encryption.key", key, "keyUri", "an AzureKey, own or referred to")),
    ...given(encryption.identity, (identity) =>
      having("encryption.identity", identity, "identityId", "an AzureManagedIdentity"),
    ),
  ];
}

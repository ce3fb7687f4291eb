import type { StorageAccountConfig } from "@cdktf/provider-azurerm/lib/storage-account";
import type { Construct } from "constructs";
import type { Dependent } from "../../core/grant";
import { AzureManagedIdentity } from "../../identity/azure/managed-identity";
import type { AzurePlacementProps } from "../../identity/azure/placement";
import type { AccountEncryption } from "./encryption";

/** The customer-managed key of an account, and the identity as which the account uses it. */
export interface AccountKey {
  /** The part of the account's configuration. */
  readonly config: Pick<
    StorageAccountConfig,
    "identity" | "customerManagedKey" | "queueEncryptionKeyType" | "tableEncryptionKeyType"
  >;
  /** The identity, where it is the account's own. */
  readonly ownIdentity?: AzureManagedIdentity;
  /** Makes the account wait until its identity may use the key: it could not be made before. */
  before(account: Dependent): void;
}

const NONE: AccountKey = { config: {}, before: () => undefined };

/** Lets an identity use the key of an encryption; without a key there is nothing to do. */
export function accountKey(
  scope: Construct,
  { key, identity: given }: AccountEncryption,
  { provider, location, resourceGroupName }: AzurePlacementProps,
): AccountKey {
  if (key === undefined) return NONE;
  const place = { provider, location, resourceGroupName };
  const identity = given ?? new AzureManagedIdentity(scope, "Identity", place);
  const grant = key.grants.serve(identity);
  return {
    config: {
      identity: { type: "UserAssigned", identityIds: [identity.identityId] },
      customerManagedKey: { keyVaultKeyId: key.keyUri, userAssignedIdentityId: identity.identityId },
      // cannot be changed later; without it queues and tables stay under Azure's own keys
      queueEncryptionKeyType: "Account",
      tableEncryptionKeyType: "Account",
    },
    ...(given === undefined && { ownIdentity: identity }),
    before: (account) => void grant.before(account),
  };
}

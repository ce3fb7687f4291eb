import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { AzureKey, AzureKeyVault, VaultNetwork } from "cloud-conductor/encryption/azure";
import { AzureManagedIdentity } from "cloud-conductor/identity/azure";
import { AccountEncryption, AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";

/** A key of one's own for a storage account: rotated, with an end to each version, in a vault that nobody can purge. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "azure-keys");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    tags: { costCenter: "4711" },
    azure: {
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroupName: "acme-data",
      location: "westeurope",
      tenantId: "22222222-2222-2222-2222-222222222222",
    },
  });
  const pipeline = AzureManagedIdentity.fromIdentityAttributes(stack, "pipeline", {
    principalId: "33333333-3333-3333-3333-333333333333",
  });

  // #region key
  const vault = new AzureKeyVault(stack, "vault", {
    vaultName: "acme-data-prod",
    network: VaultNetwork.selected({ ipRanges: ["203.0.113.0/24"] }), // where the pipeline deploys from
    officer: pipeline, // who makes the keys
  });
  const key = new AzureKey(stack, "sales", { vault, rotationDays: 90, firstVersionExpiresOn: "2027-12-31T00:00:00Z" });
  const account = new AzureStorageAccount(stack, "lake", { encryption: AccountEncryption.key(key) });
  new AzureBucket(stack, "pos", { account, bucketName: "pos" });
  // #endregion

  // #region grants
  const tokeniser = new AzureManagedIdentity(stack, "tokeniser");
  key.grants.encrypt(tokeniser); // for what the library does not encrypt by itself
  // #endregion

  // #region existing
  const shared = AzureKey.fromKeyAttributes(stack, "shared", { keyUri: "https://acme.vault.azure.net/keys/shared" });
  shared.grants.encryptDecrypt(tokeniser);
  // #endregion
}

import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { BlobReplication, CopiedSince } from "cloud-conductor/replication/azure";
import { AccountReplication, AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";

/** Containers in a second region, by Azure itself: object replication for some, a geo-redundant account for all. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "azure-replication");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    azure: {
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroupName: "acme-data",
      location: "westeurope",
    },
  });

  // #region copies
  const primary = new AzureStorageAccount(stack, "primary", { accountName: "aidataprimary" });
  const secondary = new AzureStorageAccount(stack, "secondary", {
    accountName: "aidatabackup",
    location: "northeurope",
    replication: AccountReplication.LRS,
  });
  const data = new AzureBucket(stack, "data", { account: primary, bucketName: "ai-data-primary" });
  const backup = new AzureBucket(stack, "backup", { account: secondary, bucketName: "ai-data-backup" });
  new BlobReplication(stack, "dr", {
    copies: [{ from: data, to: backup, prefixes: ["training/"], since: CopiedSince.ever() }],
  });
  // #endregion

  // #region redundant
  new AzureStorageAccount(stack, "geo", { accountName: "acmegeo", replication: AccountReplication.RAGRS });
  // #endregion
}

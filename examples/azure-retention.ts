import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { RetentionMode, StorageTier } from "cloud-conductor/storage";
import { AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";

/** What is written once and read many times, snapshots that cool down, and rules for what carries a tag. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "azure-retention");
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
  const account = new AzureStorageAccount(stack, "lake", { accountName: "acmelakeprod" });

  // #region retention
  new AzureBucket(stack, "ledger", { account, bucketName: "ledger", retention: { minimumDays: 30 } });
  new AzureBucket(stack, "audit", {
    account,
    bucketName: "audit",
    retention: { minimumDays: 2555, mode: RetentionMode.COMPLIANCE }, // nobody can lift it
  });
  // #endregion

  // #region snapshots
  new AzureBucket(stack, "curated", {
    account,
    bucketName: "curated",
    snapshots: { transitions: [{ tier: StorageTier.COLD, afterDays: 90 }], expireAfterDays: 365 },
    lifecycle: [{ tags: { class: "training", tier: "hot" }, transitions: [{ tier: StorageTier.COOL, afterDays: 30 }] }],
  });
  // #endregion
}

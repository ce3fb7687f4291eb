import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { Schedule } from "cloud-conductor/backup";
import { AzureBackupVault, BlobBackup } from "cloud-conductor/backup/azure";
import { useEnvironment } from "cloud-conductor/core";
import { AzureBucket, AzureStorageAccount, TenantCopies } from "cloud-conductor/storage/azure";

/** A storage account that can be restored to any point of the last 30 days, with daily copies that outlive it. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "azure-backup");
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

  // #region backup
  const account = new AzureStorageAccount(stack, "lake", {
    accountName: "acmelakeprod",
    tenantCopies: TenantCopies.ALLOWED, // the vault's copies lie in a tenant of Microsoft's
  });
  const pos = new AzureBucket(stack, "pos", { account, bucketName: "pos" });
  const vault = new AzureBackupVault(stack, "vault");
  new BlobBackup(stack, "daily", {
    vault,
    account,
    pointInTimeDays: 30,
    vaulted: {
      rule: { name: "daily", schedule: Schedule.daily({ hour: 3 }), retention: { expireAfterDays: 90 } },
      containers: [pos],
    },
    recoveryPointMinutes: 5,
  });
  // #endregion
}

import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { AzureManagedIdentity } from "cloud-conductor/identity/azure";
import { AccountNamespace, AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";
import { AzureObjectEvents, AzureQueue } from "cloud-conductor/streaming/azure";

/** New files of a Data Lake, told to queues: by prefix and suffix, and by what they are. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "azure-events");
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
  const loader = new AzureManagedIdentity(stack, "loader");

  // #region lake
  const lake = new AzureStorageAccount(stack, "lake", {
    accountName: "acmelakeprod",
    namespace: AccountNamespace.HIERARCHICAL,
  });
  const raw = new AzureBucket(stack, "raw", { account: lake, bucketName: "raw" }); // raw.url is its abfss:// address
  // #endregion

  // #region events
  const arrivals = new AzureQueue(stack, "arrivals", { queueName: "arrivals" });
  new AzureObjectEvents(stack, "csv", {
    source: raw.objectsCreated({ prefix: "pos/", suffix: ".csv" }),
    queue: arrivals,
  });
  arrivals.grants.consume(loader);
  // #endregion

  // #region routes
  const images = new AzureQueue(stack, "images", { account: arrivals.account, queueName: "images" });
  new AzureObjectEvents(stack, "pictures", {
    source: raw.objectsCreated({ contentTypes: ["image/jpeg", "image/png"] }), // one engine for each kind of content
    queue: images,
    maxAttempts: 10,
    retryMinutes: 60,
  });
  // #endregion
}

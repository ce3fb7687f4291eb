import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment } from "cloud-conductor/core";
import { type LifecycleRule, StorageTier } from "cloud-conductor/storage";
import { AwsBucket } from "cloud-conductor/storage/aws";
import { AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";
import { GoogleBucket } from "cloud-conductor/storage/google";

/** One lifecycle, word for word, on three clouds. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "three-clouds");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new GoogleProvider(stack, "google", { project: "acme-data", region: "europe-west1" });
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(stack, {
    name: "dev",
    dataRemoval: "kept",
    azure: {
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroupName: "acme-data",
      location: "westeurope",
    },
    google: { projectId: "acme-data", projectNumber: "111111111111", region: "europe-west1" },
  });

  // #region lifecycle
  const lifecycle: LifecycleRule[] = [
    {
      prefix: "raw/",
      transitions: [
        { tier: StorageTier.COOL, afterDays: 30 },
        { tier: StorageTier.ARCHIVE, afterDays: 90 },
      ],
      expireAfterDays: 730,
    },
  ];
  new AwsBucket(stack, "pos", { bucketName: "acme-pos-dev", lifecycle });
  new GoogleBucket(stack, "pos-gcs", { bucketName: "acme-pos-dev", lifecycle });
  const account = new AzureStorageAccount(stack, "lake", { accountName: "acmelakedev" });
  new AzureBucket(stack, "pos-blob", { account, bucketName: "pos", lifecycle });
  // #endregion
}

import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { type App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { type IncidentRoute, Schedule, useEnvironment } from "cloud-conductor/core";
import { AzureCopyFactory, CopyRuntime, CopySelection, S3ToAzureCopy } from "cloud-conductor/replication/azure";
import { AwsBucket, BucketEncryption } from "cloud-conductor/storage/aws";
import { AzureBucket, AzureStorageAccount } from "cloud-conductor/storage/azure";

const GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/acme-data";
const oncall: IncidentRoute = {
  actionsFor: (severity) => [`${GROUP}/providers/Microsoft.Insights/actionGroups/oncall-${severity}`],
};

/** Buckets of S3 that are copied to Azure hour by hour, by Data Factory. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "copies-into-azure");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(
    stack,
    {
      name: "prod",
      dataRemoval: "kept",
      aws: { accountId: "111111111111", region: "us-east-1" },
      azure: {
        subscriptionId: "11111111-1111-1111-1111-111111111111",
        resourceGroupName: "acme-data",
        location: "westeurope",
      },
    },
    { route: oncall },
  );
  const account = new AzureStorageAccount(stack, "lake", { accountName: "acmelakeprod" });
  const lake = new AzureBucket(stack, "training", { account, bucketName: "training" });
  const pos = AwsBucket.fromBucketAttributes(stack, "pos", {
    bucketName: "acme-pos-prod",
    encryption: BucketEncryption.s3Managed(),
  });

  // #region copy
  const accessKeyId = new TerraformVariable(stack, "s3-access-key-id", { type: "string", default: "not-given" });
  const accessKey = {
    accessKeyId: accessKeyId.stringValue,
    keyVaultId: `${GROUP}/providers/Microsoft.KeyVault/vaults/acme-secrets`,
    secretName: "s3-reader", // the other half of the key: it stays there
  };

  const training = new S3ToAzureCopy(stack, "training-copy", {
    source: pos,
    destination: lake,
    prefixes: ["training/"],
    accessKey,
    schedule: Schedule.hourly(),
    startsOn: "2026-01-01", // what was written since is copied first
  });
  new TerraformOutput(stack, "s3-reader-policy", { value: training.readerPolicy });
  // #endregion

  // #region self-hosted
  const factory = new AzureCopyFactory(stack, "own-machines", {
    runtime: CopyRuntime.selfHosted(
      `${GROUP}/providers/Microsoft.DataFactory/factories/acme-shared/integrationRuntimes/on-premises`,
    ),
  });
  new S3ToAzureCopy(stack, "reference-copy", {
    factory,
    source: pos,
    destination: lake,
    prefixes: ["reference/"],
    targetPrefix: "from-aws/",
    accessKey,
    selection: CopySelection.ALL,
    schedule: Schedule.daily({ hour: 3 }),
    startsOn: "2026-01-01",
  });
  // #endregion
}

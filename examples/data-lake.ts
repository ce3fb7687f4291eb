import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { DataLake } from "cloud-conductor/blueprints/data-lake";
import { onAws } from "cloud-conductor/blueprints/data-lake/aws";
import { onAzure } from "cloud-conductor/blueprints/data-lake/azure";
import { onGoogle } from "cloud-conductor/blueprints/data-lake/google";
import { useEnvironment } from "cloud-conductor/core";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { dayPartitions, INCOMING_PREFIX, partitionPrefix } from "cloud-conductor/storage";

/** A lake on three clouds, who writes into it, and where others find its zones. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "data-lake");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new GoogleProvider(stack, "google", { project: "acme-data", region: "europe-west1" });
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    aws: { accountId: "111111111111", region: "eu-west-1" },
    azure: {
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroupName: "acme-data",
      location: "westeurope",
    },
    google: { projectId: "acme-data", projectNumber: "111111111111", region: "europe-west1" },
  });
  const ingest = new AwsRole(stack, "ingest", { trust: trustService("lambda.amazonaws.com") });

  // #region lake
  const lake = new DataLake(stack, "lake", {
    clouds: [
      onAws({ name: "acme", parameterFolder: "/airflow/variables" }),
      onGoogle({ name: "acme", transferSubjectId: "112233445566778899000" }),
      onAzure({ name: "acme" }),
    ],
    zones: {
      raw: { on: ["aws"], expireAfterDays: 730 },
      staging: { on: ["aws"] },
      processed: { on: ["azure"] },
      curated: { on: ["aws", "google"], copies: [{ to: "google", everyHours: 1 }] },
      archive: { on: ["google"] },
      checkpoints: { on: ["aws"] },
      models: { on: ["aws"] },
      dlq: { on: ["aws"] },
    },
  });
  lake.buckets.aws.raw.grants.write(ingest, { prefix: INCOMING_PREFIX });
  // #endregion

  // #region partitions
  const day = dayPartitions(new Date("2025-03-15T12:00:00Z")); // in UTC
  const pos = partitionPrefix({ source_system: "pos", ...day }); // source_system=pos/year=2025/month=03/day=15/
  lake.buckets.aws.curated.grants.read(ingest, { prefix: pos });
  // #endregion

  // #region paths
  for (const [name, value] of Object.entries(lake.logicalPaths)) new TerraformOutput(stack, name, { value });
  // #endregion
}

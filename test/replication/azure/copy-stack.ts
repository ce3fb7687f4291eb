import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, type App } from "cdktf";
import type { Construct } from "constructs";
import { useEnvironment, type Environment } from "../../../lib/core/environment";
import type { IncidentRoute } from "../../../lib/core/incident-route";
import { S3ToAzureCopy } from "../../../lib/replication/azure/s3-to-azure-copy";
import type { S3ToAzureCopyProps } from "../../../lib/replication/azure/copy-props";
import type { AwsBucketRef, AzureBucketRef } from "../../../lib/storage/references";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { synthApp, type SynthesisedApp } from "../../../lib/testing/synth";

export const GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/acme-data";
export const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/acme-secrets`;
export const KEY = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", keyVaultId: VAULT, secretName: "s3-reader" };
export const SHARED_RUNTIME = `${GROUP}/providers/Microsoft.DataFactory/factories/acme-shared/integrationRuntimes/local`;

export const ONCALL: IncidentRoute = {
  actionsFor: (severity) => [`${GROUP}/providers/Microsoft.Insights/actionGroups/${severity}`],
};

export const PROD: Environment = {
  name: "prod",
  dataRemoval: "kept",
  azure: {
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    resourceGroupName: "acme-data",
    location: "westeurope",
  },
};

export const POS: AwsBucketRef = {
  path: "aws/pos",
  bucketName: "acme-pos",
  bucketArn: "arn:aws:s3:::acme-pos",
  region: "eu-west-1",
  versioned: true,
};

/** An app with the stack `lake` on Azure. */
export const onAzure = (build: (stack: TerraformStack, app: App) => unknown, route?: IncidentRoute): SynthesisedApp =>
  synthApp((app) => {
    const stack = new TerraformStack(app, "lake");
    new AzurermProvider(stack, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    useEnvironment(stack, PROD, route && { route });
    build(stack, app);
  });

export const container = (stack: Construct, id = "hub"): AzureBucketRef =>
  AzureBucket.fromBucketAttributes(stack, id, { accountName: "acmelake", bucketName: id });

/** The copy `lake/copy` of `acme-pos` into the container `hub`. */
export const copyIn = (stack: Construct, settings: Partial<S3ToAzureCopyProps> = {}): S3ToAzureCopy =>
  new S3ToAzureCopy(stack, "copy", {
    source: POS,
    destination: settings.destination ?? container(stack),
    accessKey: KEY,
    startsOn: "2026-01-31",
    ...settings,
  });

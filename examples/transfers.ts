import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { Schedule, Severity, useEnvironment } from "cloud-conductor/core";
import { GoogleIncidentRoute } from "cloud-conductor/monitoring/google";
import { TransferOverwrite } from "cloud-conductor/replication";
import { GoogleTransferAccess } from "cloud-conductor/replication/aws";
import { GoogleTransferAccess as AzureTransferAccess } from "cloud-conductor/replication/azure";
import { AzureToGcsTransfer, S3ToGcsTransfer } from "cloud-conductor/replication/google";
import { AwsBucket } from "cloud-conductor/storage/aws";
import { AzureBucket, AzureStorageAccount, StorageNetwork } from "cloud-conductor/storage/azure";
import { GoogleBucket } from "cloud-conductor/storage/google";

/** Copies from S3 and Azure to Cloud Storage: daily, hourly, by events, once; no key anywhere. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "transfers");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  new GoogleProvider(stack, "google", { project: "acme-data", region: "us-central1" });
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  useEnvironment(stack, {
    name: "prod",
    dataRemoval: "kept",
    aws: { accountId: "111111111111", region: "us-east-1" },
    google: { projectId: "acme-data", projectNumber: "222222222222", region: "us-central1" },
    azure: {
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroupName: "acme-data",
      location: "eastus",
    },
  });

  const route = new GoogleIncidentRoute(stack, "oncall", {
    receivers: { [Severity.HIGH]: { emails: ["data-oncall@acme.example"] } },
  });
  const monitoring = { route };

  // #region s3
  const subjectId = "112233445566778899000"; // of the project's Storage Transfer service agent, see below
  const pos = new AwsBucket(stack, "pos", { bucketName: "acme-pos-prod" });
  const hub = new GoogleBucket(stack, "hub", { bucketName: "acme-hub-prod" });

  const trust = new GoogleTransferAccess(stack, "to-google", { source: pos, subjectId, prefixes: ["customer/"] });
  const customers = new S3ToGcsTransfer(stack, "customers", {
    source: pos,
    destination: hub,
    trust,
    prefixes: ["customer/"],
    targetPrefix: "customer_backup/",
    schedule: Schedule.daily({ hour: 2 }),
    monitoring,
  });
  customers.metrics.copiedObjects().alarm(stack, "nothing-copied", {
    below: 1,
    severity: Severity.HIGH,
    periodSeconds: 86_400,
    route,
    description: "No customer was copied for a day: the source may have gone silent",
  });
  // #endregion

  // #region events
  const events = new AwsBucket(stack, "events", { bucketName: "acme-events-prod" });
  const opened = new GoogleTransferAccess(stack, "events-to-google", {
    source: events,
    subjectId,
    prefixes: ["raw/"],
    events: true,
  });
  new S3ToGcsTransfer(stack, "archive", {
    source: events,
    destination: hub,
    trust: opened,
    prefixes: ["raw/"],
    targetPrefix: "events/",
    monitoring,
  });
  // #endregion

  // #region migration
  new S3ToGcsTransfer(stack, "backfill", {
    source: events,
    destination: hub,
    trust: opened,
    prefixes: ["raw/"],
    targetPrefix: "events/",
    onceOn: "2026-01-31", // all that was there before; what comes later is copied by its event
    overwrite: TransferOverwrite.NEVER,
    monitoring,
  });
  new S3ToGcsTransfer(stack, "cut-over", {
    source: pos,
    destination: hub,
    trust: new GoogleTransferAccess(stack, "pos-to-google", { source: pos, subjectId, prefixes: ["orders/"] }),
    prefixes: ["orders/"],
    schedule: Schedule.hourly(),
    startsOn: "2026-02-01",
    endsOn: "2026-02-28",
    monitoring,
  });
  // #endregion

  // #region azure
  const account = new AzureStorageAccount(stack, "lake", {
    accountName: "acmetraining",
    network: StorageNetwork.selected({ ipRanges: ["74.125.224.0/20"] }), // of Storage Transfer, as Google publishes them
  });
  const training = new AzureBucket(stack, "training", { account, bucketName: "training" });
  new AzureToGcsTransfer(stack, "training-data", {
    source: training,
    destination: hub,
    trust: new AzureTransferAccess(stack, "azure-to-google", { source: training, subjectId }),
    prefixes: ["training/"],
    excludedPrefixes: ["training/from-google/"], // what came from there does not go back
    schedule: Schedule.hourly(),
    monitoring,
  });
  // #endregion
}

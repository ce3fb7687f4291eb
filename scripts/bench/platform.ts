import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack, type App } from "cdktf";
import { Construct } from "constructs";
import { RetrainingLoop } from "../../lib/blueprints/retraining-loop/aws";
import { useEnvironment, type Environment } from "../../lib/core/environment";
import { Severity } from "../../lib/core/incident-route";
import { AwsKey } from "../../lib/encryption/aws/key";
import { AwsRole } from "../../lib/identity/aws/role";
import { trustService } from "../../lib/identity/aws/trust";
import { AzureManagedIdentity } from "../../lib/identity/azure/managed-identity";
import { GoogleServiceAccount } from "../../lib/identity/google/service-account";
import { S3Replication } from "../../lib/replication/aws/s3-replication";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../lib/storage/aws/encryption";
import { AzureBucket } from "../../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../../lib/storage/azure/storage-account";
import { GoogleBucket } from "../../lib/storage/google/bucket";
import type { LifecycleRule } from "../../lib/storage/lifecycle";
import { StorageTier } from "../../lib/storage/tier";
import { QueueEncryption } from "../../lib/streaming/aws/encryption";
import { AwsQueue } from "../../lib/streaming/aws/queue";

/** The one stack of the reference platform. */
export const STACK = "platform";

const ENVIRONMENT: Environment = {
  name: "prod",
  tags: { owner: "data-platform", costCenter: "4711", dataClassification: "confidential" },
  dataRemoval: "kept",
  aws: { accountId: "123456789012", region: "us-east-1" },
  azure: {
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    resourceGroupName: "acme-data-prod",
    location: "westeurope",
  },
  google: { projectId: "acme-data-prod", projectNumber: "111111111111", region: "us-central1" },
};

const DOMAINS = ["pos", "clickstream", "crm", "logistics", "finance", "telemetry", "catalog", "support"];
const REPLICATED = ["pos", "finance"];
const QUEUES = ["orders", "refunds", "returns", "shipments", "prices", "reviews"];
const MODELS = ["churn", "demand"];

const LIFECYCLE: readonly LifecycleRule[] = [
  {
    prefix: "raw/",
    transitions: [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.ARCHIVE, afterDays: 90 },
    ],
    expireAfterDays: 730,
  },
  { prefix: "clean/", transitions: [{ tier: StorageTier.COOL, afterDays: 60 }] },
];

/**
 * The reference platform: a lake with replicas, queues, retraining loops and alarms on AWS, buckets and who uses them
 * on Azure and Google; at least 250 resources a copy.
 *
 * @param copies how often the platform stands in the stack
 */
export function referencePlatform(app: App, copies: number): void {
  const stack = new TerraformStack(app, STACK);
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    subscriptionId: ENVIRONMENT.azure?.subscriptionId,
    storageUseAzuread: true,
  });
  new GoogleProvider(stack, "google", { project: "acme-data-prod", region: "us-central1" });
  useEnvironment(stack, ENVIRONMENT, { route: { actionsFor: () => ["arn:aws:sns:us-east-1:123456789012:on-call"] } });
  for (let copy = 1; copy <= copies; copy += 1) {
    const scope = new Construct(stack, `copy${String(copy)}`);
    const key = new AwsKey(scope, "key", { description: "Data of the platform" });
    const users = ["ingest", "validate", "report"].map(
      (id) => new AwsRole(scope, id, { trust: trustService("lambda.amazonaws.com") }),
    );
    lake(scope, key, users);
    queues(scope, key, users);
    loops(scope, key);
    onAzure(scope);
    onGoogle(scope);
  }
}

function lake(scope: Construct, key: AwsKey, users: readonly AwsRole[]): void {
  const westKey = new AwsKey(scope, "west-key", { region: "us-west-2" });
  for (const domain of DOMAINS) {
    const bucket = new AwsBucket(scope, domain, { encryption: BucketEncryption.key(key), lifecycle: LIFECYCLE });
    for (const user of users) bucket.grants.read(user, { prefix: "raw/" });
    if (!REPLICATED.includes(domain)) continue;
    const west = new AwsBucket(scope, `${domain}-west`, {
      region: "us-west-2",
      encryption: BucketEncryption.key(westKey),
    });
    new S3Replication(scope, `${domain}-replication`, {
      source: bucket,
      destinations: [{ bucket: west, prefixes: ["clean/"], tier: StorageTier.COOL, timeControl: true }],
    });
  }
}

function queues(scope: Construct, key: AwsKey, users: readonly AwsRole[]): void {
  for (const id of QUEUES) {
    const queue = new AwsQueue(scope, id, { encryption: QueueEncryption.key(key), visibilityTimeoutSeconds: 180 });
    for (const user of users) queue.grants.send(user);
    queue.metrics.ageOfOldestMessageSeconds().alarm(scope, `${id}-late`, { above: 900, severity: Severity.HIGH });
    queue.metrics.visibleMessages().alarm(scope, `${id}-backlog`, { above: 10_000, severity: Severity.LOW });
  }
}

function loops(scope: Construct, key: AwsKey): void {
  for (const model of MODELS)
    new RetrainingLoop(scope, model, {
      prefix: "labelled/",
      suffix: ".csv",
      key,
      training: {
        image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        contentType: "text/csv",
      },
    });
}

function onAzure(scope: Construct): void {
  const identity = new AzureManagedIdentity(scope, "azure-reader");
  const account = new AzureStorageAccount(scope, "account");
  for (const domain of DOMAINS) {
    const bucket = new AzureBucket(scope, `${domain}-blob`, { account, bucketName: domain, lifecycle: LIFECYCLE });
    bucket.grants.read(identity);
  }
}

function onGoogle(scope: Construct): void {
  const reader = new GoogleServiceAccount(scope, "google-reader");
  for (const domain of DOMAINS) new GoogleBucket(scope, `${domain}-gcs`, { lifecycle: LIFECYCLE }).grants.read(reader);
}

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment, type IncidentRoute } from "cloud-conductor/core";
import { AwsKey } from "cloud-conductor/encryption/aws";
import { Severity } from "cloud-conductor/monitoring";
import { S3Replication } from "cloud-conductor/replication/aws";
import { StorageTier } from "cloud-conductor/storage";
import { AwsBucket, BucketEncryption } from "cloud-conductor/storage/aws";

const routeIn = (region: string): IncidentRoute => ({
  actionsFor: (severity) => [`arn:aws:sns:${region}:111111111111:oncall-${severity}`],
});

/** Copies in other regions, under keys of one's own, both ways, and in the bucket of another account. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "replication");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  useEnvironment(
    stack,
    { name: "prod", dataRemoval: "kept", aws: { accountId: "111111111111", region: "us-east-1" } },
    { route: routeIn("us-east-1") },
  );

  // #region copies
  const pos = new AwsBucket(stack, "pos", { bucketName: "acme-pos-prod" });
  const copy = new AwsBucket(stack, "copy", { bucketName: "acme-pos-prod-west", region: "us-west-2" });
  const dr = new S3Replication(stack, "dr", {
    source: pos,
    destinations: [{ bucket: copy, prefixes: ["training-data/"], tier: StorageTier.COOL, timeControl: true }],
    roleName: "s3-crr-role",
    monitoring: { routes: { "us-west-2": routeIn("us-west-2") } }, // lag is published there, and told there
  });
  // #endregion

  // #region metrics
  dr.metrics.to(copy).operationsPending().alarm(stack, "copies-queue", { above: 100_000, severity: Severity.LOW });
  // #endregion

  // #region keys
  const key = new AwsKey(stack, "key");
  const westKey = new AwsKey(stack, "west-key", { region: "us-west-2" });
  const sales = new AwsBucket(stack, "sales", { encryption: BucketEncryption.key(key) });
  const west = new AwsBucket(stack, "west", { region: "us-west-2", encryption: BucketEncryption.key(westKey) });
  const models = new AwsBucket(stack, "models", { encryption: BucketEncryption.key(key) });

  new S3Replication(stack, "copies", {
    source: sales,
    destinations: [
      { bucket: west, prefixes: ["raw/", "clean/"], timeControl: true },
      { bucket: models, prefixes: ["training-data/"] },
    ],
    monitoring: { routes: { "us-west-2": routeIn("us-west-2") } },
  });
  // #endregion

  // #region both-ways
  const [east, ireland] = [new AwsBucket(stack, "east"), new AwsBucket(stack, "ireland", { region: "eu-west-1" })];
  const bothWays = { deleteMarkers: true, replicaModifications: true };
  const monitoring = { routes: { "eu-west-1": routeIn("eu-west-1") } };
  new S3Replication(stack, "there", { source: east, destinations: [{ bucket: ireland, ...bothWays }], monitoring });
  new S3Replication(stack, "back", { source: ireland, destinations: [{ bucket: east, ...bothWays }], monitoring });
  // #endregion

  // #region two-regions
  const olderVersions = { transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }], expireAfterDays: 365 };
  const [primary, second] = [undefined, "us-west-2"].map(
    (region) => new AwsBucket(stack, region ?? "primary", { region, noncurrentVersions: olderVersions }),
  ) as [AwsBucket, AwsBucket];
  new S3Replication(stack, "two-regions", {
    source: primary,
    destinations: [{ bucket: second }],
    monitoring: { routes: { "us-west-2": routeIn("us-west-2") } },
  });
  // #endregion

  // #region existing
  const ledger = new AwsBucket(stack, "ledger");
  const archive = AwsBucket.fromBucketAttributes(stack, "archive", {
    bucketName: "acme-audit-archive",
    encryption: BucketEncryption.s3Managed(),
    accountId: "999999999999",
    versioned: true,
    policyAgrees: true, // without it an error shows the statement that the owner has to add
  });
  new S3Replication(stack, "audit", { source: ledger, destinations: [{ bucket: archive }] });
  // #endregion
}

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { Schedule } from "cloud-conductor/backup";
import {
  BackupMode,
  BackupPlan,
  BackupRegionSettings,
  BackupResourceType,
  BackupVault,
  DatabaseBackupReplication,
  RestoreTest,
  VaultLock,
} from "cloud-conductor/backup/aws";
import { type Environment, type IncidentRoute, useEnvironment } from "cloud-conductor/core";
import { IdempotencyTable } from "cloud-conductor/functions/aws";
import { StorageTier } from "cloud-conductor/storage";
import { AwsBucket } from "cloud-conductor/storage/aws";

const prod: Environment = {
  name: "prod",
  dataRemoval: "kept",
  aws: { accountId: "111111111111", region: "us-east-1" },
};
/** An alarm tells topics of its own region alone. */
const onCall = (region: string): IncidentRoute => ({
  actionsFor: () => [`arn:aws:sns:${region}:111111111111:on-call`],
});

/** Backups of a lake and its metadata, in a second region and a second account, and the proof that they come back. */
export function build(app: App): void {
  const safe = new TerraformStack(app, "backup-safe");
  new AwsProvider(safe, "aws", { region: "us-east-1" });
  useEnvironment(safe, { ...prod, aws: { accountId: "999999999999", region: "us-east-1" } });

  // #region account
  const safeVault = new BackupVault(safe, "vault", {
    lock: VaultLock.compliance({ minimumDays: 30, maximumDays: 400, changeableForDays: 14 }), // nobody lifts it after that
  });
  // #endregion

  const stack = new TerraformStack(app, "backup");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  useEnvironment(stack, prod, { route: onCall("us-east-1") });
  const lake = new AwsBucket(stack, "lake", { bucketName: "company-primary-data-lake" });
  const metadata = new IdempotencyTable(stack, "metadata");
  const airflow = "arn:aws:rds:us-east-1:111111111111:db:airflow-metadata-db-prod";

  // #region plan
  const vault = new BackupVault(stack, "vault"); // a key of its own, locked, alarmed
  const west = new BackupVault(stack, "vault-west", {
    region: "us-west-2",
    monitoring: { route: onCall("us-west-2") },
  });
  new BackupPlan(stack, "daily", {
    vault,
    resources: [lake, metadata],
    rules: [
      {
        name: "daily",
        schedule: Schedule.daily({ hour: 3 }),
        retention: { expireAfterDays: 35 },
        copies: [{ vault: west }, { vault: safeVault, retention: { expireAfterDays: 90 } }],
      },
    ],
    recoveryPointMinutes: 1440, // 60 would be an error: what is made once a day does not reach it
  });
  // #endregion

  // #region objectives
  const database = { arn: airflow, type: BackupResourceType.RDS };
  new BackupPlan(stack, "second", {
    vault,
    resources: [database],
    rules: [
      {
        name: "continuous",
        mode: BackupMode.CONTINUOUS,
        schedule: Schedule.daily(),
        retention: { expireAfterDays: 35 },
      },
    ],
    recoveryPointMinutes: 5, // RPO, checked
  });
  new RestoreTest(stack, "rehearsal", {
    vault,
    resources: [database],
    schedule: Schedule.monthly({ day: 1 }),
    recoveryTimeMinutes: 30, // RTO, measured: a restore that takes longer is an alarm
    restoreMetadata: { RDS: { dbInstanceClass: "db.t4g.medium", dbSubnetGroupName: "restore-tests" } },
  });
  // #endregion

  new BackupPlan(stack, "snapshots", {
    vault,
    resources: [metadata],
    resourceTags: { backup: "weekly" },
    rules: [
      {
        name: "weekly",
        schedule: Schedule.weekly({ weekday: "sunday" }),
        retention: { coldAfterDays: 90, expireAfterDays: 365 },
      },
    ],
  });

  new DatabaseBackupReplication(stack, "airflow-west", {
    databaseArn: airflow,
    region: "us-west-2",
    retentionDays: 14,
  });

  new BackupRegionSettings(stack, "settings"); // once for an account and region, not in every team's stack

  new AwsBucket(stack, "dr", {
    bucketName: "company-dr-backup",
    region: "us-west-2",
    lifecycle: [{ prefix: "disaster_recovery/", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }] }],
  });
  new AwsBucket(stack, "models", {
    bucketName: "company-model-artifacts",
    lifecycle: [
      { prefix: "models/", transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }] },
      { prefix: "inference/", expireAfterDays: 30 },
    ],
  });
}

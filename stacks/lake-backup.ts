import type { Construct } from "constructs";
import { BackupPlan } from "../lib/backup/aws/plan";
import { RestoreTest } from "../lib/backup/aws/restore-test";
import { BackupVault } from "../lib/backup/aws/vault";
import { VaultLock } from "../lib/backup/aws/vault-lock";
import { Schedule } from "../lib/core/schedule";
import type { AwsBucket } from "../lib/storage/aws/bucket";
import type { PlatformEnvironment } from "./environments/environment";
import { dataRemovalIn } from "./foundation";

/** Backups of what cannot be made again: every night, in a second region where there is one, tried every month. */
export function backUp(scope: Construct, bucket: AwsBucket, environment: PlatformEnvironment): void {
  const { backups, replicaRegion, emulated } = environment;
  if (backups === "none") return;
  const dataRemoval = dataRemovalIn(environment);
  // the local cloud knows neither locks of vaults nor restore tests
  const lock = emulated ? VaultLock.none() : VaultLock.governance();
  const vault = new BackupVault(scope, "aws-backups", { lock, dataRemoval });
  const copies =
    replicaRegion === undefined
      ? []
      : [{ vault: new BackupVault(scope, "aws-backups-replica", { lock, dataRemoval, region: replicaRegion }) }];
  new BackupPlan(scope, "aws-backup-nightly", {
    vault,
    resources: [bucket],
    rules: [{ name: "nightly", schedule: Schedule.daily({ hour: 3 }), retention: { expireAfterDays: 35 }, copies }],
    recoveryPointMinutes: 1440,
  });
  if (!emulated) new RestoreTest(scope, "aws-backup-rehearsal", { vault, resources: [bucket] });
}

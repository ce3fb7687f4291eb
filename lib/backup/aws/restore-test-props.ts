import type { AwsPlacementProps } from "../../core/placement";
import type { Schedule } from "../../core/schedule";
import type { Tags } from "../../core/tags";
import type { Monitoring } from "../../monitoring/alarm";
import type { BackupResourceType, Protected } from "./resources";
import type { BackupRole } from "./role";
import type { IBackupVault } from "./vault";

/** A rehearsal: the newest backups are restored, timed and thrown away again. */
export interface RestoreTestProps extends AwsPlacementProps {
  /** Whose backups are tried: a vault of the test's region and account. */
  readonly vault: IBackupVault;
  /** Of what the newest backup is restored. */
  readonly resources: readonly Protected[];
  /** @default Schedule.monthly() */
  readonly schedule?: Schedule;
  /** Most minutes that a restore may take (RTO), 5 to 9,900: an alarm goes off when one takes longer. @default - none is measured */
  readonly recoveryTimeMinutes?: number;
  /** How old the backup may be, 1 to 365. @default 30 */
  readonly selectionWindowDays?: number;
  /** Within how many hours the restores start, at random, 1 to 168. @default 1 */
  readonly startWindowHours?: number;
  /** How long what was restored stays to be looked at, 1 to 168. @default - it goes as soon as it is there */
  readonly validationWindowHours?: number;
  /**
   * What a restore has to be told, by type of resource, where AWS Backup cannot infer it: `{ RDS: { dbSubnetGroupName } }`.
   * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
   * @default - what AWS Backup infers
   */
  readonly restoreMetadata?: Readonly<Partial<Record<BackupResourceType, Readonly<Record<string, string>>>>>;
  /** @default - a role of its own, which may restore and nothing else */
  readonly role?: BackupRole;
  /** 1-50 letters, digits or underscores. @default - derived from the construct path */
  readonly testName?: string;
  /** How urgent a slow restore is, and who is told. @default - the environment's route */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

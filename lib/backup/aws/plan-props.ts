import type { AwsPlacementProps } from "../../core/placement";
import type { Tags } from "../../core/tags";
import type { Monitoring } from "../../monitoring/alarm";
import type { Protected } from "./resources";
import type { BackupRole } from "./role";
import type { AwsBackupRule } from "./rule";
import type { IBackupVault } from "./vault";

/** Backups of some resources by a rhythm. */
export interface BackupPlanProps extends AwsPlacementProps {
  /** Where backups go: a vault of the plan's region and account. */
  readonly vault: IBackupVault;
  /** 1 to 10. */
  readonly rules: readonly AwsBackupRule[];
  /** What is protected, up to 500. @default - what `resourceTags` select */
  readonly resources?: readonly Protected[];
  /**
   * Protects besides whatever of the region carries all of these tags, as the library writes them (`backup` is `Backup`),
   * and is of a type that the region's settings opt in. @default - nothing
   */
  readonly resourceTags?: Tags;
  /** Most minutes of writes that may be lost (RPO): an error unless the rules reach it. @default - nothing is promised */
  readonly recoveryPointMinutes?: number;
  /** @default - a role of its own, which may restore too */
  readonly role?: BackupRole;
  /** @default - derived from the construct path */
  readonly planName?: string;
  /** Who is told when no backup comes for twice its time. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

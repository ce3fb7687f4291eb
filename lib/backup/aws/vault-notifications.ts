import { list, matching, object, oneOf, problem } from "../../core/checks";

/**
 * What a vault tells a topic of. Failures of whole jobs are alarms already; that single objects of S3 were left out of a
 * backup that is complete otherwise is told here alone.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html
 */
export const VaultEvent = {
  BACKUP_STARTED: "BACKUP_JOB_STARTED",
  /** Whatever its end was. */
  BACKUP_COMPLETED: "BACKUP_JOB_COMPLETED",
  COPY_STARTED: "COPY_JOB_STARTED",
  COPY_SUCCESSFUL: "COPY_JOB_SUCCESSFUL",
  COPY_FAILED: "COPY_JOB_FAILED",
  RESTORE_STARTED: "RESTORE_JOB_STARTED",
  /** Whatever its end was. */
  RESTORE_COMPLETED: "RESTORE_JOB_COMPLETED",
  RECOVERY_POINT_MODIFIED: "RECOVERY_POINT_MODIFIED",
  S3_BACKUP_OBJECT_FAILED: "S3_BACKUP_OBJECT_FAILED",
  S3_RESTORE_OBJECT_FAILED: "S3_RESTORE_OBJECT_FAILED",
} as const;
export type VaultEvent = (typeof VaultEvent)[keyof typeof VaultEvent];

/** Whom a vault tells, and of what. */
export interface VaultNotifications {
  /** ARN of a topic of SNS whose policy lets backup.amazonaws.com publish: without it AWS Backup is silent. */
  readonly topicArn: string;
  /** @default - objects that were left out of a backup or a restore, and failed copies */
  readonly events?: readonly VaultEvent[];
}

/** What is told when nothing else is said. */
export const DEFAULT_EVENTS: readonly VaultEvent[] = [
  VaultEvent.COPY_FAILED,
  VaultEvent.S3_BACKUP_OBJECT_FAILED,
  VaultEvent.S3_RESTORE_OBJECT_FAILED,
];

/** All that is wrong with the notifications of a vault. */
export function notificationProblems(path: string, notifications: VaultNotifications): readonly string[] {
  const shape = object(path, notifications);
  if (shape.length > 0) return shape;
  const { topicArn, events = DEFAULT_EVENTS } = notifications;
  return [
    ...matching(
      `${path}.topicArn`,
      topicArn,
      /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
      "the ARN of a topic of SNS (no FIFO topic)",
    ),
    ...list(`${path}.events`, events, (event, at) => oneOf(at, event, Object.values(VaultEvent))),
    ...(Array.isArray(events) && events.length === 0 ? [problem(`${path}.events`, "at least one event", events)] : []),
  ];
}

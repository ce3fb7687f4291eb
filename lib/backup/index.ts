export { Schedule, Weekday, type TimeOfDay, type TimeOfMonth, type TimeOfWeek } from "../core/schedule";
export type { RecoveryObjectives } from "./recovery";
export type { AwsBackupVaultRef } from "./references";
export type { BackupRetention } from "./retention";
export type { BackupRule } from "./rule";

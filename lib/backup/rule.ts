import { matching } from "../core/checks";
import { scheduleProblems, type Schedule } from "../core/schedule";
import type { Reached } from "./recovery";
import { retentionProblems, type BackupRetention, type RetentionLimits } from "./retention";

/** One rhythm of backups and how long each of them is kept. */
export interface BackupRule {
  /** 1-50 letters, digits or any of -_, one of a kind among its neighbours: `daily`. */
  readonly name: string;
  /** When a backup is made. */
  readonly schedule: Schedule;
  readonly retention: BackupRetention;
}

/**
 * The narrowest of the clouds, AWS Backup: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html
 * without the dot, which Azure's policies do not take.
 */
const RULE_NAME = { pattern: /^[A-Za-z0-9_-]{1,50}$/, rule: "1-50 letters, digits or any of -_" };

/** All that is wrong with a rule. */
export const backupRuleProblems = (path: string, rule: BackupRule, limits: RetentionLimits): string[] => [
  ...matching(`${path}.name`, rule.name, RULE_NAME.pattern, RULE_NAME.rule),
  ...scheduleProblems(`${path}.schedule`, rule.schedule),
  ...retentionProblems(`${path}.retention`, rule.retention, limits),
];

/** What a rule of whole backups reaches: whatever was written since the last one is lost. */
export const reachedBy = ({ name, schedule }: BackupRule): Reached => ({
  minutes: schedule.longestIntervalMinutes,
  by: `the time between two backups of rule "${name}"`,
});

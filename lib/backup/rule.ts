import { matching, problem } from "../core/checks";
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

const DAY_MINUTES = 1440;

/** All that is wrong with a rule. */
export function backupRuleProblems(path: string, rule: BackupRule, limits: RetentionLimits): string[] {
  const parts = [
    ...matching(`${path}.name`, rule.name, RULE_NAME.pattern, RULE_NAME.rule),
    ...scheduleProblems(`${path}.schedule`, rule.schedule),
    ...retentionProblems(`${path}.retention`, rule.retention, limits),
  ];
  return parts.length > 0 ? parts : gapProblems(path, rule);
}

/** What goes before the next one is made leaves a time without any backup. */
function gapProblems(path: string, { schedule, retention }: BackupRule): string[] {
  const days = schedule.longestIntervalMinutes / DAY_MINUTES;
  if (retention.expireAfterDays > days) return [];
  const rule = `more than the ${String(days)} days between two backups`;
  return [problem(`${path}.retention.expireAfterDays`, rule, retention.expireAfterDays)];
}

/** What a rule of whole backups reaches: whatever was written since the last one is lost. */
export const reachedBy = ({ name, schedule }: BackupRule): Reached => ({
  minutes: schedule.longestIntervalMinutes,
  by: `the time between two backups of rule "${name}"`,
});

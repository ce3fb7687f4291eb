import type { BackupPlanRule, BackupPlanRuleLifecycle } from "@cdktf/provider-aws/lib/backup-plan";
import { given, having, literal, objects, oneOf, problem, wholeNumber } from "../../core/checks";
import { inOtherAccounts } from "../../identity/aws/accounts";
import type { AwsBackupVaultRef } from "../references";
import { retentionProblems, type BackupRetention, type RetentionLimits } from "../retention";
import { backupRuleProblems, type BackupRule } from "../rule";
import { cronExpression } from "./schedule-expression";
import type { IBackupVault } from "./vault";

/** Whether a rule makes whole backups or keeps every second. */
export const BackupMode = {
  /** A backup at each time of the schedule. */
  SNAPSHOT: "snapshot",
  /** One backup that follows every change, so that any second of its retention can be restored (PITR). */
  CONTINUOUS: "continuous",
} as const;
export type BackupMode = (typeof BackupMode)[keyof typeof BackupMode];

/** Where a backup is copied to. */
export interface BackupCopy {
  /** A vault of another region or account, own or referred to. */
  readonly vault: IBackupVault;
  /** @default - that of the rule; of a continuous one too, whose copies are whole backups */
  readonly retention?: BackupRetention;
}

/** A rule of AWS Backup. */
export interface AwsBackupRule extends BackupRule {
  /** @default BackupMode.SNAPSHOT */
  readonly mode?: BackupMode;
  /** @default - none */
  readonly copies?: readonly BackupCopy[];
  /** How late a backup may start, 60 or more. @default 60 */
  readonly startWindowMinutes?: number;
  /** How long it may take from its scheduled time on before it is given up. @default 10080, which is a week */
  readonly completionWindowMinutes?: number;
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html; 100 years are the longest. */
const LIMITS: RetentionLimits = {
  service: "AWS Backup",
  maximumDays: 36_500,
  leastColdDays: 90,
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
};

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery-retention-period.html */
const CONTINUOUS_DAYS = 35;

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
const WINDOW = { minimum: 60, unit: "minutes" };
const DEFAULT = { startWindowMinutes: 60, completionWindowMinutes: 10_080 };

/** All that is wrong with a rule, and with what the vaults make of it. */
export function ruleProblems(path: string, rule: AwsBackupRule, vault: AwsBackupVaultRef): string[] {
  const own = [
    ...backupRuleProblems(path, rule, LIMITS),
    ...given(rule.mode, (mode) => oneOf(`${path}.mode`, mode, Object.values(BackupMode))),
    ...windowProblems(path, rule),
    ...given(rule.copies, (copies) => objects(`${path}.copies`, copies, (copy, at) => copyShapeProblems(at, copy))),
  ];
  if (own.length > 0) return own;
  return [
    ...(rule.mode === BackupMode.CONTINUOUS ? continuousProblems(path, rule) : []),
    ...boundsProblems(`${path}.retention`, rule.retention, vault),
    ...(rule.copies ?? []).flatMap((copy, index) => copyProblems(path, index, copy, rule, vault)),
  ];
}

function windowProblems(path: string, { startWindowMinutes, completionWindowMinutes }: AwsBackupRule): string[] {
  const windows = Object.entries({ startWindowMinutes, completionWindowMinutes }).flatMap(([name, value]) =>
    given(value, (minutes) => [
      ...literal(`${path}.${name}`, minutes),
      ...wholeNumber(`${path}.${name}`, minutes, WINDOW),
    ]),
  );
  const start = startWindowMinutes ?? DEFAULT.startWindowMinutes;
  const completion = completionWindowMinutes ?? DEFAULT.completionWindowMinutes;
  if (windows.length > 0 || completion > start) return windows;
  const rule = `more than the ${String(start)} minutes within which the backup may start`;
  return [problem(`${path}.completionWindowMinutes`, rule, completion)];
}

function continuousProblems(path: string, { retention }: AwsBackupRule): readonly string[] {
  const { expireAfterDays, coldAfterDays } = retention;
  const days =
    expireAfterDays > CONTINUOUS_DAYS
      ? [
          problem(
            `${path}.retention.expireAfterDays`,
            `at most ${String(CONTINUOUS_DAYS)} for continuous backups (a second rule of whole backups keeps more)`,
            expireAfterDays,
          ),
        ]
      : [];
  const cold = given(coldAfterDays, (value) => [
    problem(`${path}.retention.coldAfterDays`, "left out for continuous backups, which stay warm", value),
  ]);
  return [...days, ...cold];
}

/** The lock of a vault refuses backups outside its bounds: the job fails, night after night. */
function boundsProblems(path: string, { expireAfterDays }: BackupRetention, vault: AwsBackupVaultRef): string[] {
  const { minimumDays = 0, maximumDays = Infinity } = vault.retentionBounds ?? {};
  const fits = expireAfterDays >= minimumDays && expireAfterDays <= maximumDays;
  const bound = expireAfterDays < minimumDays ? `at least ${String(minimumDays)}` : `at most ${String(maximumDays)}`;
  return fits
    ? []
    : [problem(`${path}.expireAfterDays`, `${bound}, as the lock of ${vault.path} demands`, expireAfterDays)];
}

const copyShapeProblems = (path: string, { vault, retention }: BackupCopy): string[] => {
  const shape = having(`${path}.vault`, vault, "vaultArn", "a BackupVault, own or referred to");
  return [...shape, ...given(retention, (value) => retentionProblems(`${path}.retention`, value, LIMITS))];
};

function copyProblems(
  rulePath: string,
  index: number,
  copy: BackupCopy,
  rule: AwsBackupRule,
  vault: AwsBackupVaultRef,
): readonly string[] {
  const path = `${rulePath}.copies[${String(index)}]`;
  if (copy.vault.path === vault.path)
    return [problem(`${path}.vault`, "another vault than that of the plan", copy.vault.path)];
  const account = accountProblems(`${path}.vault`, copy, vault);
  const [at, retention] = copy.retention ? [path, copy.retention] : [rulePath, rule.retention];
  return [...account, ...boundsProblems(`${at}.retention`, retention, copy.vault)];
}

function accountProblems(path: string, copy: BackupCopy, vault: AwsBackupVaultRef): readonly string[] {
  if (vault.accountId === undefined && copy.vault.accountId !== undefined) {
    const rule =
      "copied to from a vault whose account is declared (environment.aws.accountId), because another account has to agree";
    return [problem(path, rule, `${vault.path}, of no known account`)];
  }
  const keyless = inOtherAccounts(vault, copy.vault) && copy.vault.keyArn === undefined;
  const rule = "encrypted with a customer-managed key, because it is of another account";
  return keyless ? [problem(path, rule, copy.vault.path)] : [];
}

/** A rule as the provider takes it. */
export const renderedRule = (rule: AwsBackupRule, vault: AwsBackupVaultRef): BackupPlanRule => ({
  ruleName: rule.name,
  targetVaultName: vault.vaultName,
  schedule: cronExpression(rule.schedule),
  startWindow: rule.startWindowMinutes ?? DEFAULT.startWindowMinutes,
  completionWindow: rule.completionWindowMinutes ?? DEFAULT.completionWindowMinutes,
  ...(rule.mode === BackupMode.CONTINUOUS && { enableContinuousBackup: true }),
  lifecycle: renderedRetention(rule.retention),
  ...((rule.copies ?? []).length > 0 && {
    copyAction: (rule.copies ?? []).map((copy) => ({
      destinationVaultArn: copy.vault.vaultArn,
      lifecycle: renderedRetention(copy.retention ?? rule.retention),
    })),
  }),
});

const renderedRetention = ({ expireAfterDays, coldAfterDays }: BackupRetention): BackupPlanRuleLifecycle => ({
  deleteAfter: expireAfterDays,
  coldStorageAfter: coldAfterDays,
});

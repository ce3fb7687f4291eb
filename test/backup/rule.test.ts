import { Token } from "cdktf";
import { bestOf, objectiveProblems } from "../../lib/backup/recovery";
import { retentionProblems, type RetentionLimits } from "../../lib/backup/retention";
import { backupRuleProblems, reachedBy, type BackupRule } from "../../lib/backup/rule";
import { Schedule } from "../../lib/core/schedule";

const WITH_COLD: RetentionLimits = {
  service: "AWS Backup",
  maximumDays: 36_500,
  leastColdDays: 90,
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
};
const WARM_ONLY: RetentionLimits = {
  service: "Azure Backup",
  maximumDays: 360,
  insteadOfCold: "a lifecycle of the storage account tiers its snapshots",
  source: "https://learn.microsoft.com/azure/backup/blob-backup-support-matrix",
};

describe("a retention", () => {
  test.each([
    [{ expireAfterDays: 30 }],
    [{ expireAfterDays: 365, coldAfterDays: 90 }],
    [{ expireAfterDays: 91, coldAfterDays: 1 }],
    [{ expireAfterDays: 36_500 }],
  ])("may be %j", (retention) => {
    expect(retentionProblems("retention", retention, WITH_COLD)).toEqual([]);
  });

  test.each([
    [
      "too short in the cold",
      { expireAfterDays: 100, coldAfterDays: 30 },
      "retention.expireAfterDays must be at least 120, because AWS Backup keeps what became cold after 30 days for another 90, got 100",
    ],
    [
      "for ever",
      { expireAfterDays: -1 },
      "retention.expireAfterDays must be a whole number from 1 to 36500 days, got -1",
    ],
    [
      "cold at once",
      { expireAfterDays: 365, coldAfterDays: 0 },
      "retention.coldAfterDays must be a whole number from 1 to 36500 days, got 0",
    ],
    [
      "known only to Terraform",
      { expireAfterDays: Token.asNumber("${var.days}") },
      "retention.expireAfterDays must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    ],
    ["none", undefined as never, "retention must be an object, got undefined"],
  ])("fails when it is %s", (_, retention, message) => {
    expect(retentionProblems("retention", retention, WITH_COLD)).toEqual([message]);
  });

  test("fails where the service has no cold storage, and names what there is", () => {
    expect(retentionProblems("retention", { expireAfterDays: 300, coldAfterDays: 30 }, WARM_ONLY)).toEqual([
      "retention.coldAfterDays must be left out, because Azure Backup has no cold storage (a lifecycle of the storage account tiers its snapshots), got 30",
    ]);
  });
});

describe("a rule", () => {
  const DAILY: BackupRule = { name: "daily", schedule: Schedule.daily(), retention: { expireAfterDays: 35 } };

  test("loses at most what was written since the last backup", () => {
    expect(backupRuleProblems("rules[0]", DAILY, WITH_COLD)).toEqual([]);
    expect(reachedBy(DAILY)).toEqual({ minutes: 1440, by: 'the time between two backups of rule "daily"' });
  });

  test("fails when a backup goes before the next one is made", () => {
    const monthly = { name: "monthly", schedule: Schedule.monthly(), retention: { expireAfterDays: 31 } };
    expect(backupRuleProblems("rules[0]", monthly, WITH_COLD)).toEqual([
      "rules[0].retention.expireAfterDays must be more than the 31 days between two backups, got 31",
    ]);
  });

  test("fails with all its problems at once", () => {
    const wrong = { name: "every day", schedule: Schedule.hourly(-1), retention: { expireAfterDays: 0 } };
    expect(backupRuleProblems("rules[0]", wrong, WITH_COLD)).toEqual([
      'rules[0].name must be 1-50 letters, digits or any of -_, got "every day"',
      "rules[0].schedule.minute must be a whole number from 0 to 59, got -1",
      "rules[0].retention.expireAfterDays must be a whole number from 1 to 36500 days, got 0",
    ]);
  });
});

describe("an objective", () => {
  const HOURLY = { minutes: 60, by: 'the time between two backups of rule "hourly"' };
  const DAILY = { minutes: 1440, by: 'the time between two backups of rule "daily"' };

  test("is held against what is configured, the worst of it", () => {
    expect(objectiveProblems("recoveryPointMinutes", 1440, [HOURLY, DAILY])).toEqual([]);
    expect(objectiveProblems("recoveryPointMinutes", 60, [HOURLY, DAILY])).toEqual([
      'recoveryPointMinutes must be at least 1440, the time between two backups of rule "daily", got 60',
    ]);
  });

  test("is served by the best of several ways", () => {
    expect(bestOf([DAILY, HOURLY])).toBe(HOURLY);
    expect(bestOf([HOURLY, DAILY])).toBe(HOURLY);
    expect(bestOf([])).toBeUndefined();
  });

  test("fails when it is no number of minutes", () => {
    expect(objectiveProblems("recoveryPointMinutes", 0, [])).toEqual([
      "recoveryPointMinutes must be a whole number of at least 1 minutes, got 0",
    ]);
  });
});

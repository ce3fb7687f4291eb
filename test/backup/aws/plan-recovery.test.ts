import { BackupPlan as Plan } from "@cdktf/provider-aws/lib/backup-plan";
import type { TerraformStack } from "cdktf";
import { BackupPlan } from "../../../lib/backup/aws/plan";
import type { BackupPlanProps } from "../../../lib/backup/aws/plan-props";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { Schedule } from "../../../lib/core/schedule";
import { IdempotencyTable } from "../../../lib/functions/aws/idempotency-table";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { templateOf } from "../../support/aws-stack";
import { lines } from "../../support/messages";
import { CONTINUOUS, DAILY, DATABASE, failing, planned } from "./planning";

describe("the recovery point", () => {
  const HOURLY = { ...DAILY, name: "hourly", schedule: Schedule.hourly() };

  test("is reached by continuous backups, by whole ones often enough, and by what a table keeps itself", () => {
    const props = (stack: TerraformStack): BackupPlanProps => ({
      vault: new BackupVault(stack, "vault"),
      resources: [DATABASE, new IdempotencyTable(stack, "state")],
      rules: [DAILY],
    });
    const build = (more: Partial<BackupPlanProps>) =>
      templateOf((stack) => new BackupPlan(stack, "plan", { ...props(stack), ...more }));
    expect(build({ recoveryPointMinutes: 1440 }).count(Plan)).toBe(1);
    expect(build({ recoveryPointMinutes: 60, rules: [HOURLY] }).count(Plan)).toBe(1);
    expect(planned({ recoveryPointMinutes: 5, rules: [CONTINUOUS, DAILY] }).count(Plan)).toBe(1);
  });

  test("fails where the rules do not reach it, naming what stands in the way", () => {
    expect(failing({ recoveryPointMinutes: 60 })).toBe(
      lines(
        "lake/plan has 1 problem",
        '  recoveryPointMinutes must be at least 1440, the time between two backups of rule "daily", got 60',
      ),
    );
    const bucket = failing((stack) => ({
      recoveryPointMinutes: 5,
      rules: [CONTINUOUS, DAILY],
      resources: [DATABASE, new AwsBucket(stack, "lake")],
    }));
    expect(bucket).toBe(
      lines(
        "lake/plan has 1 problem",
        "  recoveryPointMinutes must be at least 15, what continuous backups of S3 may lack, got 5",
      ),
    );
  });

  test("counts whole backups for what tags select", () => {
    expect(failing({ recoveryPointMinutes: 5, rules: [CONTINUOUS, HOURLY], resourceTags: { backup: "pitr" } })).toBe(
      lines(
        "lake/plan has 1 problem",
        '  recoveryPointMinutes must be at least 60, the time between two backups of rule "hourly", got 5',
      ),
    );
    expect(failing({ recoveryPointMinutes: 5, rules: [CONTINUOUS], resourceTags: { backup: "pitr" } })).toBe(
      lines(
        "lake/plan has 1 problem",
        "  recoveryPointMinutes must be left out without a rule of whole backups, because what resourceTags select may have no continuous ones, got 5",
      ),
    );
  });
});

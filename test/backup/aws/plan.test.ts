import { BackupPlan as Plan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { BackupPlan } from "../../../lib/backup/aws/plan";
import { BackupResourceType, type Protected } from "../../../lib/backup/aws/resources";
import { BackupDuty, BackupRole } from "../../../lib/backup/aws/role";
import { type AwsBackupRule } from "../../../lib/backup/aws/rule";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { Schedule } from "../../../lib/core/schedule";
import { IdempotencyTable } from "../../../lib/functions/aws/idempotency-table";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { statementsOf } from "../../support/policies";
import { CONTINUOUS, DAILY, DATABASE, planned } from "./planning";

describe("a plan", () => {
  const template = planned();

  test("backs up by its rules, starts within an hour, and keeps as long as is said", () => {
    expect(template.only(Plan).attributes).toEqual({
      name: "lake-plan-93adb935",
      rule: [
        {
          completion_window: 10_080,
          lifecycle: { delete_after: 35 },
          rule_name: "daily",
          schedule: "cron(0 5 ? * * *)",
          start_window: 60,
          target_vault_name: "${aws_backup_vault.vault_AEB7ADF6.name}",
        },
      ],
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("selects by ARN, with a role that has its policies by then and keeps them until then", () => {
    expect(template.only(BackupSelection).attributes).toEqual({
      depends_on: ["Backup_AC5DEDC3", "S3Backup_FA99A46F", "Restores_5D71ECB9", "S3Restore_19395B8B"].map(
        (name) => `aws_iam_role_policy_attachment.plan_Role_${name}`,
      ),
      iam_role_arn: `\${${template.only(IamRole).address}.arn}`,
      name: "lake-plan-named-02461f82",
      plan_id: `\${${template.only(Plan).address}.id}`,
      resources: [`arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders`],
    });
  });

  test("has a role with exactly the four policies that AWS made: two in general, two of S3", () => {
    const attached = template.all(IamRolePolicyAttachment).map((one) => one.get("policy_arn"));
    expect(attached.sort()).toEqual([
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ]);
    expect(statementsOf(template.only(IamRole).get("assume_role_policy"))).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEqualsIfExists: {
            "aws:SourceAccount": "${element(split(':', aws_backup_vault.vault_AEB7ADF6.arn), 4)}",
          },
        },
      },
    ]);
  });

  test("keeps its addresses", () => {
    const addresses = planned({ resourceTags: { backup: "daily" } }, { route: ONCALL })
      .addresses()
      .filter((address) => address.includes(".plan_"));
    expect(addresses).toEqual([
      "aws_backup_plan.plan_A4660BD9",
      "aws_backup_selection.plan_Named_83BE2341",
      "aws_backup_selection.plan_Tagged_D2B4B710",
      "aws_cloudwatch_metric_alarm.plan_Silence_6BF6C146",
      "aws_iam_role.plan_Role_AF147AE4",
      "aws_iam_role_policy_attachment.plan_Role_Backup_AC5DEDC3",
      "aws_iam_role_policy_attachment.plan_Role_Restores_5D71ECB9",
      "aws_iam_role_policy_attachment.plan_Role_S3Backup_FA99A46F",
      "aws_iam_role_policy_attachment.plan_Role_S3Restore_19395B8B",
    ]);
  });

  test("selects whatever carries all of the tags, as the library writes them", () => {
    const selection = planned({ resources: [], resourceTags: { tier: "gold", backup: "daily" } }).only(BackupSelection);
    expect(selection.get("resources")).toEqual(["*"]);
    expect(selection.get("condition")).toEqual([
      {
        string_equals: [
          { key: "aws:ResourceTag/Backup", value: "daily" },
          { key: "aws:ResourceTag/Tier", value: "gold" },
        ],
      },
    ]);
  });

  test("protects buckets, tables and anything by its ARN, each once", () => {
    const template = templateOf((stack) => {
      const bucket = new AwsBucket(stack, "lake");
      const table = new IdempotencyTable(stack, "state");
      const vault = new BackupVault(stack, "vault");
      new BackupPlan(stack, "plan", { vault, rules: [DAILY], resources: [bucket, table, DATABASE, bucket] });
    });
    expect(template.only(BackupSelection).get("resources")).toEqual([
      "${aws_s3_bucket.lake_DBDDD6F6.arn}",
      expect.stringMatching(/^\$\{aws_dynamodb_table\.state_\w+\.arn\}$/),
      `arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders`,
    ]);
  });

  test.each([
    [Schedule.hourly(15), "cron(15 * ? * * *)"],
    [Schedule.everyHours(6), "cron(0 0/6 ? * * *)"],
    [Schedule.daily({ hour: 0, minute: 30 }), "cron(30 0 ? * * *)"],
    [Schedule.weekly({ weekday: "sunday" }), "cron(0 5 ? * SUN *)"],
    [Schedule.monthly({ day: 28, hour: 23 }), "cron(0 23 28 * ? *)"],
  ])("writes the schedule of each rhythm", (schedule, expression) => {
    const rules = [{ ...DAILY, schedule, retention: { expireAfterDays: 400 } }];
    expect(planned({ rules }).only(Plan).get("rule.0.schedule")).toBe(expression);
  });

  test("makes continuous backups, cold ones, and windows as they are said", () => {
    const rules: AwsBackupRule[] = [
      CONTINUOUS,
      { ...DAILY, startWindowMinutes: 120, completionWindowMinutes: 480 },
      {
        ...DAILY,
        name: "monthly",
        schedule: Schedule.monthly(),
        retention: { coldAfterDays: 90, expireAfterDays: 365 },
      },
    ];
    const file: Protected = {
      arn: `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:file-system/fs-1`,
      type: BackupResourceType.EFS,
    };
    const plan = planned({ rules: rules.slice(0, 2) }).only(Plan);
    expect(plan.get("rule.0.enable_continuous_backup")).toBe(true);
    expect(plan.get("rule.1")).toMatchObject({ start_window: 120, completion_window: 480 });
    expect(plan.has("rule.1.enable_continuous_backup")).toBe(false);
    expect(
      planned({ rules: rules.slice(2), resources: [file] })
        .only(Plan)
        .get("rule.0.lifecycle"),
    ).toEqual({
      cold_storage_after: 90,
      delete_after: 365,
    });
  });

  test("stands where its vault does, in another stack too", () => {
    const app = synthApp((app) => {
      const vault = new BackupVault(awsStack(app, "vaults", PROD), "vault", { region: "us-west-2" });
      new BackupPlan(awsStack(app, "lake", PROD), "plan", { vault, rules: [DAILY], resourceTags: { backup: "daily" } });
    });
    const template = Template.of(app.stack("lake"));
    expect([Plan, BackupSelection].map((type) => template.only(type).get("region"))).toEqual([
      "us-west-2",
      "us-west-2",
    ]);
    expect(app.dependencies("lake")).toEqual(["vaults"]);
    expect(app.dependencies("vaults")).toEqual([]);
  });

  test("works with a given role", () => {
    const template = templateOf((stack) => {
      const role = new BackupRole(stack, "role", { duties: [BackupDuty.BACKUP] });
      const vault = new BackupVault(stack, "vault");
      new BackupPlan(stack, "plan", { vault, rules: [DAILY], resources: [DATABASE], role });
    });
    expect(template.all(IamRolePolicyAttachment).map((one) => one.get("policy_arn"))).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
    ]);
    expect(template.only(IamRole).get("assume_role_policy")).toContain(`"aws:SourceAccount":"${ACCOUNT}"`);
  });
});

describe("silence", () => {
  const alarms = (rules: readonly AwsBackupRule[]) =>
    planned({ rules }, { route: ONCALL }).all(CloudwatchMetricAlarm, { path: "plan" });

  test("of twice the time between two backups is an alarm", () => {
    expect(alarms([DAILY, CONTINUOUS])[0]?.attributes).toMatchObject({
      metric_name: "NumberOfBackupJobsCompleted",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 3600,
      evaluation_periods: 48,
      treat_missing_data: "breaching",
      alarm_actions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
    });
  });

  test("cannot be told of what is made less often, or all the time", () => {
    const weekly = { ...DAILY, schedule: Schedule.weekly({ weekday: "monday" }) };
    expect(alarms([weekly])).toHaveLength(0);
    expect(alarms([CONTINUOUS])).toHaveLength(0);
  });
});

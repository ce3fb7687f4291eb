import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { BackupResourceType, type Protected } from "../../../lib/backup/aws/resources";
import { RestoreTest } from "../../../lib/backup/aws/restore-test";
import type { RestoreTestProps } from "../../../lib/backup/aws/restore-test-props";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { Schedule } from "../../../lib/core/schedule";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { ACCOUNT, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const database = (name: string): Protected => ({
  arn: `arn:aws:rds:eu-west-1:${ACCOUNT}:db:${name}`,
  type: BackupResourceType.RDS,
});
const tested = (props: Partial<RestoreTestProps> = {}, route = {}) =>
  templateOf(
    (stack) =>
      new RestoreTest(stack, "test", {
        vault: new BackupVault(stack, "vault"),
        resources: [database("orders"), new AwsBucket(stack, "lake"), database("stock")],
        ...props,
      }),
    PROD,
    route,
  );

describe("a restore test", () => {
  const template = tested();

  test("restores the newest backup of the vault once a month, by a role that can do no more", () => {
    expect(template.only(BackupRestoreTestingPlan).attributes).toEqual({
      name: "lake_test_28bd0e5a",
      recovery_point_selection: [
        {
          algorithm: "LATEST_WITHIN_WINDOW",
          include_vaults: ["${aws_backup_vault.vault_AEB7ADF6.arn}"],
          recovery_point_types: ["CONTINUOUS", "SNAPSHOT"],
          selection_window_days: 30,
        },
      ],
      schedule_expression: "cron(0 5 1 * ? *)",
      start_window_hours: 1,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
    expect(template.all(IamRolePolicyAttachment).map((one) => one.get("policy_arn"))).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
    ]);
  });

  test("selects by type, as AWS Backup wants it", () => {
    const selections = template.all(BackupRestoreTestingSelection);
    expect(selections.map(({ address }) => address)).toEqual([
      "aws_backup_restore_testing_selection.test_RDS_59C97BAB",
      "aws_backup_restore_testing_selection.test_S3_257F664D",
    ]);
    expect(selections.map((one) => [one.get("protected_resource_type"), one.get("protected_resource_arns")])).toEqual([
      ["RDS", ["orders", "stock"].map((name) => `arn:aws:rds:eu-west-1:${ACCOUNT}:db:${name}`)],
      ["S3", ["${aws_s3_bucket.lake_DBDDD6F6.arn}"]],
    ]);
    expect(selections[0]?.get("depends_on")).toEqual(
      template.all(IamRolePolicyAttachment).map(({ address }) => address),
    );
  });

  test("takes what is said of it", () => {
    const template = tested({
      resources: [database("orders")],
      schedule: Schedule.weekly({ weekday: "sunday" }),
      selectionWindowDays: 7,
      startWindowHours: 8,
      validationWindowHours: 4,
      restoreMetadata: { RDS: { dbSubnetGroupName: "tests" } },
      testName: "sundays",
    });
    expect(template.only(BackupRestoreTestingPlan).attributes).toMatchObject({
      name: "sundays",
      schedule_expression: "cron(0 5 ? * SUN *)",
      start_window_hours: 8,
    });
    expect(template.only(BackupRestoreTestingPlan).get("recovery_point_selection.0.selection_window_days")).toBe(7);
    expect(template.only(BackupRestoreTestingSelection).attributes).toMatchObject({
      restore_metadata_overrides: { dbSubnetGroupName: "tests" },
      validation_window_hours: 4,
    });
  });
});

describe("the recovery time", () => {
  const alarm = (recoveryTimeMinutes: number) =>
    tested({ recoveryTimeMinutes }, { route: ONCALL }).only(CloudwatchMetricAlarm, { path: "test" });

  test("is measured: a restore that is at work for longer is an alarm", () => {
    expect(alarm(30).attributes).toMatchObject({
      metric_name: "NumberOfRestoreJobsRunning",
      dimensions: { BackupVaultName: "${aws_backup_vault.vault_AEB7ADF6.name}" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      period: 300,
      evaluation_periods: 8,
      alarm_actions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
    });
    expect(tested().count(CloudwatchMetricAlarm)).toBe(0);
  });

  test.each([
    [1430, 300, 288],
    [1431, 3600, 26],
    [9900, 3600, 167],
  ])("of %d minutes is looked back on in periods of %d seconds", (minutes, period, periods) => {
    expect(alarm(minutes).attributes).toMatchObject({ period, evaluation_periods: periods });
  });
});

describe("fails on", () => {
  test("what stands in another region than the vault", () => {
    const arn = `arn:aws:rds:us-west-2:${ACCOUNT}:db:orders`;
    expect(messageOf(() => tested({ resources: [{ arn, type: BackupResourceType.RDS }] }))).toBe(
      lines(
        "lake/test has 1 problem",
        `  resources[0] must be of the vault's region eu-west-1, got "${arn} of us-west-2"`,
      ),
    );
  });

  test("no vault", () => {
    expect(messageOf(() => tested({ vault: {} as never }))).toBe(
      lines("lake/test has 1 problem", "  vault must be a BackupVault, own or referred to, got {}"),
    );
  });

  test("every wrong prop at once", () => {
    const wrong = {
      resources: [],
      schedule: "monthly",
      recoveryTimeMinutes: 4,
      selectionWindowDays: 366,
      startWindowHours: 0,
      validationWindowHours: 169,
      restoreMetadata: { Bucket: {}, RDS: { multiAz: false } },
      role: {},
      testName: "my-test",
      monitoring: { severity: "loud" },
      tags: { "cost center": "1" },
    } as never;
    expect(messageOf(() => tested(wrong))).toBe(
      lines(
        "lake/test has 12 problems",
        "  resources must be 1 to 30, got 0",
        '  schedule must be a schedule such as Schedule.daily(), got "monthly"',
        "  recoveryTimeMinutes must be a whole number from 5 to 9900 minutes, got 4",
        "  selectionWindowDays must be a whole number from 1 to 365 days, got 366",
        "  startWindowHours must be a whole number from 1 to 168 hours, got 0",
        "  validationWindowHours must be a whole number from 1 to 168 hours, got 169",
        '  restoreMetadata.Bucket must be one of "Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3", got "Bucket"',
        "  restoreMetadata.RDS.multiAz must be a string, got false",
        "  role must be a BackupRole, got {}",
        '  testName must be 1-50 letters, digits or underscores, got "my-test"',
        '  monitoring.severity must be one of "critical", "high", "low", got "loud"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "cost center", got "cost center"',
      ),
    );
  });
});

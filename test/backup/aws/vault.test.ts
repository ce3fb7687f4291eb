import { BackupVault as Vault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { BackupVault, type BackupVaultProps } from "../../../lib/backup/aws/vault";
import { VaultLock } from "../../../lib/backup/aws/vault-lock";
import { VaultEvent } from "../../../lib/backup/aws/vault-notifications";
import { claim } from "../../../lib/core/claim";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { synthApp } from "../../../lib/testing/synth";
import { ACCOUNT, awsStack, DEV, ONCALL, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:backups`;
const vaultWith = (props: BackupVaultProps = {}) => templateOf((stack) => new BackupVault(stack, "vault", props));

describe("a vault", () => {
  test("has a key of its own, a lock, and is kept", () => {
    const template = vaultWith();
    expect(template.only(Vault).attributes).toEqual({
      force_destroy: false,
      kms_key_arn: `\${${template.only(KmsKey).address}.arn}`,
      lifecycle: { prevent_destroy: true },
      name: "lake-vault-fe0524ab",
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
    expect(template.only(BackupVaultLockConfiguration).attributes).toEqual({
      backup_vault_name: `\${${template.only(Vault).address}.name}`,
      min_retention_days: 1,
    });
  });

  test("keeps its addresses", () => {
    expect(vaultWith({ notifications: { topicArn: TOPIC } }).addresses()).toEqual([
      "aws_backup_vault.vault_AEB7ADF6",
      "aws_backup_vault_lock_configuration.vault_Lock_36565D1A",
      "aws_backup_vault_notifications.vault_Notifications_63364794",
      "aws_kms_alias.vault_Key_Alias_1F4E38DD",
      "aws_kms_key.vault_Key_0F0DD9E6",
      "aws_kms_key_policy.vault_Key_Policy_1F5CC941",
    ]);
  });

  test("takes a key, a lock that sets for good, and whom to tell", () => {
    const template = templateOf((stack) => {
      new BackupVault(stack, "vault", {
        vaultName: "prod-backups",
        key: new AwsKey(stack, "key"),
        lock: VaultLock.compliance({ minimumDays: 30, maximumDays: 400, changeableForDays: 14 }),
        notifications: { topicArn: TOPIC, events: [VaultEvent.RESTORE_COMPLETED, VaultEvent.BACKUP_STARTED] },
      });
    });
    expect(template.only(Vault).get("name")).toBe("prod-backups");
    expect(template.only(Vault).get("kms_key_arn")).toBe(`\${${template.only(KmsKey).address}.arn}`);
    expect(template.only(BackupVaultLockConfiguration).attributes).toMatchObject({
      changeable_for_days: 14,
      max_retention_days: 400,
      min_retention_days: 30,
    });
    expect(template.only(BackupVaultNotifications).attributes).toMatchObject({
      backup_vault_events: ["BACKUP_JOB_STARTED", "RESTORE_JOB_COMPLETED"],
      sns_topic_arn: TOPIC,
    });
  });

  test("tells of what has no alarm, and of failed copies, when nothing else is said", () => {
    const events = vaultWith({ notifications: { topicArn: TOPIC } })
      .only(BackupVaultNotifications)
      .get("backup_vault_events");
    expect(events).toEqual(["COPY_JOB_FAILED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED"]);
  });

  test("has no lock when it is said so", () => {
    expect(vaultWith({ lock: VaultLock.none() }).count(BackupVaultLockConfiguration)).toBe(0);
  });

  test("goes with its backups and its key where both removal keys are turned", () => {
    const template = templateOf((stack) => new BackupVault(stack, "vault", { dataRemoval: DataRemoval.DESTROY }), DEV);
    expect(template.only(Vault).attributes).toMatchObject({ force_destroy: true });
    expect(template.only(Vault).has("lifecycle")).toBe(false);
    expect(template.only(KmsKey).has("lifecycle")).toBe(false);
  });
});

describe("copies from another account", () => {
  test("are let in by policy and key: nobody but AWS Backup itself, for that account", () => {
    const template = templateOf((stack) => {
      const vault = new BackupVault(stack, "vault");
      vault.admitCopies(OTHER_ACCOUNT);
      vault.admitCopies("111111111111");
      vault.admitCopies(OTHER_ACCOUNT);
      vault.admitCopies(ACCOUNT);
    });
    expect(statementsOf(template.only(BackupVaultPolicy).get("policy"))).toEqual(
      ["111111111111", OTHER_ACCOUNT].map((account) => ({
        Sid: `CopiesFrom${account}`,
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "backup:CopyIntoBackupVault",
        Resource: "*",
      })),
    );
    const [, ...copiers] = statementsOf(template.only(KmsKeyPolicy).get("policy"));
    expect(copiers).toEqual(
      ["111111111111", OTHER_ACCOUNT].map((account) => ({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: [
          "kms:CreateGrant",
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
          },
        },
      })),
    );
  });

  test("need no policy while there are none", () => {
    const template = templateOf((stack) => {
      const vault = new BackupVault(stack, "vault");
      expect(vault.policy).toBeUndefined();
      vault.admitCopies(ACCOUNT);
      expect(vault.policy).toBeUndefined();
    });
    expect(template.count(BackupVaultPolicy)).toBe(0);
  });

  test("fail from what is no literal account", () => {
    const admit = (account: (stack: TerraformStack) => string) => () =>
      templateOf((stack) => new BackupVault(stack, "vault").admitCopies(account(stack)));
    expect(messageOf(admit(() => "prod"))).toBe(
      lines("lake/vault has 1 problem", '  accountId must be 12 digits, got "prod"'),
    );
    expect(messageOf(admit((stack) => new TerraformVariable(stack, "account", {}).stringValue))).toBe(
      lines(
        "lake/vault has 1 problem",
        "  accountId must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      ),
    );
  });

  test("fail where the vault's own account is not known, because its key has to agree too", () => {
    const admit = () => templateOf((stack) => new BackupVault(stack, "vault").admitCopies(ACCOUNT), "undeclared");
    expect(messageOf(admit)).toBe(
      lines(
        "lake/vault has 1 problem",
        "  environment.aws.accountId must be declared, because the vault's key has to agree to copies from another account, got no environment",
      ),
    );
  });

  test("fail where somebody else owns the policy of the vault, or its notifications", () => {
    const claimed = (type: string) => () =>
      templateOf((stack) => {
        claim(stack, type, "lake/vault");
        new BackupVault(stack, "vault");
      });
    for (const type of ["aws_backup_vault_policy", "aws_backup_vault_notifications"])
      expect(messageOf(claimed(type))).toBe(
        lines(
          "lake/vault has 1 problem",
          `  ${type} of "lake/vault" must have one owner, because the server keeps one and the last writer wins, got lake and lake/vault`,
        ),
      );
  });
});

describe("alarms", () => {
  const watched = (props: BackupVaultProps = {}) =>
    templateOf((stack) => new BackupVault(stack, "vault", props), PROD, { route: ONCALL });

  test("there is one for each way to fail, as soon as there is a route", () => {
    expect(vaultWith().count(CloudwatchMetricAlarm)).toBe(0);
    const alarms = watched().all(CloudwatchMetricAlarm);
    expect(Object.fromEntries(alarms.map((alarm) => [alarm.get("metric_name"), alarm.get("alarm_actions")]))).toEqual({
      NumberOfBackupJobsExpired: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
      NumberOfBackupJobsFailed: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
      NumberOfCopyJobsFailed: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
      NumberOfRecoveryPointsExpired: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-low`],
      NumberOfRestoreJobsFailed: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`],
    });
    for (const alarm of alarms)
      expect(alarm.attributes).toMatchObject({
        namespace: "AWS/Backup",
        dimensions: { BackupVaultName: "${aws_backup_vault.vault_AEB7ADF6.name}" },
        comparison_operator: "GreaterThanThreshold",
        threshold: 0,
        statistic: "Sum",
        period: 300,
        treat_missing_data: "notBreaching",
      });
  });

  test("of a vault in another region tell nobody of the environment's region, and say so", () => {
    const app = synthApp((app) => {
      const stack = awsStack(app, "lake", PROD, { route: ONCALL });
      new BackupVault(stack, "vault", { region: "us-west-2" });
    });
    expect(JSON.stringify(app.stack("lake"))).not.toContain("aws_cloudwatch_metric_alarm");
    expect(app.annotations("lake").map(({ message }) => message)).toEqual([
      "Nobody is told of failed backups in us-west-2: the environment's route is of eu-west-1, and an alarm tells topics of its own region alone. monitoring.route names one of us-west-2.",
    ]);
  });

  test("of a vault in another region stand there, with a route of their own", () => {
    const route = { actionsFor: () => [`arn:aws:sns:us-west-2:${ACCOUNT}:oncall`] };
    const alarms = watched({ region: "us-west-2", monitoring: { route, severity: "critical" } }).all(
      CloudwatchMetricAlarm,
    );
    expect(alarms.map((alarm) => alarm.get("region"))).toEqual(Array(5).fill("us-west-2"));
  });
});

describe("fails on", () => {
  const failing = (props: object, environment = PROD) =>
    messageOf(() => templateOf((stack) => new BackupVault(stack, "vault", props), environment));

  test("every wrong prop at once", () => {
    const wrong = {
      vaultName: "my vault",
      key: "alias/backups",
      lock: "governance",
      notifications: { topicArn: "oncall", events: ["BACKUP_JOB_FAILED"] },
      monitoring: { route: "oncall" },
      dataRemoval: "remove",
      tags: { "cost center": "1" },
    };
    expect(failing(wrong)).toBe(
      lines(
        "lake/vault has 8 problems",
        '  vaultName must be 2-50 letters, digits or any of -_, got "my vault"',
        '  key must be a key of AWS, such as an AwsKey, got "alias/backups"',
        '  lock must be VaultLock.governance(), VaultLock.compliance(…) or VaultLock.none(), got "governance"',
        '  notifications.topicArn must be the ARN of a topic of SNS (no FIFO topic), got "oncall"',
        '  notifications.events[0] must be one of "BACKUP_JOB_STARTED", "BACKUP_JOB_COMPLETED", "COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL", "COPY_JOB_FAILED", "RESTORE_JOB_STARTED", "RESTORE_JOB_COMPLETED", "RECOVERY_POINT_MODIFIED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED", got "BACKUP_JOB_FAILED"',
        '  monitoring.route must be an incident route, got "oncall"',
        '  dataRemoval must be one of "keep", "destroy", got "remove"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "cost center", got "cost center"',
      ),
    );
  });

  test.each([
    [
      "a lock that sets too soon",
      VaultLock.compliance({ changeableForDays: 2 }),
      "lock.changeableForDays must be a whole number from 3 to 36500 days, got 2",
    ],
    [
      "bounds that nothing fits",
      VaultLock.governance({ minimumDays: 90, maximumDays: 30 }),
      "lock.maximumDays must be at least the minimum of 90 days, got 30",
    ],
    [
      "a compliance lock without its days",
      VaultLock.compliance({} as never),
      "lock.changeableForDays must be given, because a compliance lock sets for good, got undefined",
    ],
    [
      "a retention of no day",
      VaultLock.governance({ minimumDays: 0 }),
      "lock.minimumDays must be a whole number from 1 to 36500 days, got 0",
    ],
  ])("%s", (_, lock, message) => {
    expect(failing({ lock })).toBe(lines("lake/vault has 1 problem", `  ${message}`));
  });

  test("a lock that nobody lifts, where data may be removed", () => {
    expect(failing({ lock: VaultLock.compliance({ changeableForDays: 3 }) }, DEV)).toBe(
      lines(
        "lake/vault has 1 problem",
        '  lock must be governance or none where the environment allows to remove data, got "compliance"',
      ),
    );
  });

  test("notifications of nothing", () => {
    expect(failing({ notifications: { topicArn: TOPIC, events: [] } })).toBe(
      lines("lake/vault has 1 problem", "  notifications.events must be at least one event, got []"),
    );
  });
});

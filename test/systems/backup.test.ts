import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { build } from "../../examples/backup";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { statementsOf } from "../support/policies";

const DATABASE = "arn:aws:rds:us-east-1:111111111111:db:airflow-metadata-db-prod";
const app = synthApp(build);
const template = Template.of(app.stack("backup"));
const safe = Template.of(app.stack("backup-safe"));
const arnOf = (type: string, path: string): string =>
  `\${${template.only({ tfResourceType: type }, { path }).address}.arn}`;

describe("row 43: AWS Backup daily", () => {
  const rule = template.only(BackupPlan, { path: "daily" }).get("rule.0") as {
    readonly schedule: string;
    readonly copy_action: readonly { readonly destination_vault_arn: string }[];
  };

  test("of the data lake and the metadata table of DynamoDB", () => {
    expect(rule.schedule).toBe("cron(0 3 ? * * *)");
    expect(template.only(BackupSelection, { path: "daily" }).get("resources")).toEqual([
      arnOf("aws_s3_bucket", "lake/Resource"),
      arnOf("aws_dynamodb_table", "metadata/Resource"),
    ]);
    expect(template.only(BackupRegionSettings).get("resource_type_management_preference.DynamoDB")).toBe(true);
  });

  test("by a role with both policies of S3", () => {
    const policies = template
      .all(IamRolePolicyAttachment, { path: "daily" })
      .map((one) => String(one.get("policy_arn")).split("/").at(-1));
    expect(policies.sort()).toEqual([
      "AWSBackupServiceRolePolicyForBackup",
      "AWSBackupServiceRolePolicyForRestores",
      "AWSBackupServiceRolePolicyForS3Backup",
      "AWSBackupServiceRolePolicyForS3Restore",
    ]);
  });

  test("with copies in a second region and in a locked vault of a second account", () => {
    expect(rule.copy_action.map((copy) => copy.destination_vault_arn)).toEqual([
      arnOf("aws_backup_vault", "vault-west/Resource"),
      expect.stringContaining("backup-safe.outputs"),
    ]);
    expect(template.only(BackupVault, { path: "vault-west" }).get("region")).toBe("us-west-2");
    expect(statementsOf(safe.only(BackupVaultPolicy).get("policy"))).toMatchObject([
      { Action: "backup:CopyIntoBackupVault", Principal: { AWS: "arn:aws:iam::111111111111:root" } },
    ]);
    expect(safe.only(BackupVaultLockConfiguration).get("changeable_for_days")).toBe(14);
  });
});

test("row 44: RPO of 5 minutes by continuous backups, RTO of 30 minutes by an alarm on restores", () => {
  const plan = template.only(BackupPlan, { path: "second" });
  expect(plan.get("rule.0.enable_continuous_backup")).toBe(true);
  const slow = template.only(CloudwatchMetricAlarm, { path: "rehearsal" });
  expect(slow.get("metric_name")).toBe("NumberOfRestoreJobsRunning");
  expect(slow.get("alarm_description")).toContain("longer than the 30 minutes");
});

test("row 45: a restore is tested every month", () => {
  expect(template.only(BackupRestoreTestingPlan).get("schedule_expression")).toBe("cron(0 5 1 * ? *)");
  expect(template.only(BackupRestoreTestingSelection).get("protected_resource_arns")).toEqual([DATABASE]);
});

test("row 47: backups of airflow-metadata-db-prod go from us-east-1 to us-west-2, under a key there", () => {
  const copy = template.only(DbInstanceAutomatedBackupsReplication);
  expect(copy.get("source_db_instance_arn")).toBe(DATABASE);
  expect(copy.get("region")).toBe("us-west-2");
  expect(copy.get("kms_key_id")).toBe(arnOf("aws_kms_key", "airflow-west/Key/Resource"));
  expect(template.only(KmsKey, { path: "airflow-west" }).get("region")).toBe("us-west-2");
});

describe("buckets", () => {
  const rules = (path: string): unknown => template.only(S3BucketLifecycleConfiguration, { path }).get("rule");

  test("row 50, its bucket: company-dr-backup with disaster_recovery/", () => {
    expect(template.only(S3Bucket, { path: "dr" }).get("bucket")).toBe("company-dr-backup");
    expect(rules("dr")).toEqual(
      expect.arrayContaining([expect.objectContaining({ filter: [{ prefix: "disaster_recovery/" }] })]),
    );
  });

  test("row 52: model artifacts in a versioned bucket to Glacier after 30 days, inference backups for 30 days", () => {
    expect(template.only(S3BucketVersioning, { path: "models" }).get("versioning_configuration.status")).toBe(
      "Enabled",
    );
    expect(rules("models")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          filter: [{ prefix: "models/" }],
          transition: [{ days: 30, storage_class: "GLACIER" }],
        }),
        expect.objectContaining({ filter: [{ prefix: "inference/" }], expiration: [{ days: 30 }] }),
      ]),
    );
  });
});

test("row 53: snapshots are hot for 90 days, and cold until 365", () => {
  expect(template.only(BackupPlan, { path: "snapshots" }).get("rule.0.lifecycle")).toEqual({
    cold_storage_after: 90,
    delete_after: 365,
  });
});

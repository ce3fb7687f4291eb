import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformVariable } from "cdktf";
import {
  DatabaseBackupReplication,
  type DatabaseBackupReplicationProps,
} from "../../../lib/backup/aws/database-backup-replication";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { ACCOUNT, DEV, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const databaseArn = `arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders`;
const copied = (props: Partial<DatabaseBackupReplicationProps> = {}, environment = PROD) =>
  templateOf(
    (stack) => new DatabaseBackupReplication(stack, "copy", { databaseArn, region: "us-west-2", ...props }),
    environment,
  );

test("backups are copied into the other region, under a key of that region, for a week, and kept", () => {
  const template = copied();
  expect(template.only(DbInstanceAutomatedBackupsReplication).attributes).toEqual({
    kms_key_id: `\${${template.only(KmsKey).address}.arn}`,
    lifecycle: { prevent_destroy: true },
    region: "us-west-2",
    retention_period: 7,
    source_db_instance_arn: databaseArn,
  });
  expect(template.only(KmsKey).get("region")).toBe("us-west-2");
  expect(template.addresses()).toEqual([
    "aws_db_instance_automated_backups_replication.copy_DD9954EA",
    "aws_kms_alias.copy_Key_Alias_6FF5A8DC",
    "aws_kms_key.copy_Key_ACE823A4",
    "aws_kms_key_policy.copy_Key_Policy_6284B609",
  ]);
});

test("a key, a retention and a database that Terraform alone knows are taken", () => {
  const template = templateOf((stack) => {
    const key = new AwsKey(stack, "key", { region: "us-west-2" });
    const databaseArn = new TerraformVariable(stack, "database", {}).stringValue;
    new DatabaseBackupReplication(stack, "copy", { databaseArn, region: "us-west-2", key, retentionDays: 35 });
  });
  expect(template.only(DbInstanceAutomatedBackupsReplication).attributes).toMatchObject({
    kms_key_id: `\${${template.only(KmsKey).address}.arn}`,
    retention_period: 35,
    source_db_instance_arn: "${var.database}",
  });
});

test("the copies go where both removal keys are turned", () => {
  const template = copied({ dataRemoval: DataRemoval.DESTROY }, DEV);
  expect(template.only(DbInstanceAutomatedBackupsReplication).has("lifecycle")).toBe(false);
});

describe("fails", () => {
  test("on every wrong prop at once", () => {
    const wrong = {
      databaseArn: "orders",
      region: "west",
      key: "key",
      retentionDays: 36,
      dataRemoval: "remove",
    } as never;
    expect(messageOf(() => copied(wrong))).toBe(
      lines(
        "lake/copy has 5 problems",
        '  region must be a region such as eu-west-1, got "west"',
        '  databaseArn must be the ARN of an instance of RDS (arn:aws:rds:<region>:<account>:db:<name>), got "orders"',
        '  key must be a key of AWS, such as an AwsKey, got "key"',
        "  retentionDays must be a whole number from 1 to 35 days, got 36",
        '  dataRemoval must be one of "keep", "destroy", got "remove"',
      ),
    );
  });

  test("into the database's own region, and into none", () => {
    expect(messageOf(() => copied({ region: "eu-west-1" }))).toBe(
      lines("lake/copy has 1 problem", '  region must be another one than the database\'s, got "eu-west-1"'),
    );
    expect(messageOf(() => copied({ region: undefined as never }))).toBe(
      lines("lake/copy has 1 problem", "  region must be given, because it is where the copies go, got undefined"),
    );
  });

  test("twice for one database and region", () => {
    const twice = () =>
      templateOf((stack) => {
        for (const id of ["one", "two"]) new DatabaseBackupReplication(stack, id, { databaseArn, region: "us-west-2" });
      });
    expect(messageOf(twice)).toBe(
      lines(
        "lake/two has 1 problem",
        `  aws_db_instance_automated_backups_replication of "${databaseArn} in us-west-2" must have one owner, because the server keeps one and the last writer wins, got lake/one and lake/two`,
      ),
    );
  });
});

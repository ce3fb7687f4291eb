import { BackupPlan } from "../../../lib/backup/aws/plan";
import type { BackupPlanProps } from "../../../lib/backup/aws/plan-props";
import { BackupResourceType } from "../../../lib/backup/aws/resources";
import { type BackupDuty, BackupRole } from "../../../lib/backup/aws/role";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { IdempotencyTable } from "../../../lib/functions/aws/idempotency-table";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { ACCOUNT, OTHER_ACCOUNT, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { CONTINUOUS, DAILY, DATABASE, failing } from "./planning";

describe("fails on", () => {
  test("every wrong prop at once", () => {
    const wrong = {
      vault: "vault",
      resources: [{ arn: "arn:aws:s3:::*", type: "Bucket" }, "lake", {}],
      planName: "my plan",
      role: "role",
      monitoring: { severity: "loud" },
      tags: { "cost center": "1" },
    } as never;
    expect(failing(wrong)).toBe(
      lines(
        "lake/plan has 9 problems",
        '  vault must be a BackupVault, own or referred to, got "vault"',
        '  resources[0].arn must be an ARN without a wildcard, got "arn:aws:s3:::*"',
        '  resources[0].type must be one of "Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3", got "Bucket"',
        '  resources[1] must be an object, got "lake"',
        "  resources[2] must be a bucket, a table, or { arn, type } of something else, got {}",
        '  planName must be 1-50 letters, digits or any of -_., got "my plan"',
        '  role must be a BackupRole, got "role"',
        '  monitoring.severity must be one of "critical", "high", "low", got "loud"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "cost center", got "cost center"',
      ),
    );
  });

  test.each<[string, Partial<BackupPlanProps>, string]>([
    ["no rule", { rules: [] }, "rules must be 1 to 10 rules, got 0"],
    [
      "two rules of one name",
      { rules: [DAILY, DAILY] },
      'rules[1] must be named differently from the others, got "daily"',
    ],
    [
      "nothing to protect",
      { resources: [] },
      'resources, resourceTags must be given one of the two at least, because a plan protects nothing by itself, got "neither"',
    ],
    [
      "continuous backups for more than 35 days",
      { rules: [{ ...CONTINUOUS, retention: { expireAfterDays: 36 } }] },
      "rules[0].retention.expireAfterDays must be at most 35 for continuous backups (a second rule of whole backups keeps more), got 36",
    ],
    [
      "cold continuous backups",
      { rules: [{ ...CONTINUOUS, retention: { expireAfterDays: 100, coldAfterDays: 10 } }] },
      "rules[0].retention.expireAfterDays must be at most 35 for continuous backups (a second rule of whole backups keeps more), got 100\n  rules[0].retention.coldAfterDays must be left out for continuous backups, which stay warm, got 10",
    ],
    [
      "less than 90 days of cold",
      { rules: [{ ...DAILY, retention: { expireAfterDays: 100, coldAfterDays: 30 } }] },
      "rules[0].retention.expireAfterDays must be at least 120, because AWS Backup keeps what became cold after 30 days for another 90, got 100",
    ],
    [
      "a window that closes before it opens",
      { rules: [{ ...DAILY, startWindowMinutes: 120, completionWindowMinutes: 120 }] },
      "rules[0].completionWindowMinutes must be more than the 120 minutes within which the backup may start, got 120",
    ],
    [
      "too short a window",
      { rules: [{ ...DAILY, startWindowMinutes: 59 }] },
      "rules[0].startWindowMinutes must be a whole number of at least 60 minutes, got 59",
    ],
    [
      "a copy to nowhere",
      { rules: [{ ...DAILY, copies: [{ vault: "west" as never }] }] },
      'rules[0].copies[0].vault must be a BackupVault, own or referred to, got "west"',
    ],
    [
      "another region than the vault's",
      { region: "us-west-2" },
      'region must be that of the vault, eu-west-1, got "us-west-2"',
    ],
  ])("%s", (_, props, message) => {
    const count = message.includes("\n") ? "2 problems" : "1 problem";
    expect(failing(props)).toBe(lines(`lake/plan has ${count}`, `  ${message}`));
  });

  test("what stands in another region or account than the vault", () => {
    const message = failing((stack) => ({
      resources: [
        new AwsBucket(stack, "west", { region: "us-west-2" }),
        { arn: `arn:aws:rds:eu-central-1:${OTHER_ACCOUNT}:db:orders`, type: BackupResourceType.RDS },
      ],
    }));
    const database = `arn:aws:rds:eu-central-1:${OTHER_ACCOUNT}:db:orders`;
    expect(message).toBe(
      lines(
        "lake/plan has 3 problems",
        '  resources[0] must be of the vault\'s region eu-west-1, got "lake/west of us-west-2"',
        `  resources[1] must be of the vault's region eu-west-1, got "${database} of eu-central-1"`,
        `  resources[1] must be of the vault's account ${ACCOUNT}, got "${database} of ${OTHER_ACCOUNT}"`,
      ),
    );
  });

  test("a bucket without versions, which AWS Backup does not take", () => {
    const encryption = BucketEncryption.s3Managed();
    const message = failing((stack) => ({
      resources: [AwsBucket.fromBucketAttributes(stack, "old", { bucketName: "acme-old", encryption })],
    }));
    expect(message).toBe(
      lines(
        "lake/plan has 1 problem",
        '  resources[0] must be versioned, as AWS Backup demands (a bucket that is referred to says so: versioned: true), got "lake/old"',
      ),
    );
  });

  test("what AWS Backup would leave out in silence: cold buckets, continuous tables", () => {
    const message = failing((stack) => ({
      resources: [new AwsBucket(stack, "lake"), new IdempotencyTable(stack, "state")],
      rules: [{ ...DAILY, retention: { coldAfterDays: 90, expireAfterDays: 365 } }, CONTINUOUS],
    }));
    expect(message).toBe(
      lines(
        "lake/plan has 2 problems",
        "  rules[0].retention.coldAfterDays must be left out for lake/lake, because backups of S3 have no cold storage (give it a plan of its own; the bucket's lifecycle tiers its versions), got 90",
        '  rules[1].mode must be "snapshot" for lake/state, because AWS Backup has no continuous backups of DynamoDB (a table keeps every second itself: pointInTimeRecovery), got "continuous"',
      ),
    );
  });

  test("continuous backups of one thing by two plans", () => {
    const build = () =>
      templateOf((stack) => {
        const vault = new BackupVault(stack, "vault");
        for (const id of ["one", "two"])
          new BackupPlan(stack, id, { vault, resources: [DATABASE], rules: [CONTINUOUS] });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/two has 1 problem",
        `  the continuous backup of "arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders" must have one owner, because the server keeps one and the last writer wins, got lake/one and lake/two`,
      ),
    );
  });

  test("a role without duties", () => {
    const build = (duties: readonly BackupDuty[]) =>
      messageOf(() => templateOf((stack) => new BackupRole(stack, "role", { duties, sourceAccount: "prod" })));
    expect(build([])).toBe(
      lines(
        "lake/role has 2 problems",
        "  duties must be at least one duty, got []",
        '  sourceAccount must be 12 digits, got "prod"',
      ),
    );
    expect(build(["delete" as BackupDuty])).toBe(
      lines(
        "lake/role has 2 problems",
        '  duties[0] must be one of "backup", "restore", got "delete"',
        '  sourceAccount must be 12 digits, got "prod"',
      ),
    );
  });
});

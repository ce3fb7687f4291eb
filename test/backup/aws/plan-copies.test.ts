import { BackupPlan as Plan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { BackupPlan } from "../../../lib/backup/aws/plan";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { VaultLock } from "../../../lib/backup/aws/vault-lock";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { DAILY, DATABASE, failing } from "./planning";

describe("copies", () => {
  test("go to another region and account, each with its retention; the other account lets them in", () => {
    const app = synthApp((app) => {
      const there = { ...PROD, aws: { accountId: OTHER_ACCOUNT, region: "eu-west-1" } };
      const safe = new BackupVault(awsStack(app, "safe", there), "vault");
      const stack = awsStack(app, "lake", PROD);
      const west = new BackupVault(stack, "west", { region: "us-west-2" });
      new BackupPlan(stack, "plan", {
        vault: new BackupVault(stack, "vault"),
        resources: [DATABASE],
        rules: [{ ...DAILY, copies: [{ vault: west }, { vault: safe, retention: { expireAfterDays: 90 } }] }],
      });
    });
    const [lake, safe] = ["lake", "safe"].map((name) => Template.of(app.stack(name)));
    expect(lake?.only(Plan).get("rule.0.copy_action")).toEqual([
      {
        destination_vault_arn: expect.stringContaining("aws_backup_vault.west_") as string,
        lifecycle: { delete_after: 35 },
      },
      { destination_vault_arn: expect.stringContaining("remote_state") as string, lifecycle: { delete_after: 90 } },
    ]);
    expect(lake?.count(BackupVaultPolicy)).toBe(0);
    expect(statementsOf(safe?.only(BackupVaultPolicy).get("policy")).map(({ Principal }) => Principal)).toEqual([
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    ]);
    const copier = (account: string) =>
      `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
    const keyPolicies = (template: Template | undefined) =>
      (template?.all({ tfResourceType: "aws_kms_key_policy" }) ?? []).map((one) => String(one.get("policy")));
    expect(keyPolicies(safe).map((policy) => policy.includes(copier(ACCOUNT)))).toEqual([true]);
    expect(keyPolicies(lake).filter((policy) => policy.includes(copier(OTHER_ACCOUNT)))).toHaveLength(1);
    expect(app.dependencies("safe")).toEqual([]);
  });

  test("fail into the plan's own vault, and into another account without a key", () => {
    const own = failing((stack) => {
      const vault = new BackupVault(stack, "own");
      return { vault, rules: [{ ...DAILY, copies: [{ vault }] }] };
    });
    expect(own).toBe(
      lines(
        "lake/plan has 1 problem",
        '  rules[0].copies[0].vault must be another vault than that of the plan, got "lake/own"',
      ),
    );
    const keyless = failing((stack) => {
      const vaultArn = `arn:aws:backup:eu-west-1:${OTHER_ACCOUNT}:backup-vault:safe`;
      const vault = BackupVault.fromVaultAttributes(stack, "safe", { vaultArn, policyAgrees: true });
      return { rules: [{ ...DAILY, copies: [{ vault }] }] };
    });
    expect(keyless).toBe(
      lines(
        "lake/plan has 1 problem",
        '  rules[0].copies[0].vault must be encrypted with a customer-managed key, because it is of another account, got "lake/safe"',
      ),
    );
  });

  test("fail where nobody knows whether another account has to agree", () => {
    const vaultArn = `arn:aws:backup:eu-west-1:${OTHER_ACCOUNT}:backup-vault:safe`;
    const build = () =>
      templateOf((stack) => {
        const safe = BackupVault.fromVaultAttributes(stack, "safe", { vaultArn });
        const vault = new BackupVault(stack, "vault");
        new BackupPlan(stack, "plan", {
          vault,
          resources: [DATABASE],
          rules: [{ ...DAILY, copies: [{ vault: safe }] }],
        });
      }, "undeclared");
    expect(messageOf(build)).toBe(
      lines(
        "lake/plan has 1 problem",
        '  rules[0].copies[0].vault must be copied to from a vault whose account is declared (environment.aws.accountId), because another account has to agree, got "lake/vault, of no known account"',
      ),
    );
  });

  test("fail where the lock of a vault would refuse them, as the backups themselves do", () => {
    const refused = failing((stack) => {
      const vault = new BackupVault(stack, "own", { lock: VaultLock.governance({ minimumDays: 90 }) });
      const safe = new BackupVault(stack, "safe", { lock: VaultLock.governance({ maximumDays: 30 }) });
      const copies = [{ vault: safe }, { vault: safe, retention: { expireAfterDays: 31 } }];
      return { vault, rules: [{ ...DAILY, copies }] };
    });
    expect(refused).toBe(
      lines(
        "lake/plan has 3 problems",
        "  rules[0].retention.expireAfterDays must be at least 90, as the lock of lake/own demands, got 35",
        "  rules[0].retention.expireAfterDays must be at most 30, as the lock of lake/safe demands, got 35",
        "  rules[0].copies[1].retention.expireAfterDays must be at most 30, as the lock of lake/safe demands, got 31",
      ),
    );
  });
});

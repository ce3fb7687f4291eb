import type { TerraformStack } from "cdktf";
import { BackupVault } from "../../../lib/backup/aws/vault";
import { ACCOUNT, OTHER_ACCOUNT, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

describe("a vault that exists", () => {
  const VAULT_ARN = `arn:aws:backup:eu-central-1:${OTHER_ACCOUNT}:backup-vault:safe`;
  const referred = (stack: TerraformStack, attributes: object = {}) =>
    BackupVault.fromVaultAttributes(stack, "safe", { vaultArn: VAULT_ARN, ...attributes });

  test("is known by its ARN, and nothing of it is written", () => {
    const template = templateOf((stack) => {
      const vault = referred(stack);
      vault.admitCopies(OTHER_ACCOUNT);
      const { vaultName, vaultArn, region, accountId } = vault;
      expect({ vaultName, vaultArn, region, accountId }).toEqual({
        vaultName: "safe",
        vaultArn: VAULT_ARN,
        region: "eu-central-1",
        accountId: OTHER_ACCOUNT,
      });
    });
    expect(template.addresses()).toEqual([]);
  });

  test("fails to be copied into until its owner has agreed, with the statement to add", () => {
    expect(messageOf(() => templateOf((stack) => referred(stack).admitCopies(ACCOUNT)))).toBe(
      lines(
        "lake/safe has 1 problem",
        `  the policy of the vault must be changed by its owner, because the vault is only referred to here, got copies from account ${ACCOUNT}; the owner adds {"Sid":"CopiesFrom${ACCOUNT}","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"backup:CopyIntoBackupVault","Resource":"*"}, and policyAgrees: true says here that it is done`,
      ),
    );
    expect(messageOf(() => templateOf((stack) => referred(stack).shareKeyWith(ACCOUNT)))).toBe(
      lines(
        "lake/safe has 1 problem",
        `  the policy of the vault's key must be changed by its owner, because the vault is only referred to here, got copies to account ${ACCOUNT}; the owner adds {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":["kms:CreateGrant","kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey","kms:GenerateDataKeyWithoutPlaintext","kms:ReEncryptFrom","kms:ReEncryptTo"],"Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"}}}, and policyAgrees: true says here that it is done`,
      ),
    );
    const agreed = templateOf((stack) => {
      const vault = referred(stack, { policyAgrees: true });
      vault.admitCopies(ACCOUNT);
      vault.shareKeyWith(ACCOUNT);
    });
    expect(agreed.addresses()).toEqual([]);
  });

  test("fails with every wrong attribute at once", () => {
    const wrong = {
      vaultArn: "arn:aws:backup:eu-west-1:1:backup-vault:x",
      keyArn: "alias/backups",
      retentionBounds: { minimumDays: 0 },
      policyAgrees: "yes",
    };
    expect(messageOf(() => templateOf((stack) => referred(stack, wrong)))).toBe(
      lines(
        "lake/safe has 4 problems",
        '  vaultArn must be the ARN of a vault (arn:aws:backup:<region>:<account>:backup-vault:<name>), got "arn:aws:backup:eu-west-1:1:backup-vault:x"',
        '  keyArn must be the ARN of a key (arn:aws:kms:<region>:<account>:key/<id>), got "alias/backups"',
        "  retentionBounds.minimumDays must be a whole number of at least 1 days, got 0",
        '  policyAgrees must be true or false, got "yes"',
      ),
    );
  });
});

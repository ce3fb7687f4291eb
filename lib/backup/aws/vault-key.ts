import type { AwsKeyUser } from "../../encryption/references";

/**
 * The role with which AWS Backup itself copies from and to an account.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
 */
export const copierOf = (accountId: string): AwsKeyUser => ({
  accountId,
  literalArn: `arn:aws:iam::${accountId}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
});

/**
 * What the copier of the other account does with the key of a vault, on either end of a copy.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html, its wildcards written out
 */
export const COPY_KEY_ACTIONS: readonly string[] = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

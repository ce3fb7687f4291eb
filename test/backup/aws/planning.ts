import type { TerraformStack } from "cdktf";
import { BackupPlan } from "../../../lib/backup/aws/plan";
import type { BackupPlanProps } from "../../../lib/backup/aws/plan-props";
import { BackupResourceType, type Protected } from "../../../lib/backup/aws/resources";
import { BackupMode, type AwsBackupRule } from "../../../lib/backup/aws/rule";
import { BackupVault } from "../../../lib/backup/aws/vault";
import type { EnvironmentOptions } from "../../../lib/core/environment";
import { Schedule } from "../../../lib/core/schedule";
import type { Template } from "../../../lib/testing/template";
import { ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { messageOf } from "../../support/messages";

export const DATABASE: Protected = {
  arn: `arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders`,
  type: BackupResourceType.RDS,
};
export const DAILY: AwsBackupRule = { name: "daily", schedule: Schedule.daily(), retention: { expireAfterDays: 35 } };
export const CONTINUOUS: AwsBackupRule = { ...DAILY, name: "continuous", mode: BackupMode.CONTINUOUS };

export const planned = (props: Partial<BackupPlanProps> = {}, options: EnvironmentOptions = {}): Template =>
  templateOf(
    (stack) =>
      new BackupPlan(stack, "plan", {
        vault: new BackupVault(stack, "vault"),
        rules: [DAILY],
        resources: [DATABASE],
        ...props,
      }),
    PROD,
    options,
  );
export const failing = (
  props: Partial<BackupPlanProps> | ((stack: TerraformStack) => Partial<BackupPlanProps>),
): string =>
  messageOf(() =>
    templateOf(
      (stack) =>
        new BackupPlan(stack, "plan", {
          vault: new BackupVault(stack, "vault"),
          rules: [DAILY],
          resources: [DATABASE],
          ...(typeof props === "function" ? props(stack) : props),
        }),
    ),
  );

import {
  BackupClient,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
} from "@aws-sdk/client-backup";
import { clientSettings } from "../../scripts/local/clients";
import { declared } from "./declared";
import { deployedCloud } from "./local-cloud";

const backup = new BackupClient(clientSettings(deployedCloud().address));

interface Vault {
  readonly name: string;
  readonly kms_key_arn: string;
}

interface Plan {
  readonly name: string;
  readonly rule: readonly {
    readonly rule_name: string;
    readonly schedule: string;
    readonly target_vault_name: string;
    readonly lifecycle: { readonly delete_after: number };
  }[];
}

interface Selection {
  readonly iam_role_arn: string;
  readonly resources: readonly string[];
}

function only(type: string): unknown {
  const [one] = declared("lake-local", type);
  if (one === undefined) throw new Error(`lake-local declares no ${type}`);
  return one;
}

test("the vault on the server has the declared key", async () => {
  const { name, kms_key_arn: key } = only("aws_backup_vault") as Vault;
  const found = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: name }));
  expect(found.EncryptionKeyArn).toBe(key);
});

test("the plan on the server backs the raw zone up every night, for 35 days, as its role", async () => {
  const { name, rule } = only("aws_backup_plan") as Plan;
  const { BackupPlansList: plans = [] } = await backup.send(new ListBackupPlansCommand());
  const BackupPlanId = plans.find((plan) => plan.BackupPlanName === name)?.BackupPlanId;
  const { BackupPlan: plan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
  expect(plan?.Rules).toMatchObject([
    {
      RuleName: rule[0]?.rule_name,
      ScheduleExpression: rule[0]?.schedule,
      TargetBackupVaultName: rule[0]?.target_vault_name,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ]);
  const { BackupSelectionsList: selections = [] } = await backup.send(
    new ListBackupSelectionsCommand({ BackupPlanId }),
  );
  const SelectionId = selections[0]?.SelectionId;
  const { BackupSelection: selection } = await backup.send(
    new GetBackupSelectionCommand({ BackupPlanId, SelectionId }),
  );
  const wanted = only("aws_backup_selection") as Selection;
  expect([selection?.IamRoleArn, selection?.Resources]).toEqual([wanted.iam_role_arn, wanted.resources]);
  expect(wanted.resources).toEqual(["arn:aws:s3:::acme-lake-local"]);
});

import { DataProtectionBackupInstanceBlobStorage as BackupInstance } from "@cdktf/provider-azurerm/lib/data-protection-backup-instance-blob-storage";
import { DataProtectionBackupPolicyBlobStorage as BackupPolicy } from "@cdktf/provider-azurerm/lib/data-protection-backup-policy-blob-storage";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { TerraformStack } from "cdktf";
import { BlobBackup } from "../../../lib/backup/azure/blob-backup";
import type { BlobBackupProps, VaultedBlobs } from "../../../lib/backup/azure/blob-backup-props";
import { repeatingInterval } from "../../../lib/backup/azure/blob-schedule";
import { AzureBackupVault } from "../../../lib/backup/azure/vault";
import { Schedule, Weekday } from "../../../lib/core/schedule";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AccountNamespace, TenantCopies } from "../../../lib/storage/azure/namespace";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { stackOn, templateOn } from "../../storage/clouds/cloud";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const DAILY = { name: "daily", schedule: Schedule.daily({ hour: 3 }), retention: { expireAfterDays: 90 } };

interface Parts {
  readonly account: AzureStorageAccount;
  readonly vault: AzureBackupVault;
  readonly vaulted: VaultedBlobs;
}

const partsIn = (stack: TerraformStack, tenantCopies: TenantCopies = TenantCopies.ALLOWED): Parts => {
  const account = new AzureStorageAccount(stack, "lake", { tenantCopies });
  const containers = [new AzureBucket(stack, "pos", { account, bucketName: "pos" })];
  return { account, vault: new AzureBackupVault(stack, "vault"), vaulted: { rule: DAILY, containers } };
};
const backupWith = (props: (parts: Parts) => Partial<BlobBackupProps> = () => ({})): Template =>
  templateOn(AZURE, (stack) => {
    const parts = partsIn(stack);
    const { account, vault } = parts;
    return new BlobBackup(stack, "daily", { account, vault, ...props(parts) });
  });

describe("a backup of blobs", () => {
  test("restores any point in time of 30 days, with what that takes said of the account itself", () => {
    const template = backupWith();
    expect(template.only(BackupPolicy).attributes).toEqual({
      lifecycle: { create_before_destroy: true },
      name: expect.stringMatching(/^lake-daily-policy-[0-9a-f]{8}-[0-9a-f]{8}$/) as string,
      operational_default_retention_duration: "P30D",
      vault_id: "${azurerm_data_protection_backup_vault.vault_AEB7ADF6.id}",
    });
    expect(template.only(StorageAccount).get("blob_properties")).toEqual({
      change_feed_enabled: true,
      container_delete_retention_policy: { days: 30 },
      delete_retention_policy: { days: 35 },
      restore_policy: { days: 30 },
      versioning_enabled: true,
    });
  });

  test("begins once the vault may read, restore and lock the account", () => {
    const template = backupWith();
    expect(template.only(RoleAssignment).attributes).toEqual({
      principal_id: "${azurerm_data_protection_backup_vault.vault_AEB7ADF6.identity[0].principal_id}",
      principal_type: "ServicePrincipal",
      role_definition_name: "Storage Account Backup Contributor",
      scope: "${azurerm_storage_account.lake_DBDDD6F6.id}",
    });
    const assignments = template.addresses().filter((address) => address.startsWith("azurerm_role_assignment."));
    expect(template.only(BackupInstance).attributes).toMatchObject({
      depends_on: assignments,
      location: "${azurerm_storage_account.lake_DBDDD6F6.location}",
      storage_account_id: "${azurerm_storage_account.lake_DBDDD6F6.id}",
    });
    expect(template.only(BackupInstance).has("storage_account_container_names")).toBe(false);
  });

  test("copies containers into the vault, every day for 90 days", () => {
    const template = backupWith(({ vaulted }) => ({ vaulted, pointInTimeDays: 0, recoveryPointMinutes: 1440 }));
    expect(template.only(BackupPolicy).attributes).toMatchObject({
      backup_repeating_time_intervals: ["R/2024-01-01T03:00:00+00:00/P1D"],
      vault_default_retention_duration: "P90D",
    });
    expect(template.only(BackupPolicy).has("operational_default_retention_duration")).toBe(false);
    expect(template.only(BackupInstance).get("storage_account_container_names")).toEqual([
      "${azurerm_storage_container.pos_A02B06CA.name}",
    ]);
    expect(template.only(StorageAccount).get("blob_properties.change_feed_enabled")).toBe(true);
    expect(template.only(StorageAccount).has("blob_properties.restore_policy")).toBe(false);
  });

  test("has another policy as soon as it says something else, because Azure changes none", () => {
    const nameOf = (days: number): unknown =>
      backupWith(() => ({ pointInTimeDays: days }))
        .only(BackupPolicy)
        .get("name");
    expect(nameOf(30)).toBe(nameOf(30));
    expect(nameOf(30)).not.toBe(nameOf(14));
  });

  test("stands in another stack than its vault, and waits for it alone", () => {
    const app = synthApp((app) => {
      const vault = new AzureBackupVault(stackOn(AZURE, app, "vaults"), "vault");
      const stack = stackOn(AZURE, app);
      new BlobBackup(stack, "daily", { vault, account: new AzureStorageAccount(stack, "lake") });
    });
    expect([app.dependencies("lake"), app.dependencies("vaults")]).toEqual([["vaults"], []]);
    expect(danglingReferences(app.stack("lake"))).toEqual([]);
  });

  test("keeps its addresses", () => {
    expect(
      backupWith()
        .addresses()
        .filter((address) => address.includes(".daily_")),
    ).toEqual([
      "azurerm_data_protection_backup_instance_blob_storage.daily_21A5B9A1",
      "azurerm_data_protection_backup_policy_blob_storage.daily_Policy_A17C47FC",
      "azurerm_role_assignment.daily_Vault_backup-lake-25c11526_21BF396F",
    ]);
  });
});

test.each([
  [Schedule.daily({ hour: 3, minute: 30 }), "R/2024-01-01T03:30:00+00:00/P1D"],
  [Schedule.weekly({ weekday: Weekday.MONDAY }), "R/2024-01-01T05:00:00+00:00/P1W"],
  [Schedule.weekly({ weekday: Weekday.SUNDAY, hour: 23 }), "R/2024-01-07T23:00:00+00:00/P1W"],
  [Schedule.hourly(), undefined],
  [Schedule.monthly(), undefined],
])("a schedule is an interval from a Monday on (%#)", (schedule, interval) => {
  expect(repeatingInterval(schedule)).toBe(interval);
});

describe("fails on", () => {
  const errorOf = (build: (stack: TerraformStack) => unknown): string =>
    messageOf(() => synthApp((app) => build(stackOn(AZURE, app))));
  const failing = (props: (parts: Parts) => object): string => messageOf(() => backupWith(props));

  test("a hierarchical namespace, which Azure Backup does not know", () => {
    const build = (stack: TerraformStack): unknown => {
      const account = new AzureStorageAccount(stack, "lake", { namespace: AccountNamespace.HIERARCHICAL });
      return new BlobBackup(stack, "daily", { account, vault: new AzureBackupVault(stack, "vault") });
    };
    expect(errorOf(build)).toBe(
      "lake/daily has 1 problem\n  account must be one without a hierarchical namespace, which Azure Backup does not know (AccountReplication.GRS keeps a second region of it), got the construct lake/lake",
    );
  });

  test("copies in the vault of an account that refuses other tenants", () => {
    const build = (stack: TerraformStack): unknown => {
      const { account, vault, vaulted } = partsIn(stack, TenantCopies.REFUSED);
      return new BlobBackup(stack, "daily", { account, vault, vaulted });
    };
    expect(errorOf(build)).toBe(
      "lake/daily has 1 problem\n  account must be one with tenantCopies: TenantCopies.ALLOWED, because the vault's copies lie in a tenant of Microsoft's, got the construct lake/lake",
    );
  });

  test("a promise that is not reached", () => {
    expect(failing(() => ({ recoveryPointMinutes: 1 }))).toBe(
      "lake/daily has 1 problem\n  recoveryPointMinutes must be at least 5, in which the change feed records what point-in-time restore goes by, got 1",
    );
    expect(failing(({ vaulted }) => ({ vaulted, pointInTimeDays: 0, recoveryPointMinutes: 60 }))).toBe(
      'lake/daily has 1 problem\n  recoveryPointMinutes must be at least 1440, the time between two backups of rule "daily", got 60',
    );
  });

  test("nothing to back up, no container, one of another account, and a rhythm that Azure has not", () => {
    expect(failing(() => ({ pointInTimeDays: 0 }))).toBe(
      "lake/daily has 1 problem\n  pointInTimeDays must be at least 1 without vaulted, because nothing would be backed up, got 0",
    );
    expect(failing(({ vaulted }) => ({ vaulted: { ...vaulted, containers: [] } }))).toBe(
      "lake/daily has 1 problem\n  vaulted.containers must be 1 to 100 containers, got 0",
    );
    const elsewhere = ({ account, vaulted }: Parts): object => {
      const other = new AzureBucket(account, "other");
      return { vaulted: { ...vaulted, containers: [...vaulted.containers, other, other] } };
    };
    expect(failing(elsewhere)).toBe(
      lines(
        "lake/daily has 3 problems",
        '  vaulted.containers[1] must be in lake/lake, got "lake/lake/other/Account"',
        '  vaulted.containers[2] must be in lake/lake, got "lake/lake/other/Account"',
        '  vaulted.containers[2] must be named once, got "lake/lake/other"',
      ),
    );
    const hourly = ({ vaulted }: Parts): object => ({
      vaulted: { ...vaulted, rule: { ...DAILY, schedule: Schedule.hourly(), retention: { expireAfterDays: 4000 } } },
    });
    expect(failing(hourly)).toBe(
      "lake/daily has 1 problem\n  vaulted.rule.retention.expireAfterDays must be a whole number from 1 to 3650 days, got 4000",
    );
    const often = ({ vaulted }: Parts): object => ({
      vaulted: { ...vaulted, rule: { ...DAILY, schedule: Schedule.hourly() } },
    });
    expect(failing(often)).toBe(
      'lake/daily has 1 problem\n  vaulted.rule.schedule must be daily or weekly, as Azure Backup takes them of blobs, got "hours"',
    );
  });

  test("what is no vault and no account, and days that are none", () => {
    const props = { vault: "vault", account: "lake", pointInTimeDays: 361, vaulted: "daily" };
    expect(errorOf((stack) => new BlobBackup(stack, "daily", props as never))).toBe(
      lines(
        "lake/daily has 4 problems",
        '  vault must be an AzureBackupVault, got "vault"',
        '  account must be an AzureStorageAccount of this app, which says what backups need, got "lake"',
        "  pointInTimeDays must be a whole number from 0 to 360 days, got 361",
        '  vaulted must be an object, got "daily"',
      ),
    );
  });

  test("a second backup of one account", () => {
    const build = (stack: TerraformStack): void => {
      const { account, vault } = partsIn(stack);
      for (const id of ["one", "two"]) new BlobBackup(stack, id, { account, vault });
    };
    expect(errorOf(build)).toBe(
      'lake/two has 1 problem\n  azurerm_data_protection_backup_instance_blob_storage of "lake/lake" must have one owner, because the server keeps one and the last writer wins, got lake/one and lake/two',
    );
  });
});

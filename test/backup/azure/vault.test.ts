import { DataProtectionBackupVault as BackupVault } from "@cdktf/provider-azurerm/lib/data-protection-backup-vault";
import { AzureBackupVault, type AzureBackupVaultProps } from "../../../lib/backup/azure/vault";
import { BackupRedundancy, VaultImmutability } from "../../../lib/backup/azure/vault-protection";
import { DataRemoval } from "../../../lib/core/data-removal";
import type { Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { DEV, PROD, templateOn } from "../../storage/clouds/cloud";
import { lines, messageOf } from "../../support/messages";

const vaultWith = (props: AzureBackupVaultProps = {}, environment = PROD): Template =>
  templateOn(AZURE, (stack) => new AzureBackupVault(stack, "vault", props), environment);

describe("a backup vault", () => {
  test("is in two regions, immutable, kept, and has an identity", () => {
    const template = vaultWith();
    expect(template.only(BackupVault).attributes).toEqual({
      cross_region_restore_enabled: true,
      datastore_type: "VaultStore",
      identity: { type: "SystemAssigned" },
      immutability: "Unlocked",
      lifecycle: { prevent_destroy: true },
      location: "westeurope",
      name: expect.stringMatching(/^lake-vault-[0-9a-f]{8}$/) as string,
      redundancy: "GeoRedundant",
      resource_group_name: "rg-prod",
      retention_duration_in_days: 14,
      soft_delete: "On",
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
    expect(template.addresses()).toEqual(["azurerm_data_protection_backup_vault.vault_AEB7ADF6"]);
  });

  test("locked for good, purges nothing either", () => {
    const locked = vaultWith({ immutability: VaultImmutability.LOCKED, softDeleteDays: 30 }).only(BackupVault);
    expect([locked.get("immutability"), locked.get("soft_delete"), locked.get("retention_duration_in_days")]).toEqual([
      "Locked",
      "AlwaysOn",
      30,
    ]);
  });

  test("of one region restores in that region", () => {
    const local = vaultWith({ redundancy: BackupRedundancy.ZONE }).only(BackupVault);
    expect([local.get("redundancy"), local.has("cross_region_restore_enabled")]).toEqual(["ZoneRedundant", false]);
  });

  test("goes with both keys turned, at once", () => {
    const { attributes } = vaultWith({ dataRemoval: DataRemoval.DESTROY }, DEV).only(BackupVault);
    expect(attributes).toMatchObject({ immutability: "Disabled", soft_delete: "Off" });
    expect([attributes["lifecycle"], attributes["retention_duration_in_days"]]).toEqual([undefined, undefined]);
  });

  test("fails locked for good where data may be removed", () => {
    const message =
      'lake/vault has 1 problem\n  immutability must be UNLOCKED or OFF where data may be removed, because LOCKED is for ever, got "Locked"';
    const immutability = VaultImmutability.LOCKED;
    expect(messageOf(() => vaultWith({ immutability }, DEV))).toBe(message);
    expect(messageOf(() => vaultWith({ immutability, dataRemoval: DataRemoval.DESTROY }))).toBe(message);
  });

  test("fails on every wrong prop at once", () => {
    const props = { vaultName: "1", redundancy: "GRS", immutability: true, softDeleteDays: 7, dataRemoval: "yes" };
    expect(messageOf(() => vaultWith(props as never))).toBe(
      lines(
        "lake/vault has 5 problems",
        '  vaultName must be 2-50 letters, digits or hyphens, a letter first, got "1"',
        '  redundancy must be one of "LocallyRedundant", "ZoneRedundant", "GeoRedundant", got "GRS"',
        '  immutability must be one of "Disabled", "Unlocked", "Locked", got true',
        "  softDeleteDays must be a whole number from 14 to 180 days, got 7",
        '  dataRemoval must be one of "keep", "destroy", got "yes"',
      ),
    );
  });
});

import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { AzureKey } from "../../../lib/encryption/azure/key";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { AccountEncryption } from "../../../lib/storage/azure/encryption";
import { AzureStorageAccount, type AzureStorageAccountProps } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AZURE } from "../clouds/azure";
import { stackOn, templateOn } from "../clouds/cloud";
import { danglingReferences } from "../references";

const CMK = ["identity", "customer_managed_key", "queue_encryption_key_type", "table_encryption_key_type"];
const keyOf = (template: Template): unknown =>
  Object.fromEntries(CMK.map((name) => [name, template.only(StorageAccount).attributes[name]]));

describe("an account with a customer-managed key", () => {
  const template = templateOn(AZURE, (stack) => {
    const encryption = AccountEncryption.key(new AzureKey(stack, "sales"));
    new AzureStorageAccount(stack, "lake", { encryption });
  });

  test("is encrypted with it from the first byte on, queues and tables too, and follows its rotation", () => {
    const identity = "${azurerm_user_assigned_identity.lake_Identity_F14A26AD.id}";
    expect(keyOf(template)).toEqual({
      identity: { identity_ids: [identity], type: "UserAssigned" },
      customer_managed_key: {
        key_vault_key_id: "${azurerm_key_vault_key.sales_16F9C3E7.versionless_id}",
        user_assigned_identity_id: identity,
      },
      queue_encryption_key_type: "Account",
      table_encryption_key_type: "Account",
    });
  });

  test("is made once its identity may use the key, and nothing else", () => {
    expect(template.only(RoleAssignment).attributes).toEqual({
      principal_id: "${azurerm_user_assigned_identity.lake_Identity_F14A26AD.principal_id}",
      principal_type: "ServicePrincipal",
      role_definition_name: "Key Vault Crypto Service Encryption User",
      scope: "${azurerm_key_vault_key.sales_16F9C3E7.resource_versionless_id}",
    });
    const assignments = template.addresses().filter((address) => address.startsWith("azurerm_role_assignment."));
    expect(template.only(StorageAccount).get("depends_on")).toEqual(assignments);
  });

  test("uses it as a given identity, which has no second one beside it", () => {
    const shared = templateOn(AZURE, (stack) => {
      const identity = new AzureManagedIdentity(stack, "shared");
      const encryption = AccountEncryption.key(new AzureKey(stack, "sales"), { identity });
      const account = new AzureStorageAccount(stack, "lake", { encryption });
      expect(account.resources.identity).toBeUndefined();
    });
    expect(shared.count(UserAssignedIdentity)).toBe(1);
  });

  test("takes a key of another stack, which is deployed before", () => {
    const app = synthApp((app) => {
      const key = new AzureKey(stackOn(AZURE, app, "keys"), "sales");
      new AzureStorageAccount(stackOn(AZURE, app), "lake", { encryption: AccountEncryption.key(key) });
    });
    expect(app.dependencies("lake")).toEqual(["keys"]);
    expect(app.dependencies("keys")).toEqual([]);
    for (const name of ["lake", "keys"]) expect(danglingReferences(app.stack(name))).toEqual([]);
    Template.of(app.stack("lake")).none(KeyVaultKey);
  });

  test("stands in the place of its account, its identity too", () => {
    const elsewhere = templateOn(AZURE, (stack) => {
      const encryption = AccountEncryption.key(new AzureKey(stack, "sales"));
      new AzureStorageAccount(stack, "lake", { encryption, location: "northeurope" });
    });
    expect(elsewhere.only(UserAssignedIdentity).get("location")).toBe("northeurope");
  });
});

describe("an account without one", () => {
  test("is left to Azure's keys, said or not", () => {
    const accountWith = (props: AzureStorageAccountProps): Template =>
      templateOn(AZURE, (stack) => new AzureStorageAccount(stack, "lake", props));
    const none = Object.fromEntries(CMK.map((name) => [name, undefined]));
    expect(keyOf(accountWith({}))).toEqual(none);
    expect(keyOf(accountWith({ encryption: AccountEncryption.azureManaged() }))).toEqual(none);
  });
});

test("fails on an encryption that is none, and on a key and an identity that are none", () => {
  const failure = (encryption: unknown): string =>
    messageOf(() =>
      templateOn(AZURE, (stack) => new AzureStorageAccount(stack, "lake", { encryption: encryption as never })),
    );
  expect(failure("cmk")).toBe(
    'lake/lake has 1 problem\n  encryption must be AccountEncryption.azureManaged() or AccountEncryption.key(key), got "cmk"',
  );
  expect(failure({ key: "sales", identity: "shared" })).toBe(
    lines(
      "lake/lake has 2 problems",
      '  encryption.key must be an AzureKey, own or referred to, got "sales"',
      '  encryption.identity must be an AzureManagedIdentity, got "shared"',
    ),
  );
});

import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { TerraformStack, TerraformVariable, type App } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { useEnvironment } from "../../../lib/core/environment";
import { AzureKey, type AzureKeyProps } from "../../../lib/encryption/azure/key";
import { AzureKeyVault, type AzureKeyVaultProps } from "../../../lib/encryption/azure/vault";
import { VaultNetwork } from "../../../lib/encryption/azure/vault-network";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { synthApp } from "../../../lib/testing/synth";
import { type Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { DEV, PROD, stackOn, templateOn } from "../../storage/clouds/cloud";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const keyWith = (props: AzureKeyProps = {}, environment = PROD): Template =>
  templateOn(AZURE, (stack) => new AzureKey(stack, "sales", props), environment);
const vaultWith = (props: AzureKeyVaultProps = {}): Template =>
  templateOn(AZURE, (stack) => new AzureKeyVault(stack, "keys", props));
const errorOf = (build: (stack: TerraformStack, app: App) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app), app)));
const KEYS = "Microsoft.KeyVault/vaults/keys";

describe("a key and the vault of its own", () => {
  const template = keyWith();

  test("is rotated every year, expires after two, and is kept", () => {
    expect(template.only(KeyVaultKey).attributes).toEqual({
      key_opts: ["decrypt", "encrypt", "unwrapKey", "wrapKey"],
      key_size: 3072,
      key_type: "RSA",
      key_vault_id: "${azurerm_key_vault.sales_Vault_8C636F0C.id}",
      lifecycle: { ignore_changes: ["expiration_date"], prevent_destroy: true },
      name: "lake-sales-9fa6be05",
      rotation_policy: {
        automatic: { time_after_creation: "P365D" },
        expire_after: "P730D",
        notify_before_expiry: "P14D",
      },
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("is in a vault that roles alone open, that nobody purges and nobody reaches from outside", () => {
    expect(template.only(KeyVault).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      location: "westeurope",
      name: expect.stringMatching(/^lake-sales-vaul-[0-9a-f]{8}$/) as string,
      network_acls: { bypass: "AzureServices", default_action: "Deny" },
      public_network_access_enabled: false,
      purge_protection_enabled: true,
      rbac_authorization_enabled: true,
      resource_group_name: "rg-prod",
      sku_name: "standard",
      soft_delete_retention_days: 90,
      tags: { CostCenter: "Data 42", Environment: "prod" },
      tenant_id: "00000000-0000-0000-0000-00000000000a",
    });
  });

  test("keeps its addresses", () => {
    expect(template.addresses()).toEqual([
      "azurerm_key_vault.sales_Vault_8C636F0C",
      "azurerm_key_vault_key.sales_16F9C3E7",
    ]);
  });

  test("says how its closed vault is reached by whoever deploys", () => {
    const app = synthApp((app) => {
      new AzureKey(stackOn(AZURE, app), "sales");
    });
    expect(app.annotations("lake")).toEqual([
      {
        constructPath: "lake/sales/Vault",
        level: "info",
        message:
          "Keys are made through the vault's own address, which is closed: deploy from a network with a private endpoint to it, or say network: VaultNetwork.selected({ ipRanges }).",
      },
    ]);
  });
});

describe("a key", () => {
  test("takes what is said of it", () => {
    const props = {
      keyName: "sales",
      rotationDays: 30,
      expireAfterDays: 60,
      firstVersionExpiresOn: "2027-01-31T00:00:00Z",
    };
    expect(keyWith(props).only(KeyVaultKey).attributes).toMatchObject({
      expiration_date: "2027-01-31T00:00:00Z",
      name: "sales",
      rotation_policy: { automatic: { time_after_creation: "P30D" }, expire_after: "P60D" },
    });
  });

  test("of a short rotation expires after the 28 days that are the least", () => {
    expect(keyWith({ rotationDays: 7 }).only(KeyVaultKey).get("rotation_policy.expire_after")).toBe("P28D");
  });

  test("goes with both keys turned, its vault with it after a week", () => {
    const template = keyWith({ dataRemoval: DataRemoval.DESTROY }, DEV);
    expect(template.only(KeyVaultKey).get("lifecycle")).toEqual({ ignore_changes: ["expiration_date"] });
    expect(template.only(KeyVault).has("lifecycle")).toBe(false);
    expect(template.only(KeyVault).get("soft_delete_retention_days")).toBe(7);
    expect(template.only(KeyVault).get("purge_protection_enabled")).toBe(true);
  });

  test("is made once its officer may, in a vault that is shared", () => {
    const template = templateOn(AZURE, (stack) => {
      const officer = new AzureManagedIdentity(stack, "pipeline");
      const vault = new AzureKeyVault(stack, "keys", { officer });
      new AzureKey(stack, "sales", { vault, keyName: "sales" });
      new AzureKey(stack, "orders", { vault, keyName: "orders" });
    });
    expect(template.only(RoleAssignment).attributes).toEqual({
      principal_id: "${azurerm_user_assigned_identity.pipeline_DBECAE49.principal_id}",
      principal_type: "ServicePrincipal",
      role_definition_name: "Key Vault Crypto Officer",
      scope: "${azurerm_key_vault.keys_7B331FE9.id}",
    });
    const [assignment = ""] = template.addresses().filter((address) => address.startsWith("azurerm_role_assignment."));
    expect(template.all(KeyVaultKey).map((key) => key.get("depends_on"))).toEqual([[assignment], [assignment]]);
    expect(template.count(KeyVault)).toBe(1);
  });

  test("is used from another stack, which waits for it", () => {
    const app = synthApp((app) => {
      const key = new AzureKey(stackOn(AZURE, app), "sales");
      key.grants.decrypt(new AzureManagedIdentity(stackOn(AZURE, app, "use"), "reader"));
    });
    expect(app.dependencies("use")).toEqual(["lake"]);
    expect(app.dependencies("lake")).toEqual([]);
    for (const name of ["lake", "use"]) expect(danglingReferences(app.stack(name))).toEqual([]);
  });
});

describe("grants on a key", () => {
  const granted = (verb: "encrypt" | "decrypt" | "encryptDecrypt" | "serve"): Template =>
    templateOn(AZURE, (stack) => {
      new AzureKey(stack, "sales").grants[verb](new AzureManagedIdentity(stack, "service"));
    });

  test.each([
    ["encrypt", ["read", "encrypt/action", "wrap/action"]],
    ["decrypt", ["read", "decrypt/action", "unwrap/action"]],
    ["encryptDecrypt", ["read", "encrypt/action", "wrap/action", "decrypt/action", "unwrap/action"]],
  ] as const)("%s is a role of its own, for the key alone", (verb, actions) => {
    const template = granted(verb);
    expect(template.only(RoleDefinition).get("permissions")).toEqual([
      { data_actions: actions.map((action) => `${KEYS}/${action}`) },
    ]);
    expect(template.only(RoleAssignment).get("scope")).toBe(
      "${azurerm_key_vault_key.sales_16F9C3E7.resource_versionless_id}",
    );
  });

  test("serve is what a service of Azure needs", () => {
    const template = granted("serve");
    template.none(RoleDefinition);
    expect(template.only(RoleAssignment).get("role_definition_name")).toBe("Key Vault Crypto Service Encryption User");
  });
});

describe("a key that exists", () => {
  test("is granted on by its resource id", () => {
    const template = templateOn(AZURE, (stack) => {
      const key = AzureKey.fromKeyAttributes(stack, "old", { keyUri: "https://acme.vault.azure.net/keys/sales" });
      key.grants.serve(new AzureManagedIdentity(stack, "service"));
    });
    expect(template.only(RoleAssignment).get("scope")).toBe(
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-prod/providers/Microsoft.KeyVault/vaults/acme/keys/sales",
    );
    template.none(KeyVaultKey);
  });

  test("fails with a version, and as a value that only Terraform knows", () => {
    const refer = (keyUri: string) => (stack: TerraformStack) => AzureKey.fromKeyAttributes(stack, "old", { keyUri });
    expect(errorOf(refer("https://acme.vault.azure.net/keys/sales/0123"))).toBe(
      'lake/old has 1 problem\n  keyUri must be the address of a key without a version (https://<vault>.vault.azure.net/keys/<name>), got "https://acme.vault.azure.net/keys/sales/0123"',
    );
    expect(errorOf((stack) => refer(new TerraformVariable(stack, "key", {}).stringValue)(stack))).toBe(
      "lake/old has 1 problem\n  keyUri must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    );
  });
});

describe("a vault", () => {
  test("is opened to networks, and tells who used it", () => {
    const template = vaultWith({
      vaultName: "acme-keys",
      network: VaultNetwork.selected({ ipRanges: ["203.0.113.0/24"], subnetIds: ["subnet"] }),
      tenantId: "00000000-0000-0000-0000-00000000000b",
      auditWorkspaceId: "workspace",
    });
    expect(template.only(KeyVault).attributes).toMatchObject({
      name: "acme-keys",
      network_acls: {
        bypass: "AzureServices",
        default_action: "Deny",
        ip_rules: ["203.0.113.0/24"],
        virtual_network_subnet_ids: ["subnet"],
      },
      public_network_access_enabled: true,
      tenant_id: "00000000-0000-0000-0000-00000000000b",
    });
    expect(template.only(MonitorDiagnosticSetting).attributes).toEqual({
      enabled_log: [{ category: "AuditEvent" }],
      log_analytics_workspace_id: "workspace",
      name: "audit",
      target_resource_id: "${azurerm_key_vault.keys_7B331FE9.id}",
    });
  });

  test("fails on every wrong prop at once", () => {
    const props = { vaultName: "1-keys", network: { open: true }, tenantId: "acme", dataRemoval: "yes" };
    expect(messageOf(() => vaultWith(props as never))).toBe(
      lines(
        "lake/keys has 4 problems",
        '  vaultName must be 3-24 letters, digits or single hyphens, a letter first and no hyphen last, got "1-keys"',
        '  network must be VaultNetwork.closed() or VaultNetwork.selected({ ipRanges, subnetIds }), got {"open":true}',
        '  tenantId must be a UUID, got "acme"',
        '  dataRemoval must be one of "keep", "destroy", got "yes"',
      ),
    );
  });

  test("fails on networks that are none", () => {
    const of = (network: VaultNetwork): string => messageOf(() => vaultWith({ network }));
    expect(of(VaultNetwork.selected({}))).toBe(
      'lake/keys has 1 problem\n  network must be selected with at least one range or subnet, or closed, got "none"',
    );
    expect(of(VaultNetwork.selected({ ipRanges: ["10.0.0.0/8"] }))).toBe(
      'lake/keys has 1 problem\n  network.ipRanges[0] must be a public IPv4 address or a range of them from /8 to /30, got "10.0.0.0/8"',
    );
  });

  test("fails without a tenant, and names the missing declaration", () => {
    const build = (app: App): void => {
      const stack = new TerraformStack(app, "lake");
      AZURE.provider(stack);
      const azure = { subscriptionId: "00000000-0000-0000-0000-000000000001", resourceGroupName: "rg", location: "x" };
      useEnvironment(stack, { name: "dev", dataRemoval: "kept", azure });
      new AzureKeyVault(stack, "keys");
    };
    expect(messageOf(() => synthApp(build))).toBe(
      'lake/keys has 1 problem\n  environment.azure.tenantId must be declared with useEnvironment(…) on the stack or above the construct, got an environment "dev" without it',
    );
  });
});

describe("fails on", () => {
  test("every wrong prop of a key at once", () => {
    const props = {
      vault: "keys",
      keyName: "sales_key",
      rotationDays: 3,
      firstVersionExpiresOn: "tomorrow",
      location: "northeurope",
    };
    expect(errorOf((stack) => new AzureKey(stack, "sales", props as never))).toBe(
      lines(
        "lake/sales has 5 problems",
        '  vault must be an AzureKeyVault, got "keys"',
        '  keyName must be 1-127 letters, digits or hyphens, got "sales_key"',
        "  rotationDays must be a whole number from 7 to 36493 days, got 3",
        '  firstVersionExpiresOn must be a date such as 2028-01-31T00:00:00Z, got "tomorrow"',
        '  location must be left to the vault, where a vault is given, got "northeurope"',
      ),
    );
  });

  test("a version that ends before its successor is a week old", () => {
    expect(errorOf((stack) => new AzureKey(stack, "sales", { rotationDays: 90, expireAfterDays: 96 }))).toBe(
      "lake/sales has 1 problem\n  expireAfterDays must be at least 97, a week more than the 90 days to the next rotation, got 96",
    );
  });
});

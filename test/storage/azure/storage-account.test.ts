import { AzurermProvider, type AzurermProviderConfig } from "@cdktf/provider-azurerm/lib/provider";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { TerraformStack, TerraformVariable, type App } from "cdktf";
import fc from "fast-check";
import { useEnvironment } from "../../../lib/core/environment";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { StorageNetwork } from "../../../lib/storage/azure/network";
import type { AccountReplication } from "../../../lib/storage/azure/replication";
import { AzureStorageAccount, type AzureStorageAccountProps } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import { type Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AZURE } from "../clouds/azure";
import { PROD, stackOn, templateOn } from "../clouds/cloud";

const accountWith = (props: AzureStorageAccountProps = {}): Template =>
  templateOn(AZURE, (stack) => new AzureStorageAccount(stack, "lake", props));
const errorOf = (props: object): string => messageOf(() => accountWith(props));

describe("a storage account", () => {
  test("is secure, double-encrypted, versioned and replicated by default, as a whole", () => {
    expect(accountWith({ accountName: "acmelakeprod" }).only(StorageAccount).attributes).toEqual({
      access_tier: "Hot",
      account_kind: "StorageV2",
      account_replication_type: "GRS",
      account_tier: "Standard",
      allow_nested_items_to_be_public: false,
      blob_properties: {
        container_delete_retention_policy: { days: 30 },
        delete_retention_policy: { days: 7 },
        versioning_enabled: true,
      },
      cross_tenant_replication_enabled: false,
      default_to_oauth_authentication: true,
      https_traffic_only_enabled: true,
      infrastructure_encryption_enabled: true,
      lifecycle: { prevent_destroy: true },
      local_user_enabled: false,
      location: "westeurope",
      min_tls_version: "TLS1_2",
      name: "acmelakeprod",
      network_rules: { bypass: ["AzureServices"], default_action: "Deny" },
      public_network_access_enabled: false,
      resource_group_name: "rg-prod",
      sas_policy: { expiration_action: "Log", expiration_period: "1.00:00:00" },
      shared_access_key_enabled: false,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("stands where its props say, before the environment", () => {
    const account = accountWith({ resourceGroupName: "rg-dr", location: "northeurope" }).only(StorageAccount);
    expect([account.get("resource_group_name"), account.get("location")]).toEqual(["rg-dr", "northeurope"]);
  });

  test("has no management policy before it has a bucket", () => {
    expect(accountWith().count(StorageManagementPolicy)).toBe(0);
  });

  test("has a name of its path, 24 letters and digits at most", () => {
    const template = templateOn(AZURE, (stack) => {
      new AzureStorageAccount(stack, "Sales_and-orders of the lake");
    });
    expect(template.only(StorageAccount).get("name")).toMatch(/^lakesalesandorde[0-9a-f]{8}$/);
  });

  test.each([["Acme"], ["ab"], ["acme-lake"], ["a".repeat(25)]])("refuses the name %s", (accountName) => {
    expect(errorOf({ accountName })).toBe(
      `lake/lake has 1 problem\n  accountName must be 3-24 lower-case letters or digits, got "${accountName}"`,
    );
  });

  test("refuses a replication and a network that are none", () => {
    expect(errorOf({ replication: "local", network: true })).toBe(
      lines(
        "lake/lake has 2 problems",
        '  replication must be one of "LRS", "ZRS", "GRS", "GZRS", "RAGRS", "RAGZRS", got "local"',
        "  network must be StorageNetwork.closed() or StorageNetwork.selected({ ipRanges, subnetIds }), got true",
      ),
    );
  });

  test("needs a place, and says which declaration is missing", () => {
    const build = (app: App): void => {
      const stack = new TerraformStack(app, "lake");
      AZURE.provider(stack);
      new AzureStorageAccount(stack, "lake");
    };
    expect(messageOf(() => synthApp(build))).toBe(
      "lake/lake has 1 problem\n  environment.azure.resourceGroupName must be declared with useEnvironment(…) on the stack or above the construct, got no environment",
    );
  });

  test("gives its children to moves", () => {
    const app = synthApp((app) => {
      const account = new AzureStorageAccount(stackOn(AZURE, app), "lake");
      expect(account.resources.managementPolicy).toBeUndefined();
      new AzureBucket(account, "pos", { account, bucketName: "pos" });
      account.resources.managementPolicy?.moveFromId("azurerm_storage_management_policy.old");
    });
    expect(app.stack("lake")["moved"]).toEqual([
      {
        from: "azurerm_storage_management_policy.old",
        to: "azurerm_storage_management_policy.lake_ManagementPolicy_26809F91",
      },
    ]);
  });
});

test("an account answers to whatever it is given with an error of its own, or is made", () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 2 });
  const names = [
    "accountName",
    "replication",
    "network",
    "encryption",
    "namespace",
    "tenantCopies",
    "tags",
    "dataRemoval",
  ];
  names.push("location", "resourceGroupName");
  const junk = fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
  fc.assert(
    fc.property(junk, (props) => {
      const message = messageOf(() => {
        accountWith(props);
        throw new Error("lake/lake was made");
      });
      expect(message).toMatch(/^lake\/lake (has \d+ problems?\n|was made)/);
    }),
    { numRuns: 100, seed: 3 },
  );
});

describe("its network", () => {
  test("is opened to selected addresses and subnets alone", () => {
    const template = templateOn(AZURE, (stack) => {
      const subnet = new TerraformVariable(stack, "subnet", {}).stringValue;
      const ipRanges = ["203.0.113.7", "198.51.100.0/24"];
      new AzureStorageAccount(stack, "lake", { network: StorageNetwork.selected({ ipRanges, subnetIds: [subnet] }) });
    });
    const account = template.only(StorageAccount);
    expect(account.get("public_network_access_enabled")).toBe(true);
    expect(account.get("network_rules")).toEqual({
      bypass: ["AzureServices"],
      default_action: "Deny",
      ip_rules: ["203.0.113.7", "198.51.100.0/24"],
      virtual_network_subnet_ids: ["${var.subnet}"],
    });
  });

  test.each([
    ["0.0.0.0/0"],
    ["0.0.0.0"],
    ["10.1.2.3"],
    ["172.16.0.0/16"],
    ["172.31.255.1"],
    ["192.168.1.1"],
    ["169.254.169.254"],
    ["127.0.0.1"],
    ["203.0.113.7/31"],
    ["203.0.113.0/7"],
    ["203.0.113"],
    ["203.0.113.256"],
    ["203.0.113.1.2"],
    ["2001:db8::1"],
    ["everybody"],
  ])("refuses %s", (range) => {
    expect(errorOf({ network: StorageNetwork.selected({ ipRanges: [range] }) })).toBe(
      `lake/lake has 1 problem\n  network.ipRanges[0] must be a public IPv4 address or a range of them from /8 to /30, got "${range}"`,
    );
  });

  test.each([["8.8.8.8"], ["172.32.0.1"], ["172.15.0.0/16"], ["9.0.0.0/8"], ["203.0.113.4/30"]])(
    "takes %s",
    (range) => {
      const account = accountWith({ network: StorageNetwork.selected({ ipRanges: [range] }) }).only(StorageAccount);
      expect(account.get("network_rules.ip_rules")).toEqual([range]);
    },
  );

  test("that is selected has something in it, and not too much", () => {
    expect(errorOf({ network: StorageNetwork.selected({}) })).toBe(
      'lake/lake has 1 problem\n  network must be selected with at least one range or subnet, or closed, got "none"',
    );
    const ipRanges = Array.from({ length: 401 }, (_, index) => `203.0.${String(index >> 8)}.${String(index & 255)}`);
    expect(errorOf({ network: StorageNetwork.selected({ ipRanges }) })).toBe(
      "lake/lake has 1 problem\n  network must be at most 400 entries of a kind, got 401",
    );
  });
});

describe("its replication", () => {
  const archivingIn = (replication: AccountReplication): Template =>
    templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake", { replication });
      const lifecycle = [{ transitions: [{ tier: "archive", afterDays: 90 } as const] }];
      new AzureBucket(stack, "pos", { account, bucketName: "pos", lifecycle });
    });

  test.each(["LRS", "GRS", "RAGRS"] as const)("%s has an archive", (replication) => {
    expect(archivingIn(replication).only(StorageAccount).get("account_replication_type")).toBe(replication);
  });

  test.each(["ZRS", "GZRS", "RAGZRS"] as const)("%s has none", (replication) => {
    expect(messageOf(() => archivingIn(replication))).toBe(
      `lake/pos has 1 problem\n  lifecycle[0].transitions[0].tier must be a tier of Azure with ${replication}, which has no ARCHIVE (the nearest is COLD), got "archive"`,
    );
  });
});

describe("its provider", () => {
  const withProvider = (config: Partial<AzurermProviderConfig>, props: AzureStorageAccountProps = {}) => {
    const build = (app: App): void => {
      const stack = new TerraformStack(app, "lake");
      useEnvironment(stack, PROD);
      new AzureStorageAccount(stack, "one", props);
      new AzureStorageAccount(stack, "two", props);
      new AzurermProvider(stack, "azurerm", { features: [{}], ...config });
    };
    return (): unknown => synthApp(build);
  };
  const KEYS =
    "the azurerm provider lake/azurerm must say storageUseAzuread: true, because the storage accounts of its stack accept no shared keys, got undefined";
  const DATA_PLANE =
    "the azurerm provider lake/azurerm must say features: [{ storage: [{ dataPlaneAvailable: false }] }], because storage accounts of its stack have no public address at which the provider could wait for their data, got undefined";
  const failed = (...problems: readonly string[]): string =>
    lines(
      "Validation failed with the following errors:",
      ...problems.map((problem) => `  [lake] ${problem}`),
      "",
      "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
      "",
    );

  test("must not ask for keys, nor wait for data that it cannot reach: two fixes, each said once", () => {
    expect(messageOf(withProvider({}))).toBe(failed(KEYS, DATA_PLANE));
  });

  test("may wait for data of accounts that have a public address", () => {
    const network = StorageNetwork.selected({ ipRanges: ["203.0.113.7"] });
    expect(messageOf(withProvider({}, { network }))).toBe(failed(KEYS));
    expect(withProvider({ storageUseAzuread: true }, { network })).not.toThrow();
  });

  test("is fine with both said, or left to Terraform", () => {
    const features = [{ storage: [{ dataPlaneAvailable: false }] }];
    expect(withProvider({ storageUseAzuread: true, features })).not.toThrow();
    const later = (app: App): void => {
      const stack = stackOn(AZURE, app, "other");
      const lake = new TerraformStack(app, "lake");
      useEnvironment(lake, PROD);
      const flag = new TerraformVariable(lake, "flag", {}).booleanValue;
      new AzurermProvider(lake, "azurerm", {
        features: [{ storage: [{ dataPlaneAvailable: flag }] }],
        storageUseAzuread: flag,
      });
      new AzureStorageAccount(lake, "one");
      new AzureStorageAccount(stack, "two");
    };
    expect(() => synthApp(later)).not.toThrow();
  });

  test("is the one that the account uses: another one of the stack may be different", () => {
    const build = (app: App): void => {
      const stack = stackOn(AZURE, app);
      const provider = new AzurermProvider(stack, "dns", { alias: "dns", features: [{}] });
      new AzureStorageAccount(stack, "lake");
      new AzureStorageAccount(stack, "second", { provider });
    };
    expect(messageOf(() => synthApp(build))).toBe(
      failed(KEYS.replace("lake/azurerm", "lake/dns"), DATA_PLANE.replace("lake/azurerm", "lake/dns")),
    );
  });
});

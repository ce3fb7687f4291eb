import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { TerraformVariable, type App, type TerraformStack } from "cdktf";
import { claim } from "../../../lib/core/claim";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { StorageTier } from "../../../lib/storage/tier";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { messageOf } from "../../support/messages";
import { AZURE, policyRules } from "../clouds/azure";
import { stackOn, templateOn } from "../clouds/cloud";
import { danglingReferences } from "../references";

const COOLING = [{ prefix: "raw/", transitions: [{ tier: StorageTier.COOL, afterDays: 30 }], expireAfterDays: 730 }];
const errorOf = (build: (stack: TerraformStack, app: App) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app), app)));

describe("the management policy of an account", () => {
  test("is one, with the rules of all its buckets in the order of their names", () => {
    const template = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      new AzureBucket(stack, "sales", { account, bucketName: "sales", lifecycle: COOLING });
      new AzureBucket(stack, "pos", { account, bucketName: "pos", noncurrentVersions: { expireAfterDays: 14 } });
    });
    expect(template.count(StorageContainer)).toBe(2);
    expect(policyRules(template)).toEqual([
      {
        name: "pos--housekeeping",
        enabled: true,
        filters: { blob_types: ["blockBlob", "appendBlob"], prefix_match: ["pos/"] },
        actions: { version: { delete_after_days_since_creation: 14 } },
      },
      {
        name: "sales--housekeeping",
        enabled: true,
        filters: { blob_types: ["blockBlob", "appendBlob"], prefix_match: ["sales/"] },
        actions: { version: { delete_after_days_since_creation: 90 } },
      },
      {
        name: "sales--raw",
        enabled: true,
        filters: { blob_types: ["blockBlob"], prefix_match: ["sales/raw/"] },
        actions: {
          base_blob: {
            tier_to_cool_after_days_since_modification_greater_than: 30,
            delete_after_days_since_modification_greater_than: 730,
          },
        },
      },
    ]);
  });

  test("does not depend on the order in which the buckets are made", () => {
    const inOrder = (names: readonly string[]): unknown =>
      policyRules(
        templateOn(AZURE, (stack) => {
          const account = new AzureStorageAccount(stack, "lake");
          for (const name of names) new AzureBucket(stack, name, { account, bucketName: name, lifecycle: COOLING });
        }),
      );
    expect(inOrder(["pos", "sales", "pos-old"])).toEqual(inOrder(["pos-old", "sales", "pos"]));
  });

  test("tells the containers pos and pos-raw from each other", () => {
    const template = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      new AzureBucket(stack, "a", { account, bucketName: "pos-raw", lifecycle: [{ expireAfterDays: 1 }] });
      new AzureBucket(stack, "b", {
        account,
        bucketName: "pos",
        lifecycle: [{ prefix: "raw-all/", expireAfterDays: 1 }],
      });
    });
    expect(policyRules(template).map(({ name, filters }) => [name, ...filters.prefix_match])).toEqual([
      ["pos--housekeeping", "pos/"],
      ["pos--raw-all", "pos/raw-all/"],
      ["pos-raw--all", "pos-raw/"],
      ["pos-raw--housekeeping", "pos-raw/"],
    ]);
  });

  test("holds the rules of buckets in other stacks by literals, so that their stack waits for the account's alone", () => {
    const app = synthApp((app) => {
      const account = new AzureStorageAccount(stackOn(AZURE, app), "lake");
      new AzureBucket(stackOn(AZURE, app, "use"), "pos", { account, bucketName: "pos", lifecycle: COOLING });
    });
    const rules = policyRules(Template.of(app.stack("lake")));
    expect(rules.map(({ filters }) => filters.prefix_match)).toEqual([["pos/"], ["pos/raw/"]]);
    expect(app.dependencies("use")).toEqual(["lake"]);
    expect(app.dependencies("lake")).toEqual([]);
    expect(danglingReferences(app.stack("lake"))).toEqual([]);
    expect(danglingReferences(app.stack("use"))).toEqual([]);
    Template.of(app.stack("use")).none(StorageManagementPolicy);
  });

  test("takes a name that Terraform alone knows in its own stack, and refuses it from another one", () => {
    const template = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      const bucketName = new TerraformVariable(stack, "name", {}).stringValue;
      new AzureBucket(stack, "pos", { account, bucketName, lifecycle: COOLING });
    });
    expect(policyRules(template).map(({ name, filters }) => [name, ...filters.prefix_match])).toEqual([
      ["9a7d847e--housekeeping", "${var.name}/"],
      ["9a7d847e--raw", "${var.name}/raw/"],
    ]);
    const message = errorOf((stack, app) => {
      const account = new AzureStorageAccount(stack, "lake");
      const use = stackOn(AZURE, app, "use");
      new AzureBucket(use, "pos", { account, bucketName: new TerraformVariable(use, "name", {}).stringValue });
    });
    expect(message).toBe(
      "use/pos has 1 problem\n  bucketName must be a literal value, because the management policy of lake/lake in another stack names the container, got a token (a value known only to Terraform)",
    );
  });

  test("has at most 100 rules", () => {
    const lifecycle = Array.from({ length: 49 }, (_, index) => ({ prefix: `p${String(index)}/`, expireAfterDays: 1 }));
    const message = errorOf((stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      new AzureBucket(stack, "a", { account, bucketName: "aaa", lifecycle });
      new AzureBucket(stack, "b", { account, bucketName: "bbb", lifecycle });
      new AzureBucket(stack, "c", { account, bucketName: "ccc" });
    });
    expect(message).toBe(
      "lake/c has 1 problem\n  lifecycle must be at most 100 rules with all other buckets of lake/lake, one of each for its versions, got 101",
    );
  });

  test("has one owner in the app", () => {
    const message = errorOf((stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      claim(new AzureManagedIdentity(stack, "second"), StorageManagementPolicy.tfResourceType, account.path);
    });
    expect(message).toBe(
      'lake/second has 1 problem\n  azurerm_storage_management_policy of "lake/lake" must have one owner, because the server keeps one and the last writer wins, got lake/lake and lake/second',
    );
  });
});

describe("a container", () => {
  test("of one name is there once in an account", () => {
    const message = errorOf((stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      new AzureBucket(stack, "a", { account, bucketName: "pos" });
      new AzureBucket(stack, "b", { account, bucketName: "pos" });
    });
    expect(message).toBe(
      'lake/b has 1 problem\n  azurerm_storage_container of "lake/lake/pos" must have one owner, because the server keeps one and the last writer wins, got lake/a and lake/b',
    );
  });
});

describe("the management policy of an account that is referred to", () => {
  const inReferred =
    (props: object, policyAgrees?: boolean) =>
    (app: App): void => {
      const stack = stackOn(AZURE, app);
      const account = AzureStorageAccount.fromAccountAttributes(stack, "old", {
        accountName: "acmelegacy",
        policyAgrees,
      });
      new AzureBucket(stack, "pos", { account, bucketName: "pos", ...props });
    };
  const VERSIONS =
    '{"name":"pos--housekeeping","enabled":true,"filters":{"blobTypes":["blockBlob","appendBlob"],"prefixMatch":["pos/"]},"actions":{"version":{"deleteAfterDaysSinceCreation":90}}}';

  test("is not written: its owner is told what to add", () => {
    expect(messageOf(() => synthApp(inReferred({ lifecycle: [{ prefix: "tmp/", expireAfterDays: 1 }] })))).toBe(
      'lake/pos has 1 problem\n  the management policy of "acmelegacy" must be changed by its owner, because the account is only referred to here, got a lifecycle for "pos"; the owner adds ' +
        '{"name":"pos--tmp","enabled":true,"filters":{"blobTypes":["blockBlob"],"prefixMatch":["pos/tmp/"]},"actions":{"baseBlob":{"deleteAfterDaysSinceModificationGreaterThan":1}}}' +
        ` and ${VERSIONS}, and policyAgrees: true says so here`,
    );
  });

  test("is missed by the versions of a bucket without a lifecycle, which is noted", () => {
    const app = synthApp(inReferred({}));
    Template.of(app.stack("lake")).none(StorageManagementPolicy);
    expect(app.annotations("lake")).toEqual([
      {
        constructPath: "lake/pos",
        level: "info",
        message: `Versions are kept for ever unless the owner of "acmelegacy" removes them: the owner adds ${VERSIONS}, and policyAgrees: true says so here.`,
      },
    ]);
  });

  test("needs nothing once its owner has agreed", () => {
    const app = synthApp(inReferred({ lifecycle: COOLING }, true));
    const template = Template.of(app.stack("lake"));
    template.none(StorageManagementPolicy);
    expect(app.annotations("lake")).toEqual([]);
    expect(template.only(StorageContainer).get("storage_account_id")).toBe(
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-prod/providers/Microsoft.Storage/storageAccounts/acmelegacy",
    );
  });
});

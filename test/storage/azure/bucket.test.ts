import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import type { TerraformStack } from "cdktf";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import { lines, messageOf } from "../../support/messages";
import { AZURE } from "../clouds/azure";
import { stackOn, templateOn } from "../clouds/cloud";

const errorOf = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app))));
const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

describe("a blob container", () => {
  test("has an account of its own, unless one is given", () => {
    const template = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      const own = new AzureBucket(stack, "own", { location: "northeurope", tags: { owner: "sales" } });
      const shared = new AzureBucket(stack, "shared", { account });
      expect(own.ownAccount).toBe(own.account);
      expect([shared.ownAccount, shared.account]).toEqual([undefined, account]);
    });
    expect(template.count(StorageAccount)).toBe(2);
    const own = template.only(StorageAccount, { path: "own/Account" });
    expect([own.get("location"), own.get("tags.Owner")]).toEqual(["northeurope", "sales"]);
    expect(template.only(StorageContainer, { path: "shared" }).attributes).toEqual({
      container_access_type: "private",
      lifecycle: { prevent_destroy: true },
      name: "lake-shared-45f60db4",
      storage_account_id: "${azurerm_storage_account.lake_DBDDD6F6.id}",
    });
  });

  test("leaves to a given account what is the account's", () => {
    const message = errorOf((stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      new AzureBucket(stack, "pos", { account, tags: { owner: "sales" }, location: "northeurope" });
    });
    expect(message).toBe(
      lines(
        "lake/pos has 2 problems",
        '  tags must be left to the account, where an account is given, got {"owner":"sales"}',
        '  location must be left to the account, where an account is given, got "northeurope"',
      ),
    );
  });

  test("refuses an account that is none", () => {
    expect(errorOf((stack) => new AzureBucket(stack, "pos", { account: "acmelake" as never }))).toBe(
      'lake/pos has 1 problem\n  account must be an AzureStorageAccount, own or referred to, got "acmelake"',
    );
  });

  test("has no deep archive", () => {
    const lifecycle = [{ transitions: [{ tier: "deep-archive", afterDays: 180 } as const] }];
    expect(errorOf((stack) => new AzureBucket(stack, "pos", { lifecycle }))).toBe(
      'lake/pos has 1 problem\n  lifecycle[0].transitions[0].tier must be a tier of Azure, which has no DEEP_ARCHIVE (the nearest is ARCHIVE), got "deep-archive"',
    );
  });

  test("has its incomplete uploads removed after a week, which cannot be said otherwise", () => {
    templateOn(AZURE, (stack) => new AzureBucket(stack, "pos", { abortIncompleteUploadsAfterDays: 7 }));
    expect(errorOf((stack) => new AzureBucket(stack, "pos", { abortIncompleteUploadsAfterDays: 3 }))).toBe(
      "lake/pos has 1 problem\n  abortIncompleteUploadsAfterDays must be 7 on Azure, which removes the blocks of incomplete uploads after a week by itself, got 3",
    );
  });

  test("is refused with two hyphens in a row", () => {
    expect(errorOf((stack) => new AzureBucket(stack, "pos", { bucketName: "pos--raw" }))).toBe(
      'lake/pos has 1 problem\n  bucketName must be 3-63 lower-case letters, digits or single hyphens, a letter or digit first and last, got "pos--raw"',
    );
  });
});

describe("grants on a blob container", () => {
  test("of several prefixes share the one assignment that Azure has for a role, a scope and an identity", () => {
    const template = templateOn(AZURE, (stack) => {
      const bucket = new AzureBucket(stack, "pos");
      const identity = new AzureManagedIdentity(stack, "service");
      bucket.grants.write(identity, { prefix: "raw/" });
      bucket.grants.write(identity, { prefix: "clean/" });
    });
    const path = `@Resource[${BLOBS}:path] StringStartsWith`;
    expect(template.only(RoleAssignment).get("condition")).toBe(
      `((!(ActionMatches{'${BLOBS}/write'}) AND !(ActionMatches{'${BLOBS}/add/action'})) OR (${path} 'clean/' OR ${path} 'raw/'))`,
    );
  });

  test("of the whole container win over those of prefixes, in any order", () => {
    for (const prefixes of [
      ["", "raw/"],
      ["raw/", ""],
    ]) {
      const template = templateOn(AZURE, (stack) => {
        const bucket = new AzureBucket(stack, "pos");
        const identity = new AzureManagedIdentity(stack, "service");
        for (const prefix of prefixes) bucket.grants.read(identity, { prefix });
      });
      expect(template.only(RoleAssignment).attributes).toEqual({
        principal_id: "${azurerm_user_assigned_identity.service_6D174F83.principal_id}",
        principal_type: "ServicePrincipal",
        role_definition_name: "Storage Blob Data Reader",
        scope: "${azurerm_storage_container.pos_A02B06CA.id}",
      });
    }
  });

  test("share the definition of a role for all containers of an account", () => {
    const template = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      const identity = new AzureManagedIdentity(stack, "service");
      for (const name of ["one", "two"])
        new AzureBucket(stack, name, { account, bucketName: name }).grants.delete(identity);
    });
    expect(template.count(RoleAssignment)).toBe(2);
    const group = '${element(split("/providers/", azurerm_storage_account.lake_DBDDD6F6.id), 0)}';
    expect(template.only(RoleDefinition).attributes).toEqual({
      assignable_scopes: [group],
      name: "delete blobs a861efc4 ${azurerm_user_assigned_identity.service_6D174F83.principal_id}",
      permissions: [{ data_actions: [`${BLOBS}/delete`] }],
      scope: group,
    });
  });

  test("are refused on a prefix that a condition could not hold", () => {
    const message = errorOf((stack) => {
      new AzureBucket(stack, "pos").grants.read(new AzureManagedIdentity(stack, "service"), { prefix: "it's/" });
    });
    expect(message).toBe(
      'lake/pos has 1 problem\n  prefix must be without single quotes, which conditions of Azure cannot hold, got "it\'s/"',
    );
  });

  test("are refused on more prefixes than a condition can hold", () => {
    const message = errorOf((stack) => {
      const bucket = new AzureBucket(stack, "pos");
      const identity = new AzureManagedIdentity(stack, "service");
      for (let index = 0; index < 9; index += 1)
        bucket.grants.delete(identity, { prefix: `${"p".repeat(1000)}${String(index)}/` });
    });
    expect(message).toBe(
      "lake/service has 1 problem\n  delete on lake/pos: the condition must be at most 8192 characters, got 8936 for 8 parts; grant on wider prefixes",
    );
  });

  test("on a container that exists name it by its resource id", () => {
    const template = templateOn(AZURE, (stack) => {
      const bucket = AzureBucket.fromBucketAttributes(stack, "old", {
        bucketName: "legacy",
        accountName: "acmelegacy",
        resourceGroupName: "rg-legacy",
        subscriptionId: "11111111-0000-0000-0000-000000000001",
      });
      bucket.grants.write(new AzureManagedIdentity(stack, "service"));
    });
    const group = "/subscriptions/11111111-0000-0000-0000-000000000001/resourceGroups/rg-legacy";
    expect(template.only(RoleAssignment).get("scope")).toBe(
      `${group}/providers/Microsoft.Storage/storageAccounts/acmelegacy/blobServices/default/containers/legacy`,
    );
    expect(template.only(RoleDefinition).get("assignable_scopes")).toEqual([group]);
  });
});

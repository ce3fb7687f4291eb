import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageObjectReplication } from "@cdktf/provider-azurerm/lib/storage-object-replication";
import type { App, TerraformStack } from "cdktf";
import { BlobReplication } from "../../../lib/replication/azure/blob-replication";
import type { BlobCopy } from "../../../lib/replication/azure/blob-copy";
import { CopiedSince } from "../../../lib/replication/azure/copied-since";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AccountNamespace } from "../../../lib/storage/azure/namespace";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import { AZURE } from "../../storage/clouds/azure";
import { stackOn, templateOn } from "../../storage/clouds/cloud";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const bucketIn = (stack: TerraformStack, id: string, namespace?: AccountNamespace): AzureBucket =>
  new AzureBucket(stack, id, {
    account: new AzureStorageAccount(stack, `${id}-account`, { namespace }),
    bucketName: id,
  });
const replicate = (stack: TerraformStack, copies: readonly BlobCopy[], id = "dr"): BlobReplication =>
  new BlobReplication(stack, id, { copies });
const errorOf = (build: (stack: TerraformStack, app: App) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app), app)));

describe("object replication", () => {
  const template = templateOn(AZURE, (stack) => {
    const from = bucketIn(stack, "pos");
    const to = bucketIn(stack, "copy");
    replicate(stack, [{ from, to, prefixes: ["raw/", "clean/"], since: CopiedSince.time("2026-01-31T00:00:00Z") }]);
  });

  test("copies what begins with the prefixes, from a time on", () => {
    expect(template.only(StorageObjectReplication).get("rules")).toEqual([
      {
        copy_blobs_created_after: "2026-01-31T00:00:00Z",
        destination_container_name: "${azurerm_storage_container.copy_DD9954EA.name}",
        filter_out_blobs_with_prefix: ["clean/", "raw/"],
        source_container_name: "${azurerm_storage_container.pos_A02B06CA.name}",
      },
    ]);
  });

  test("switches the change feed on where it reads, and has versions at both ends; never another tenant", () => {
    const settings = (path: string): unknown => {
      const account = template.only(StorageAccount, { path });
      return [
        account.get("blob_properties.versioning_enabled"),
        account.attributes["blob_properties"],
        account.get("cross_tenant_replication_enabled"),
      ];
    };
    const kept = { container_delete_retention_policy: { days: 30 }, delete_retention_policy: { days: 7 } };
    expect(settings("pos-account")).toEqual([
      true,
      { ...kept, change_feed_enabled: true, versioning_enabled: true },
      false,
    ]);
    expect(settings("copy-account")).toEqual([true, { ...kept, versioning_enabled: true }, false]);
  });

  test("copies what is written from now on, and all of a container, unless told otherwise", () => {
    const plain = templateOn(AZURE, (stack) => {
      replicate(stack, [{ from: bucketIn(stack, "pos"), to: bucketIn(stack, "copy") }]);
    });
    expect(plain.only(StorageObjectReplication).get("rules.0")).toMatchObject({
      copy_blobs_created_after: "OnlyNewObjects",
    });
    expect(plain.only(StorageObjectReplication).has("rules.0.filter_out_blobs_with_prefix")).toBe(false);
    expect(plain.addresses().filter((address) => address.startsWith("azurerm_storage_object_replication"))).toEqual([
      "azurerm_storage_object_replication.dr_F161C73B",
    ]);
  });

  test("stands in a stack of its own too, and makes no cycle", () => {
    const app = synthApp((app) => {
      const from = bucketIn(stackOn(AZURE, app), "pos");
      const to = bucketIn(stackOn(AZURE, app, "west"), "copy");
      replicate(stackOn(AZURE, app, "copies"), [{ from, to }]);
    });
    expect([...app.dependencies("copies")].sort()).toEqual(["lake", "west"]);
    for (const name of ["lake", "west", "copies"]) expect(danglingReferences(app.stack(name))).toEqual([]);
  });

  test("takes accounts that are referred to, once their owners have switched on what it needs", () => {
    const refer = (stack: TerraformStack, id: string, known: object) =>
      AzureBucket.fromBucketAttributes(stack, id, { accountName: `acme${id}`, bucketName: id, ...known });
    const build = (known: object) => (stack: TerraformStack) =>
      replicate(stack, [{ from: refer(stack, "pos", known), to: refer(stack, "copy", known) }]);
    expect(errorOf(build({}))).toBe(
      lines(
        "lake/dr has 3 problems",
        "  copies[0].from must be versioned (one that is referred to says so: versioned: true), got the construct lake/pos",
        "  copies[0].from must be with a change feed (one that is referred to says so: changeFeed: true), got the construct lake/pos",
        "  copies[0].to must be versioned (one that is referred to says so: versioned: true), got the construct lake/copy",
      ),
    );
    const agreed = templateOn(AZURE, build({ versioned: true, changeFeed: true }));
    expect(agreed.count(StorageObjectReplication)).toBe(1);
  });
});

describe("fails on", () => {
  test("a hierarchical namespace at either end, and names what copies it", () => {
    const build = (stack: TerraformStack): unknown =>
      replicate(stack, [
        {
          from: bucketIn(stack, "pos", AccountNamespace.HIERARCHICAL),
          to: bucketIn(stack, "copy", AccountNamespace.HIERARCHICAL),
        },
      ]);
    const rule =
      "in an account without a hierarchical namespace, which object replication does not know (AccountReplication.GRS keeps a second region of it, Data Factory copies it elsewhere)";
    expect(errorOf(build)).toBe(
      lines(
        "lake/dr has 2 problems",
        `  copies[0].from must be ${rule}, got the construct lake/pos`,
        `  copies[0].to must be ${rule}, got the construct lake/copy`,
      ),
    );
  });

  test("no copy, and copies of what is no container of Azure", () => {
    expect(errorOf((stack) => replicate(stack, []))).toBe(
      "lake/dr has 1 problem\n  copies must be at least one copy, got []",
    );
    const build = (stack: TerraformStack): unknown =>
      replicate(stack, [{ from: bucketIn(stack, "pos"), to: { bucketArn: "arn" } as never, since: "now" as never }]);
    expect(errorOf(build)).toBe(
      lines(
        "lake/dr has 2 problems",
        '  copies[0].to must be a container of Azure, because Azure replicates to Azure alone (transfers between clouds copy elsewhere), got {"bucketArn":"arn"}',
        '  copies[0].since must be CopiedSince.now(), CopiedSince.ever() or CopiedSince.time(…), got "now"',
      ),
    );
  });

  test("copies within one account, between several pairs, and of one container twice", () => {
    const build = (stack: TerraformStack): unknown => {
      const from = bucketIn(stack, "pos");
      const beside = new AzureBucket(stack, "beside", { account: from.account, bucketName: "beside" });
      const other = bucketIn(stack, "other");
      return replicate(stack, [
        { from, to: beside },
        { from, to: other },
      ]);
    };
    expect(errorOf(build)).toBe(
      lines(
        "lake/dr has 3 problems",
        '  copies[0].to must be in another account than its source, got "lake/pos-account"',
        '  copies[1].to must be in lake/pos-account, as all copies of one replication are between two accounts, got "lake/other-account"',
        '  copies[1] must be the only copy of its container, which Azure copies once, got "lake/pos"',
      ),
    );
  });

  test("a second policy of one pair of accounts, and a third account", () => {
    expect(
      errorOf((stack) => {
        const [from, to] = [bucketIn(stack, "pos"), bucketIn(stack, "copy")];
        const more = new AzureBucket(stack, "more", { account: from.account, bucketName: "more" });
        replicate(stack, [{ from, to }]);
        replicate(stack, [{ from: more, to }], "again");
      }),
    ).toBe(
      'lake/again has 1 problem\n  azurerm_storage_object_replication of "lake/pos-account to lake/copy-account" must have one owner, because the server keeps one and the last writer wins, got lake/dr and lake/again',
    );
    expect(
      errorOf((stack) => {
        const from = bucketIn(stack, "pos");
        for (const id of ["one", "two", "three"]) replicate(stack, [{ from, to: bucketIn(stack, id) }], `to-${id}`);
      }),
    ).toBe(
      "lake/to-three has 1 problem\n  copies must be between accounts that replicate to and from 2 others at most, got 3",
    );
  });

  test("copies that would come back", () => {
    expect(
      errorOf((stack) => {
        const [pos, copy] = [bucketIn(stack, "pos"), bucketIn(stack, "copy")];
        replicate(stack, [{ from: pos, to: copy }]);
        replicate(stack, [{ from: copy, to: pos }], "back");
      }),
    ).toBe(
      'lake/back has 1 problem\n  copies[0] must be apart from what other copies bring here, because copies would be copied again for ever, got lake/back → lake/dr for keys below ""',
    );
  });
});

import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { TerraformOutput } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import type { BlobService } from "../../../lib/storage/azure/blob-service";
import { AccountNamespace, TenantCopies } from "../../../lib/storage/azure/namespace";
import { AzureStorageAccount, type AzureStorageAccountProps } from "../../../lib/storage/azure/storage-account";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AZURE } from "../clouds/azure";
import { DEV, PROD, stackOn, templateOn } from "../clouds/cloud";

const accountWith = (
  props: AzureStorageAccountProps,
  use: (service: BlobService) => void = () => undefined,
  environment = PROD,
): Template =>
  templateOn(
    AZURE,
    (stack) => {
      use(new AzureStorageAccount(stack, "lake", props).blobService);
    },
    environment,
  );
const blobsOf = (template: Template): unknown => template.only(StorageAccount).get("blob_properties");

describe("what an account keeps of its blobs", () => {
  test("is a record of changes, once somebody needs it", () => {
    expect(
      blobsOf(
        accountWith({}, (service) => {
          service.recordChanges();
        }),
      ),
    ).toEqual({
      change_feed_enabled: true,
      container_delete_retention_policy: { days: 30 },
      delete_retention_policy: { days: 7 },
      versioning_enabled: true,
    });
  });

  test("is what restores any point in time, the longest that was asked for, with deleted blobs five days longer", () => {
    const template = accountWith({}, (service) => {
      service.restorable(30);
      service.restorable(14);
    });
    expect(blobsOf(template)).toEqual({
      change_feed_enabled: true,
      container_delete_retention_policy: { days: 30 },
      delete_retention_policy: { days: 35 },
      restore_policy: { days: 30 },
      versioning_enabled: true,
    });
  });

  test("is never less than without", () => {
    expect(
      accountWith({}, (service) => {
        service.restorable(1);
      })
        .only(StorageAccount)
        .get("blob_properties"),
    ).toMatchObject({
      delete_retention_policy: { days: 7 },
      restore_policy: { days: 1 },
    });
  });

  test("restores where data may be removed too, for which deleted blobs are kept", () => {
    const template = accountWith(
      { dataRemoval: DataRemoval.DESTROY },
      (service) => {
        service.restorable(7);
      },
      DEV,
    );
    expect(blobsOf(template)).toEqual({
      change_feed_enabled: true,
      delete_retention_policy: { days: 12 },
      restore_policy: { days: 7 },
      versioning_enabled: true,
    });
  });
});

describe("a hierarchical namespace", () => {
  test("has no versions, which the provider would refuse; what is deleted can be had back", () => {
    const account = accountWith({ namespace: AccountNamespace.HIERARCHICAL }).only(StorageAccount);
    expect(account.get("is_hns_enabled")).toBe(true);
    expect(account.get("blob_properties")).toEqual({
      container_delete_retention_policy: { days: 30 },
      delete_retention_policy: { days: 7 },
    });
  });

  test("has directories that Spark addresses; a flat one has blobs", () => {
    const app = synthApp((app) => {
      const stack = stackOn(AZURE, app);
      const lake = new AzureStorageAccount(stack, "lake", { namespace: AccountNamespace.HIERARCHICAL });
      const flat = new AzureStorageAccount(stack, "flat");
      for (const account of [lake, flat]) {
        const { url } = new AzureBucket(account, "raw", { account, bucketName: "raw" });
        new TerraformOutput(stack, `${account.node.id}-url`, { value: url, staticId: true });
      }
    });
    const outputs = app.stack("lake")["output"] as Readonly<Record<string, { readonly value: string }>>;
    expect(Object.values(outputs).map(({ value }) => value)).toEqual([
      "${azurerm_storage_account.flat_1A361BBD.primary_blob_endpoint}${azurerm_storage_container.flat_raw_C9BF0A79.name}/",
      "abfss://${azurerm_storage_container.lake_raw_DD84DCF2.name}@${azurerm_storage_account.lake_DBDDD6F6.primary_dfs_host}/",
    ]);
  });

  test("is said of an account that is referred to, for the address of its containers", () => {
    templateOn(AZURE, (stack) => {
      const refer = (id: string, namespace?: AccountNamespace): string =>
        AzureBucket.fromBucketAttributes(stack, id, { accountName: "acmeold", bucketName: "raw", namespace }).url;
      expect([refer("a", AccountNamespace.HIERARCHICAL), refer("b")]).toEqual([
        "abfss://raw@acmeold.dfs.core.windows.net/",
        "https://acmeold.blob.core.windows.net/raw/",
      ]);
    });
  });
});

test("copies to other tenants are refused until they are allowed", () => {
  const template = accountWith({ tenantCopies: TenantCopies.ALLOWED });
  expect(template.only(StorageAccount).get("cross_tenant_replication_enabled")).toBe(true);
});

test("fails on a namespace and tenants that are none", () => {
  const props = { namespace: "tree", tenantCopies: true };
  expect(messageOf(() => accountWith(props as never))).toBe(
    lines(
      "lake/lake has 2 problems",
      '  namespace must be one of "flat", "hierarchical", got "tree"',
      '  tenantCopies must be one of "refused", "allowed", got true',
    ),
  );
});

import { DataProtectionBackupInstanceBlobStorage } from "@cdktf/provider-azurerm/lib/data-protection-backup-instance-blob-storage";
import { DataProtectionBackupPolicyBlobStorage } from "@cdktf/provider-azurerm/lib/data-protection-backup-policy-blob-storage";
import { DataProtectionBackupVault } from "@cdktf/provider-azurerm/lib/data-protection-backup-vault";
import { EventgridSystemTopic } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic";
import { EventgridSystemTopicEventSubscription } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic-event-subscription";
import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageContainerImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { StorageObjectReplication } from "@cdktf/provider-azurerm/lib/storage-object-replication";
import type { App } from "cdktf";
import { build as backup } from "../../examples/azure-backup";
import { build as events } from "../../examples/azure-events";
import { build as keys } from "../../examples/azure-keys";
import { build as retention } from "../../examples/azure-retention";
import { build as replication } from "../../examples/azure-replication";
import { build as threeClouds } from "../../examples/three-clouds";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

const templateOf = (build: (app: App) => void, stack: string): Template => Template.of(synthApp(build).stack(stack));

describe("one declaration on three clouds", () => {
  const template = templateOf(threeClouds, "three-clouds");

  test("row 1: a private container, among the buckets of one lifecycle", () => {
    expect(template.only(StorageContainer).get("container_access_type")).toBe("private");
    expect(template.only(StorageContainer).get("name")).toBe("pos");
  });

  test("rows 8 and 9: Cool after 30 days, Archive after 90, word for word as the others", () => {
    expect(template.only(StorageManagementPolicy).get("rule.1.actions.base_blob")).toMatchObject({
      tier_to_cool_after_days_since_modification_greater_than: 30,
      tier_to_archive_after_days_since_modification_greater_than: 90,
    });
  });

  test("row 19: removed after the days that are said, versions after 90", () => {
    const rules = template.only(StorageManagementPolicy).get("rule");
    expect(rules).toEqual([
      expect.objectContaining({ actions: { version: { delete_after_days_since_creation: 90 } } }),
      expect.objectContaining({
        actions: {
          base_blob: expect.objectContaining({ delete_after_days_since_modification_greater_than: 730 }) as object,
        },
      }),
    ]);
  });
});

describe("keys", () => {
  const template = templateOf(keys, "azure-keys");

  test("row 13: a key of one's own for the account, rotated every 90 days", () => {
    const key = template.only(KeyVaultKey);
    expect(key.get("rotation_policy.automatic.time_after_creation")).toBe("P90D");
    expect(template.only(StorageAccount).get("customer_managed_key.key_vault_key_id")).toBe(
      `\${${key.address}.versionless_id}`,
    );
  });
});

describe("a Data Lake", () => {
  const template = templateOf(events, "azure-events");

  test("row 15: a hierarchical namespace, and a file system made through the resource manager", () => {
    const lake = template.only(StorageAccount, { path: "lake" });
    expect(lake.get("is_hns_enabled")).toBe(true);
    expect(lake.has("blob_properties.versioning_enabled")).toBe(false);
    expect(template.only(StorageContainer, { path: "raw" }).get("storage_account_id")).toBe(`\${${lake.address}.id}`);
  });

  test("row 24: new files below a prefix with .csv last, told to a queue", () => {
    expect(template.count(EventgridSystemTopic)).toBe(1);
    const news = template.only(EventgridSystemTopicEventSubscription, { path: "csv" });
    expect(news.get("included_event_types")).toEqual(["Microsoft.Storage.BlobCreated"]);
    expect(news.get("subject_filter.subject_begins_with")).toMatch(/\/blobs\/pos\/$/);
    expect(news.get("subject_filter.subject_ends_with")).toBe(".csv");
    expect(news.get("storage_queue_endpoint.queue_name")).toMatch(/azurerm_storage_queue\.arrivals_/);
  });

  test("row 22: each kind of content to an engine of its own, by an Event Grid filter", () => {
    const routed = template.only(EventgridSystemTopicEventSubscription, { path: "pictures" });
    expect(routed.get("advanced_filter.string_begins_with")).toEqual([
      { key: "data.contentType", values: ["image/jpeg", "image/png"] },
    ]);
  });
});

describe("what is kept", () => {
  const template = templateOf(retention, "azure-retention");
  const rule = (name: string): unknown =>
    (template.only(StorageManagementPolicy).get("rule") as readonly { readonly name: string }[]).find(
      (one) => one.name === name,
    );

  test("row 12: an immutability policy, unlocked, 30 days; locked where nobody may lift it", () => {
    const policy = (path: string) => template.only(StorageContainerImmutabilityPolicy, { path });
    expect([policy("ledger").get("immutability_period_in_days"), policy("ledger").get("locked")]).toEqual([30, false]);
    expect(policy("audit").get("locked")).toBe(true);
  });

  test("row 53: snapshots hot for 90 days, then cold until 365", () => {
    expect(rule("curated--housekeeping--snapshots")).toMatchObject({
      actions: {
        snapshot: {
          tier_to_cold_after_days_since_creation_greater_than: 90,
          delete_after_days_since_creation_greater_than: 365,
        },
      },
    });
  });

  test("row 11: a rule for blobs that carry the index tags class=training and tier=hot", () => {
    const rules = template.only(StorageManagementPolicy).get("rule");
    expect(rules).toContainEqual(
      expect.objectContaining({
        filters: expect.objectContaining({
          match_blob_index_tag: [
            { name: "class", operation: "==", value: "training" },
            { name: "tier", operation: "==", value: "hot" },
          ],
        }) as object,
      }),
    );
  });
});

describe("copies in a second region", () => {
  const template = templateOf(replication, "azure-replication");

  test("row 33: object replication from a primary to a secondary account, versions at both ends, change feed at the source", () => {
    const account = (path: string) => template.only(StorageAccount, { path });
    const policy = template.only(StorageObjectReplication);
    expect([policy.get("source_storage_account_id"), policy.get("destination_storage_account_id")]).toEqual([
      `\${${account("primary").address}.id}`,
      `\${${account("secondary").address}.id}`,
    ]);
    expect(account("primary").get("blob_properties")).toMatchObject({
      change_feed_enabled: true,
      versioning_enabled: true,
    });
    expect(account("secondary").get("blob_properties.versioning_enabled")).toBe(true);
    expect([account("primary").get("location"), account("secondary").get("location")]).toEqual([
      "westeurope",
      "northeurope",
    ]);
  });

  test("row 34: geo-redundant accounts, GRS unless told, RAGRS where the copy is read", () => {
    expect(template.only(StorageAccount, { path: "primary" }).get("account_replication_type")).toBe("GRS");
    expect(template.only(StorageAccount, { path: "geo" }).get("account_replication_type")).toBe("RAGRS");
  });
});

describe("backup", () => {
  const template = templateOf(backup, "azure-backup");

  test("row 46: a vault in two regions, any point of 30 days, daily copies for 90, of an account that says what it takes", () => {
    expect(template.only(DataProtectionBackupVault).get("redundancy")).toBe("GeoRedundant");
    expect(template.only(DataProtectionBackupPolicyBlobStorage).attributes).toMatchObject({
      backup_repeating_time_intervals: ["R/2024-01-01T03:00:00+00:00/P1D"],
      operational_default_retention_duration: "P30D",
      vault_default_retention_duration: "P90D",
    });
    expect(template.only(DataProtectionBackupInstanceBlobStorage).get("storage_account_id")).toBe(
      `\${${template.only(StorageAccount).address}.id}`,
    );
    expect(template.only(StorageAccount).get("blob_properties.restore_policy.days")).toBe(30);
  });
});

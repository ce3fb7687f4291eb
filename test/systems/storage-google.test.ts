import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";
import { build } from "../../examples/google-storage";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

const template = Template.of(synthApp(build).stack("google-storage"));
const bucket = (path: string) => template.only(StorageBucket, { path });

describe("storage of Google", () => {
  test("row 1: a bucket in US, STANDARD, with uniform access", () => {
    expect(bucket("lake").attributes).toMatchObject({
      name: "company-primary-data-lake",
      location: "US",
      storage_class: "STANDARD",
      uniform_bucket_level_access: true,
    });
  });

  test("row 8: Nearline for what is cold after 30 days", () => {
    expect(bucket("ledger").get("lifecycle_rule.0")).toEqual({
      action: { type: "SetStorageClass", storage_class: "NEARLINE" },
      condition: { age: 30, with_state: "LIVE" },
    });
  });

  test("row 10: classes by access", () => {
    expect(bucket("models").get("autoclass")).toEqual({ enabled: true, terminal_storage_class: "ARCHIVE" });
  });

  test("row 12: 30 days locked, and a retention of its own for each object", () => {
    expect(bucket("ledger").get("retention_policy")).toEqual({ retention_period: 2_592_000, is_locked: true });
    expect(bucket("ledger").get("enable_object_retention")).toBe(true);
  });

  test("row 13: a key of one's own, rotated every 7776000 seconds", () => {
    expect(template.only(KmsCryptoKey).get("rotation_period")).toBe("7776000s");
    expect(bucket("orders").get("encryption.default_kms_key_name")).toBe(
      `\${${template.only(KmsCryptoKey).address}.id}`,
    );
  });

  test("row 19: logs go after 90 days", () => {
    expect(bucket("access-logs").get("lifecycle_rule.0")).toMatchObject({
      action: { type: "Delete" },
      condition: { age: 90 },
    });
  });

  test("row 24: OBJECT_FINALIZE below raw/", () => {
    const notification = template.only(StorageNotification);
    expect(notification.get("event_types")).toEqual(["OBJECT_FINALIZE"]);
    expect(notification.get("object_name_prefix")).toBe("raw/");
    expect(template.addresses().filter((address) => address.includes("Token"))).toEqual([]);
  });

  test("row 29: one region for writes, US for many, and a pair with turbo replication", () => {
    expect(bucket("events").get("location")).toBe("us-central1");
    expect(bucket("models").attributes).toMatchObject({
      location: "US",
      custom_placement_config: { data_locations: ["US-CENTRAL1", "US-EAST1"] },
      rpo: "ASYNC_TURBO",
    });
  });
});

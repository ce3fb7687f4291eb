import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { AzureBucket, type AzureBucketProps } from "../../../lib/storage/azure/bucket";
import { AccountNamespace } from "../../../lib/storage/azure/namespace";
import { AccountReplication } from "../../../lib/storage/azure/replication";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { StorageTier } from "../../../lib/storage/tier";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AZURE, policyRules } from "../clouds/azure";
import { stackOn, templateOn } from "../clouds/cloud";

const bucketWith = (props: AzureBucketProps, namespace?: AccountNamespace): Template =>
  templateOn(AZURE, (stack) => {
    const account = new AzureStorageAccount(stack, "lake", { namespace });
    return new AzureBucket(stack, "pos", { account, bucketName: "pos", ...props });
  });

describe("snapshots", () => {
  test("cool down and go as they age, by a rule of their own", () => {
    const transitions = [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.COLD, afterDays: 90 },
      { tier: StorageTier.ARCHIVE, afterDays: 180 },
    ];
    const rules = policyRules(bucketWith({ snapshots: { transitions, expireAfterDays: 365 } }));
    expect(rules.map(({ name }) => name)).toEqual(["pos--housekeeping", "pos--housekeeping--snapshots"]);
    expect(rules[1]).toEqual({
      name: "pos--housekeeping--snapshots",
      enabled: true,
      filters: { blob_types: ["blockBlob"], prefix_match: ["pos/"] },
      actions: {
        snapshot: {
          change_tier_to_cool_after_days_since_creation: 30,
          tier_to_cold_after_days_since_creation_greater_than: 90,
          change_tier_to_archive_after_days_since_creation: 180,
          delete_after_days_since_creation_greater_than: 365,
        },
      },
    });
  });

  test("fail with nothing said, in a wrong order, and with a tier that the account has not", () => {
    const failing = (snapshots: unknown): string => messageOf(() => bucketWith({ snapshots: snapshots as never }));
    expect(failing({})).toBe(
      "lake/pos has 1 problem\n  snapshots must be something with transitions or expireAfterDays, got {}",
    );
    expect(failing("90")).toBe('lake/pos has 1 problem\n  snapshots must be an object, got "90"');
    expect(failing({ transitions: [{ tier: "cold", afterDays: 90 }], expireAfterDays: 90 })).toBe(
      "lake/pos has 1 problem\n  snapshots.expireAfterDays must be more than the 90 days of the transition to COLD, got 90",
    );
    const zoned = (): unknown =>
      templateOn(AZURE, (stack) => {
        const account = new AzureStorageAccount(stack, "lake", { replication: AccountReplication.ZRS });
        const transitions = [{ tier: StorageTier.ARCHIVE, afterDays: 90 }];
        return new AzureBucket(stack, "pos", { account, bucketName: "pos", snapshots: { transitions } });
      });
    expect(messageOf(zoned)).toBe(
      'lake/pos has 1 problem\n  snapshots.transitions[0].tier must be a tier of Azure with ZRS, which has no ARCHIVE (the nearest is COLD), got "archive"',
    );
  });
});

describe("a container of a hierarchical namespace", () => {
  test("has no rule for versions, and so no policy without a lifecycle", () => {
    bucketWith({}, AccountNamespace.HIERARCHICAL).none(StorageManagementPolicy);
    const lifecycle = [{ prefix: "raw/", expireAfterDays: 90 }];
    const template = bucketWith({ lifecycle }, AccountNamespace.HIERARCHICAL);
    expect(policyRules(template).map(({ name }) => name)).toEqual(["pos--raw"]);
  });

  test("of an account that is referred to needs nothing of its owner", () => {
    const app = synthApp((app) => {
      const stack = stackOn(AZURE, app);
      const namespace = AccountNamespace.HIERARCHICAL;
      const account = AzureStorageAccount.fromAccountAttributes(stack, "old", { accountName: "acmeold", namespace });
      new AzureBucket(stack, "pos", { account, bucketName: "pos" });
    });
    expect(app.annotations("lake")).toEqual([]);
    Template.of(app.stack("lake")).none(StorageManagementPolicy);
  });

  test("fails with versions and with blob index tags, and names what there is instead", () => {
    const props: AzureBucketProps = {
      noncurrentVersions: { expireAfterDays: 30 },
      lifecycle: [{ tags: { class: "training" }, expireAfterDays: 90 }],
    };
    expect(messageOf(() => bucketWith(props, AccountNamespace.HIERARCHICAL))).toBe(
      lines(
        "lake/pos has 2 problems",
        '  noncurrentVersions must be left out in a hierarchical namespace, which has no versions (AccountNamespace.FLAT has; soft delete keeps what is deleted for a week), got {"expireAfterDays":30}',
        '  lifecycle[0].tags must be left out in a hierarchical namespace, which has no blob index tags (AccountNamespace.FLAT has; a prefix of its own does as well), got {"class":"training"}',
      ),
    );
  });
});

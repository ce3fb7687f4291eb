import { StorageContainerImmutabilityPolicy as ImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AzureBucket, type AzureBucketProps } from "../../../lib/storage/azure/bucket";
import { RetentionMode } from "../../../lib/storage/retention";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AZURE } from "../clouds/azure";
import { DEV, PROD, stackOn, templateOn } from "../clouds/cloud";

const bucketWith = (props: AzureBucketProps, environment = PROD): Template =>
  templateOn(AZURE, (stack) => new AzureBucket(stack, "ledger", props), environment);

describe("a retention", () => {
  test("is an unlocked policy of the container, kept", () => {
    const template = bucketWith({ retention: { minimumDays: 30 } });
    expect(template.only(ImmutabilityPolicy).attributes).toEqual({
      immutability_period_in_days: 30,
      lifecycle: { prevent_destroy: true },
      locked: false,
      storage_container_resource_manager_id: "${azurerm_storage_container.ledger_28D1CA40.id}",
    });
    expect(template.only(ImmutabilityPolicy).address).toBe(
      "azurerm_storage_container_immutability_policy.ledger_Retention_C6F50951",
    );
  });

  test("that nobody can lift is locked", () => {
    const template = bucketWith({ retention: { minimumDays: 2555, mode: RetentionMode.COMPLIANCE } });
    expect(template.only(ImmutabilityPolicy).get("locked")).toBe(true);
  });

  test("goes with both keys turned", () => {
    const template = bucketWith({ retention: { minimumDays: 1 }, dataRemoval: DataRemoval.DESTROY }, DEV);
    expect(template.only(ImmutabilityPolicy).has("lifecycle")).toBe(false);
  });

  test("is not there without, and is given to moves where it is", () => {
    synthApp((app) => {
      const stack = stackOn(AZURE, app);
      expect(new AzureBucket(stack, "plain").resources.retention).toBeUndefined();
      const kept = new AzureBucket(stack, "kept", { retention: { minimumDays: 1 } });
      expect(kept.resources.retention?.terraformResourceType).toBe("azurerm_storage_container_immutability_policy");
    });
  });

  test("fails where it contradicts what else is said", () => {
    const props: AzureBucketProps = {
      retention: { minimumDays: 365, mode: RetentionMode.COMPLIANCE },
      dataRemoval: DataRemoval.DESTROY,
      lifecycle: [{ prefix: "tmp/", expireAfterDays: 30 }],
    };
    expect(messageOf(() => bucketWith(props))).toBe(
      lines(
        "lake/ledger has 2 problems",
        '  retention.mode must be GOVERNANCE where dataRemoval is "destroy", because nobody can remove what COMPLIANCE keeps, got "compliance"',
        "  lifecycle[0].expireAfterDays must be at least the 365 days of retention.minimumDays, got 30",
      ),
    );
  });
});

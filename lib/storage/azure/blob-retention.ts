import { StorageContainerImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy";
import type { Construct } from "constructs";
import { keptUnless } from "../../core/data-removal";
import { placedGlobally } from "../../core/placement";
import { RetentionMode, type ObjectRetention } from "../retention";

/**
 * Keeps every blob of a container from being removed or overwritten for some days: unlocked for GOVERNANCE, which who may
 * change the policy can lift; locked for COMPLIANCE, which nobody can.
 * https://learn.microsoft.com/azure/storage/blobs/immutable-container-level-worm-policies
 */
export const retainBlobs = (
  bucket: Construct,
  containerId: string,
  { minimumDays, mode = RetentionMode.GOVERNANCE }: ObjectRetention,
  destroys: boolean,
): StorageContainerImmutabilityPolicy =>
  new StorageContainerImmutabilityPolicy(
    bucket,
    "Retention",
    placedGlobally(bucket, {
      storageContainerResourceManagerId: containerId,
      immutabilityPeriodInDays: minimumDays,
      locked: mode === RetentionMode.COMPLIANCE,
      ...keptUnless(destroys),
    }),
  );

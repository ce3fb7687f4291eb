import { Construct } from "constructs";
import { given, literal, matching, text } from "../../core/checks";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import type { AzureKeyRef } from "../references";
import { AzureKeyGrants } from "./key-grants";

/** What has to be known of an existing key. */
export interface AzureKeyAttributes {
  /** Its address without a version, such as `https://acme.vault.azure.net/keys/sales`. */
  readonly keyUri: string;
  /** @default - the environment's resource group */
  readonly resourceGroupName?: string;
  /** @default - the environment's subscription */
  readonly subscriptionId?: string;
}

const KEY_URI = /^https:\/\/([A-Za-z0-9-]{3,24})\.vault\.[a-z.]+\/keys\/([A-Za-z0-9-]{1,127})\/?$/;

/** A key that exists and is not ours to change. */
export class ReferredKey extends Construct implements AzureKeyRef {
  public readonly path: string;
  public readonly keyName: string;
  public readonly keyUri: string;
  public readonly keyId: string;
  public readonly resourceGroupId: string;
  public readonly grants: AzureKeyGrants;

  public constructor(scope: Construct, id: string, { keyUri, ...where }: AzureKeyAttributes) {
    super(scope, id);
    assertValid(this, [
      ...literal("keyUri", keyUri),
      ...matching("keyUri", keyUri, KEY_URI, RULE),
      ...given(where.resourceGroupName, (name) => text("resourceGroupName", name)),
      ...given(where.subscriptionId, (subscription) => text("subscriptionId", subscription)),
    ]);
    const [, vaultName = "", keyName = ""] = KEY_URI.exec(keyUri) ?? [];
    this.path = this.node.path;
    this.keyName = keyName;
    this.keyUri = keyUri;
    this.resourceGroupId = groupId(this, where);
    this.keyId = `${this.resourceGroupId}/providers/Microsoft.KeyVault/vaults/${vaultName}/keys/${keyName}`;
    this.grants = new AzureKeyGrants(this, this);
  }
}

const RULE = "the address of a key without a version (https://<vault>.vault.azure.net/keys/<name>)";

function groupId(scope: Construct, where: Omit<AzureKeyAttributes, "keyUri">): string {
  const subscription =
    where.subscriptionId ?? environmentFact(scope, "azure.subscriptionId", ({ azure }) => azure?.subscriptionId);
  const group =
    where.resourceGroupName ??
    environmentFact(scope, "azure.resourceGroupName", ({ azure }) => azure?.resourceGroupName);
  return `/subscriptions/${subscription}/resourceGroups/${group}`;
}

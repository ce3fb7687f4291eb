import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key";
import { Construct } from "constructs";
import { given, having, literal, matching, problem, wholeNumber } from "../../core/checks";
import { DataRemoval, dataRemovalProblems, destroysData, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import type { AzureKeyRef } from "../references";
import { AzureKeyGrants } from "./key-grants";
import { ReferredKey, type AzureKeyAttributes } from "./referred-key";
import { AzureKeyVault, type IAzureKeyVault } from "./vault";

/** An RSA key of Key Vault: rotated, with an end to each version, kept, used by nobody who was not granted it. */
export interface AzureKeyProps extends DataRemovalProps, AzurePlacementProps {
  /** The vault that it is put into; network, purge protection and soft delete are the vault's. @default - a vault of its own, with every default */
  readonly vault?: IAzureKeyVault;
  /** Name within the vault. @default - derived from the construct path */
  readonly keyName?: string;
  /** Days from one rotation to the next, at least 7. @default 365 */
  readonly rotationDays?: number;
  /** Days after which a version expires, at least 28 and a week more than `rotationDays`. @default - twice `rotationDays`, and 28 at least */
  readonly expireAfterDays?: number;
  /** When the first version expires, such as `2028-01-31T00:00:00Z`: the policy counts from the first rotation on. @default - it does not */
  readonly firstVersionExpiresOn?: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A key of Key Vault, own or referred to. */
export interface IAzureKey extends AzureKeyRef {
  readonly grants: AzureKeyGrants;
}

const KEY_NAME: NameRule = {
  rule: "1-127 letters, digits or hyphens",
  pattern: /^[A-Za-z0-9-]{1,127}$/,
  maximum: 127,
  source:
    "https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#vault-name-and-object-name",
};
/** https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation#key-rotation-policy: seven days from creation and from expiry. */
const LEAST_DAYS = { rotation: 7, beforeExpiry: 7 };
/** https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.keyrotationpolicy.expiresin, and the provider's own bound. */
const EXPIRY = { minimum: 28, maximum: 36_500, unit: "days" };
/** Tells, by Key Vault's own event, that a version comes to its end: rotation has failed by then. */
const NOTIFY_DAYS = 14;
/** Storage takes RSA keys of 2,048, 3,072 and 4,096 bits. https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview */
const KEY_BITS = 3072;
const DEFAULT_ROTATION_DAYS = 365;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A customer-managed key of Azure. Services that are given it follow its rotation, because they are told no version. */
export class AzureKey extends Construct implements IAzureKey {
  /** Refers to a key that exists; nothing of it is written. */
  public static fromKeyAttributes(scope: Construct, id: string, attributes: AzureKeyAttributes): IAzureKey {
    return new ReferredKey(scope, id, attributes);
  }

  public readonly path: string;
  public readonly keyName: string;
  public readonly keyUri: string;
  public readonly keyId: string;
  public readonly resourceGroupId: string;
  /** The vault that was made for this key alone. */
  public readonly ownVault?: AzureKeyVault;
  public readonly grants: AzureKeyGrants;
  public readonly resource: KeyVaultKey;

  public constructor(scope: Construct, id: string, props: AzureKeyProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...keyProblems(props)]);
    const destroys = destroysData(this, props);
    const vault = props.vault ?? (this.ownVault = this.createVault(props, destroys));
    this.resource = this.create(props, vault, destroys);
    this.path = this.node.path;
    this.keyName = this.resource.name;
    this.keyUri = this.resource.versionlessId;
    this.keyId = this.resource.resourceVersionlessId;
    this.resourceGroupId = vault.resourceGroupId;
    this.grants = new AzureKeyGrants(this, this);
  }

  /** The key has turned the keys of removal already, and has said what is missing. */
  private createVault(
    { resourceGroupName, location, provider, tags }: AzureKeyProps,
    destroys: boolean,
  ): AzureKeyVault {
    const dataRemoval = destroys ? DataRemoval.DESTROY : DataRemoval.KEEP;
    return new AzureKeyVault(this, "Vault", { resourceGroupName, location, provider, tags, dataRemoval });
  }

  private create(props: AzureKeyProps, { vaultId, officers }: IAzureKeyVault, destroys: boolean): KeyVaultKey {
    const rotationDays = props.rotationDays ?? DEFAULT_ROTATION_DAYS;
    const key = new KeyVaultKey(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.keyName ?? physicalName(this, KEY_NAME),
        keyVaultId: vaultId,
        keyType: "RSA",
        keySize: KEY_BITS,
        keyOpts: ["decrypt", "encrypt", "unwrapKey", "wrapKey"],
        expirationDate: props.firstVersionExpiresOn,
        rotationPolicy: {
          expireAfter: days(props.expireAfterDays ?? defaultExpiry(rotationDays)),
          notifyBeforeExpiry: days(NOTIFY_DAYS),
          automatic: { timeAfterCreation: days(rotationDays) },
        },
        // a rotated version has an end that is not in the code, and without one there the provider would make the key anew
        lifecycle: { ignoreChanges: ["expiration_date"], ...(destroys ? {} : { preventDestroy: true }) },
        ...tagsFor(this, props.tags),
      }),
    );
    officers.before(key);
    return key;
  }
}

const days = (count: number): string => `P${String(count)}D`;

const defaultExpiry = (rotationDays: number): number => Math.max(2 * rotationDays, EXPIRY.minimum);

const keyProblems = (props: AzureKeyProps): string[] => [
  ...given(props.vault, (vault) => having("vault", vault, "vaultId", "an AzureKeyVault")),
  ...given(props.keyName, (name) => nameProblems("keyName", name, KEY_NAME)),
  ...rotationProblems(props),
  ...given(props.firstVersionExpiresOn, (date) =>
    matching("firstVersionExpiresOn", date, RFC3339, "a date such as 2028-01-31T00:00:00Z"),
  ),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
  ...(props.vault === undefined ? [] : vaultsOwnProblems(props)),
];

/** Literal, because the two are compared. */
function rotationProblems({ rotationDays = DEFAULT_ROTATION_DAYS, expireAfterDays }: AzureKeyProps): readonly string[] {
  const most = EXPIRY.maximum - LEAST_DAYS.beforeExpiry;
  const range = { minimum: LEAST_DAYS.rotation, maximum: most, unit: EXPIRY.unit };
  const rotation = [...literal("rotationDays", rotationDays), ...wholeNumber("rotationDays", rotationDays, range)];
  const expiry = given(expireAfterDays, (value) => [
    ...literal("expireAfterDays", value),
    ...wholeNumber("expireAfterDays", value, EXPIRY),
  ]);
  const least = rotationDays + LEAST_DAYS.beforeExpiry;
  if (rotation.length > 0 || expiry.length > 0 || expireAfterDays === undefined || expireAfterDays >= least)
    return [...rotation, ...expiry];
  const rule = `at least ${String(least)}, a week more than the ${String(rotationDays)} days to the next rotation`;
  return [problem("expireAfterDays", rule, expireAfterDays)];
}

/** What only a vault has cannot be said of a key in a vault that is given. */
const vaultsOwnProblems = (props: AzureKeyProps): string[] =>
  (["resourceGroupName", "location"] as const).flatMap((name) =>
    given(props[name], (value) => [problem(name, "left to the vault, where a vault is given", value)]),
  );

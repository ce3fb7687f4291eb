import type { IConstruct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AzurePrincipal } from "../../identity/azure/principal";
import type { AzureRole } from "../../identity/azure/role";
import type { AzureKeyRef } from "../references";

/** Data actions on keys. https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault */
const KEYS = "Microsoft.KeyVault/vaults/keys";
const ENCRYPT = [`${KEYS}/read`, `${KEYS}/encrypt/action`, `${KEYS}/wrap/action`];
const DECRYPT = [`${KEYS}/read`, `${KEYS}/decrypt/action`, `${KEYS}/unwrap/action`];

/** Reads the key, wraps and unwraps with it. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security */
const SERVICE_USER = "Key Vault Crypto Service Encryption User";

/** Who may use a key; what the key encrypts has grants of its own, for which no right to the key is needed. */
export class AzureKeyGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly key: AzureKeyRef,
  ) {}

  /** Encrypt, and wrap data keys. */
  public encrypt(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give("encrypt", this.custom("encrypt with keys", ENCRYPT), grantee);
  }

  /** Decrypt, and unwrap data keys. */
  public decrypt(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give("decrypt", this.custom("decrypt with keys", DECRYPT), grantee);
  }

  /** Both. */
  public encryptDecrypt(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give(
      "encryptDecrypt",
      this.custom("encrypt and decrypt with keys", [...new Set([...ENCRYPT, ...DECRYPT])]),
      grantee,
    );
  }

  /** What a service of Azure needs that keeps its data encrypted with the key, as the identity that it is given. */
  public serve(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give("serve", { builtIn: SERVICE_USER }, grantee);
  }

  private custom(title: string, dataActions: readonly string[]): AzureRole {
    return { title, dataActions, target: this.key.path, assignableScope: this.key.resourceGroupId };
  }

  private give(verb: string, role: AzureRole, grantee: Grantee<AzurePrincipal>): Grant {
    const principal = principalOf<AzurePrincipal>(this.construct, "azure", grantee);
    return principal.allow({ verb, target: this.key.path }, { scope: this.key.keyId, role });
  }
}

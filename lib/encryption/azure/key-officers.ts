import type { IConstruct } from "constructs";
import type { Dependent, Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AzurePrincipal } from "../../identity/azure/principal";

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security#key-vault-crypto-officer */
const OFFICER = "Key Vault Crypto Officer";

/** Who may make and change the keys of a vault. */
export class KeyOfficers {
  private readonly grants: Grant[] = [];

  public constructor(
    private readonly vault: IConstruct,
    private readonly vaultId: string,
    first?: Grantee<AzurePrincipal>,
  ) {
    if (first !== undefined) this.add(first);
  }

  /** Lets an identity make and change keys, not use them; keys that are declared later wait for it. */
  public add(grantee: Grantee<AzurePrincipal>): Grant {
    const principal = principalOf<AzurePrincipal>(this.vault, "azure", grantee);
    const grant = principal.allow(
      { verb: "officer", target: this.vault.node.path },
      { scope: this.vaultId, role: { builtIn: OFFICER } },
    );
    this.grants.push(grant);
    return grant;
  }

  /** Makes a key wait until those who may make it are told. */
  public before(key: Dependent): void {
    for (const grant of this.grants) grant.before(key);
  }
}

import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import type { IConstruct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { GooglePrincipal } from "../../identity/google/principal";
import type { GoogleKeyRef } from "../references";
import { ENCRYPT_DECRYPT } from "./key-memberships";

/** Who may use a key directly; what a service encrypts with it is read by grants of its own. */
export class GoogleKeyGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly key: GoogleKeyRef,
  ) {}

  /** Encrypt. */
  public encrypt(grantee: Grantee<GooglePrincipal>): Grant {
    return this.give("encrypt", "roles/cloudkms.cryptoKeyEncrypter", grantee);
  }

  /** Decrypt. */
  public decrypt(grantee: Grantee<GooglePrincipal>): Grant {
    return this.give("decrypt", "roles/cloudkms.cryptoKeyDecrypter", grantee);
  }

  /** Both. */
  public encryptDecrypt(grantee: Grantee<GooglePrincipal>): Grant {
    return this.give("encryptDecrypt", ENCRYPT_DECRYPT, grantee);
  }

  private give(verb: string, role: string, grantee: Grantee<GooglePrincipal>): Grant {
    const principal = principalOf<GooglePrincipal>(this.construct, "google", grantee);
    return principal.allow(
      { verb, target: this.construct.node.path },
      {
        role,
        bind: (scope, id, member) => new KmsCryptoKeyIamMember(scope, id, { ...member, cryptoKeyId: this.key.keyName }),
      },
    );
  }
}

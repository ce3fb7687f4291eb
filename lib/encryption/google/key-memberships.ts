import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import type { Construct } from "constructs";
import { stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import type { GoogleKeyAgent } from "../references";

/** Both ways, and nothing of the key itself. https://cloud.google.com/kms/docs/reference/permissions-and-roles */
export const ENCRYPT_DECRYPT = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/**
 * The service agents of an own key. They stand with the key, one for each agent: two memberships of one agent would be
 * one to Google, and removing either would take the key from all that the service encrypts with it.
 */
export class OwnedKeyMemberships {
  private readonly agents = new Map<string, KmsCryptoKeyIamMember>();

  public constructor(
    private readonly key: Construct,
    private readonly keyName: string,
  ) {}

  public admit({ service, member }: GoogleKeyAgent): KmsCryptoKeyIamMember {
    const known = this.agents.get(member);
    if (known !== undefined) return known;
    const membership = new KmsCryptoKeyIamMember(
      this.key,
      `${service}-agent-${stableHash(member)}`,
      placedGlobally(this.key, { cryptoKeyId: this.keyName, role: ENCRYPT_DECRYPT, member }),
    );
    this.agents.set(member, membership);
    return membership;
  }
}

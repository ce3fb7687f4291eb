import { Construct } from "constructs";
import { flag, isToken, matching } from "../../core/checks";
import { assertValid, ConstructValidationError } from "../../core/errors";
import type { GoogleKeyAgent, GoogleKeyRef } from "../references";
import { GoogleKeyGrants } from "./key-grants";
import { ENCRYPT_DECRYPT } from "./key-memberships";

/** What has to be known of an existing key. */
export interface GoogleKeyAttributes {
  /** Resource name: `projects/…/locations/…/keyRings/…/cryptoKeys/…`, without a version. */
  readonly keyName: string;
  /**
   * Says that the owner of the key has let the service agents in that use it; without it such a use is an error that
   * shows what to add. @default false
   */
  readonly agentsAdmitted?: boolean;
}

const KEY = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** A key that exists and is not ours to change. */
export class ReferredKey extends Construct implements GoogleKeyRef {
  public readonly keyName: string;
  public readonly location?: string;
  public readonly grants: GoogleKeyGrants;
  private readonly agentsAdmitted: boolean;

  public constructor(scope: Construct, id: string, { keyName, agentsAdmitted = false }: GoogleKeyAttributes) {
    super(scope, id);
    const rule =
      "the resource name of a key (projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>)";
    assertValid(this, [...matching("keyName", keyName, KEY, rule), ...flag("agentsAdmitted", agentsAdmitted)]);
    this.keyName = keyName;
    this.location = isToken(keyName) ? undefined : KEY.exec(keyName)?.[1];
    this.agentsAdmitted = agentsAdmitted;
    this.grants = new GoogleKeyGrants(this, this);
  }

  /** @throws ConstructValidationError with the role to grant, unless the owner is said to have granted it */
  public admitAgent({ service, member }: GoogleKeyAgent): undefined {
    if (this.agentsAdmitted) return;
    throw new ConstructValidationError(this.node.path, [
      `the key must be opened to the service agent by its owner, because the key is only referred to here, got the use by ${service}; the owner grants ${ENCRYPT_DECRYPT} to ${member}, and agentsAdmitted: true says here that it is done`,
    ]);
  }
}

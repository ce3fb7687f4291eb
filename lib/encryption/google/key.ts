import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Construct } from "constructs";
import { given, having, oneOf, problem, text, wholeNumber } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { labelsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { GoogleKeyAgent, GoogleKeyMembershipRef, GoogleKeyRef } from "../references";
import { GoogleKeyGrants } from "./key-grants";
import { OwnedKeyMemberships } from "./key-memberships";
import { ReferredKey, type GoogleKeyAttributes } from "./referred-key";

/** Where the material of a key is used. https://cloud.google.com/kms/docs/protection-levels */
export const KeyProtection = {
  /** In software of Google. */
  SOFTWARE: "SOFTWARE",
  /** In hardware security modules: dearer, and not in every location. */
  HSM: "HSM",
} as const;
export type KeyProtection = (typeof KeyProtection)[keyof typeof KeyProtection];

/** A ring of Cloud KMS, which holds keys in one location. */
export interface GoogleKeyRing {
  /** Its resource name: `projects/…/locations/…/keyRings/…`. */
  readonly keyRingName: string;
  /** Where its keys are kept. */
  readonly location: string;
}

/** A symmetric key of Cloud KMS: rotated, kept, used by nobody who was not granted it. */
export interface GoogleKeyProps extends DataRemovalProps, PlacementProps {
  /** Name within the ring. @default - derived from the construct path */
  readonly keyName?: string;
  /** The ring that holds it: of another key (`other.keyRing`), or an existing one. @default - one of its own */
  readonly keyRing?: GoogleKeyRing;
  /** Where it is kept: the region of what it encrypts, or `us`, `europe`, `asia`. @default - the ring's, else the environment's region */
  readonly location?: string;
  /** Days from one rotation to the next, 1 to 36,500. @default 90 */
  readonly rotationDays?: number;
  /** Days that remain to call the destruction of a version off, 1 to 120; a later change makes another key. @default 30 */
  readonly destructionDelayDays?: number;
  /** A later change makes another key. @default KeyProtection.SOFTWARE */
  readonly protection?: KeyProtection;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A key of Cloud KMS, own or referred to. */
export interface IGoogleKey extends GoogleKeyRef {
  readonly grants: GoogleKeyGrants;
}

/** The provider's resources of a key, each for overrides and moves. */
export interface GoogleKeyResources {
  /** There is none where the key lives in another one's ring. */
  readonly keyRing?: KmsKeyRing;
}

const KEY_NAME: NameRule = {
  rule: "1-63 letters, digits or any of _-",
  pattern: /^[A-Za-z0-9_-]{1,63}$/,
  maximum: 63,
  source: "https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/create",
};

/** At least a day; the longest is what Google documents as 100 years. https://cloud.google.com/kms/docs/key-rotation */
const ROTATION = { minimum: 1, maximum: 36_500, unit: "days" };
/** https://cloud.google.com/kms/docs/key-states#destroy-scheduled-duration */
const DESTRUCTION_DELAY = { minimum: 1, maximum: 120, unit: "days" };
const DAY_SECONDS = 24 * 60 * 60;
const seconds = (days: number): string => `${String(days * DAY_SECONDS)}s`;

/**
 * A customer-managed key of Cloud KMS, in a ring of its own or of another key.
 *
 * Google deletes neither rings nor keys, only their material: after a destroy the names stay taken in the project, and
 * `key.resource.importFrom(…)` takes them over again.
 */
export class GoogleKey extends Construct implements IGoogleKey {
  /** Refers to a key that exists; who may use it is never changed for services. */
  public static fromKeyAttributes(scope: Construct, id: string, attributes: GoogleKeyAttributes): IGoogleKey {
    return new ReferredKey(scope, id, attributes);
  }

  public readonly keyName: string;
  public readonly location: string;
  /** The ring that holds it, for further keys of the same location. */
  public readonly keyRing: GoogleKeyRing;
  public readonly grants: GoogleKeyGrants;
  public readonly resource: KmsCryptoKey;
  public readonly resources: GoogleKeyResources;
  private readonly memberships: OwnedKeyMemberships;

  public constructor(scope: Construct, id: string, props: GoogleKeyProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...keyProblems(props)]);
    const destroys = destroysData(this, props);
    const { keyRing, made } = this.ring(props, destroys);
    this.keyRing = keyRing;
    this.location = keyRing.location;
    this.resource = this.createKey(props, destroys);
    this.resources = made === undefined ? {} : { keyRing: made };
    this.keyName = this.resource.id;
    this.memberships = new OwnedKeyMemberships(this, this.keyName);
    this.grants = new GoogleKeyGrants(this, this);
  }

  public admitAgent(agent: GoogleKeyAgent): GoogleKeyMembershipRef {
    return this.memberships.admit(agent);
  }

  private ring(
    { keyRing, location: given }: GoogleKeyProps,
    destroys: boolean,
  ): { readonly keyRing: GoogleKeyRing; readonly made?: KmsKeyRing } {
    if (keyRing !== undefined) return { keyRing };
    const location = given ?? environmentFact(this, "google.region", ({ google }) => google?.region);
    const made = new KmsKeyRing(
      this,
      "KeyRing",
      placedGlobally(this, { name: physicalName(this, KEY_NAME), location, ...keptUnless(destroys) }),
    );
    return { keyRing: { keyRingName: made.id, location }, made };
  }

  private createKey(props: GoogleKeyProps, destroys: boolean): KmsCryptoKey {
    return new KmsCryptoKey(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.keyName ?? physicalName(this, KEY_NAME),
        keyRing: this.keyRing.keyRingName,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: seconds(props.rotationDays ?? 90),
        // the same with both removal keys turned: another value would replace the key, and with it all that it encrypts
        destroyScheduledDuration: seconds(props.destructionDelayDays ?? 30),
        versionTemplate: {
          algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
          protectionLevel: props.protection ?? KeyProtection.SOFTWARE,
        },
        ...keptUnless(destroys),
        ...labelsFor(this, props.tags),
      }),
    );
  }
}

const keyProblems = (props: GoogleKeyProps): string[] => [
  ...given(props.keyName, (name) => nameProblems("keyName", name, KEY_NAME)),
  ...given(props.keyRing, (ring) => having("keyRing", ring, "keyRingName", "a ring, such as the keyRing of a key")),
  ...given(props.location, (location) => text("location", location)),
  ...(props.keyRing !== undefined && props.location !== undefined
    ? [problem("location", "left out where the ring is given, because a key is kept where its ring is", props.location)]
    : []),
  ...given(props.rotationDays, (days) => wholeNumber("rotationDays", days, ROTATION)),
  ...given(props.destructionDelayDays, (days) => wholeNumber("destructionDelayDays", days, DESTRUCTION_DELAY)),
  ...given(props.protection, (level) => oneOf("protection", level, Object.values(KeyProtection))),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

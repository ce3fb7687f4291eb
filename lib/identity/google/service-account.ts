import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { Construct } from "constructs";
import { given, matching } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import type { GrantName } from "../grant-name";
import { Memberships } from "./memberships";
import type { GooglePermission, GooglePrincipal } from "./principal";

/** What the part of a service account's email before the `@` may be. */
export const SERVICE_ACCOUNT_NAME: NameRule = {
  rule: "6-30 lower-case letters, digits or hyphens, a letter first and no hyphen last",
  pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  maximum: 30,
  source: "https://cloud.google.com/iam/docs/service-accounts-create",
};

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
const DESCRIPTION = /^.{0,256}$/su;

/** A service account without keys. */
export interface GoogleServiceAccountProps extends PlacementProps {
  /** The part of the email before the `@`. @default - derived from the construct path */
  readonly accountName?: string;
  /** What it is for, at most 256 characters. @default - none */
  readonly description?: string;
}

/** How to refer to a service account that exists. */
export interface GoogleServiceAccountAttributes {
  /** Such as `ingest@acme-prod.iam.gserviceaccount.com`. */
  readonly email: string;
}

/** A service account that has no permissions but those it is granted: `bucket.grants.read(account)`. */
export class GoogleServiceAccount extends Construct implements GooglePrincipal, Grantee<GooglePrincipal> {
  /** Refers to a service account of this or another project; grants to it render as memberships in this stack. */
  public static fromServiceAccountAttributes(
    scope: Construct,
    id: string,
    attributes: GoogleServiceAccountAttributes,
  ): GooglePrincipal & Grantee<GooglePrincipal> {
    return new ReferredServiceAccount(scope, id, attributes);
  }

  public readonly cloud = "google";
  public readonly grantPrincipal: GooglePrincipal = this;
  public readonly resource: ServiceAccount;
  public readonly email: string;
  public readonly member: string;
  /** The number that tokens carry as their subject. */
  public readonly uniqueId: string;
  private readonly memberships: Memberships;

  public constructor(scope: Construct, id: string, props: GoogleServiceAccountProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...serviceAccountProblems(props)]);
    this.resource = new ServiceAccount(
      this,
      "Resource",
      placedGlobally(this, {
        accountId: props.accountName ?? physicalName(this, SERVICE_ACCOUNT_NAME),
        description: props.description,
      }),
    );
    this.email = this.resource.email;
    this.member = this.resource.member;
    this.uniqueId = this.resource.uniqueId;
    this.memberships = new Memberships(this, this.member);
  }

  public allow(name: GrantName, permission: GooglePermission): Grant {
    return this.memberships.allow(name, permission);
  }
}

const serviceAccountProblems = ({ accountName, description }: GoogleServiceAccountProps): string[] => [
  ...given(accountName, (name) => nameProblems("accountName", name, SERVICE_ACCOUNT_NAME)),
  ...given(description, (words) => matching("description", words, DESCRIPTION, "a text of at most 256 characters")),
];

const EMAIL = /^[^\s@:]+@[^\s@:]+\.gserviceaccount\.com$/;

class ReferredServiceAccount extends Construct implements GooglePrincipal, Grantee<GooglePrincipal> {
  public readonly cloud = "google";
  public readonly grantPrincipal: GooglePrincipal = this;
  public readonly email: string;
  public readonly member: string;
  private readonly memberships: Memberships;

  public constructor(scope: Construct, id: string, { email }: GoogleServiceAccountAttributes) {
    super(scope, id);
    const rule = "the email of a service account, ending in .gserviceaccount.com";
    assertValid(this, [...place(this, "google", {}), ...matching("email", email, EMAIL, rule)]);
    this.email = email;
    this.member = `serviceAccount:${email}`;
    this.memberships = new Memberships(this, this.member);
  }

  public allow(name: GrantName, permission: GooglePermission): Grant {
    return this.memberships.allow(name, permission);
  }
}

import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import { given, matching } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { GrantName } from "../grant-name";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "./placement";
import type { AzurePermission, AzurePrincipal } from "./principal";
import { RoleAssignments } from "./role-assignments";

/** What a user-assigned identity may be called. */
export const IDENTITY_NAME: NameRule = {
  rule: "3-128 letters, digits, hyphens or underscores, a letter or digit first",
  pattern: /^[A-Za-z0-9][\w-]{2,127}$/,
  maximum: 128,
  source:
    "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagedidentity",
};

/** A user-assigned managed identity. */
export interface AzureManagedIdentityProps extends AzurePlacementProps {
  /** @default - derived from the construct path */
  readonly identityName?: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** How to refer to an identity that exists. */
export interface AzureManagedIdentityAttributes {
  /** Object id of its service principal, a UUID. */
  readonly principalId: string;
}

/** An identity that has no permissions but those it is granted: `bucket.grants.read(identity)`. */
export class AzureManagedIdentity extends Construct implements AzurePrincipal, Grantee<AzurePrincipal> {
  /** Refers to an identity that exists; grants to it render as role assignments in this stack. */
  public static fromIdentityAttributes(
    scope: Construct,
    id: string,
    attributes: AzureManagedIdentityAttributes,
  ): AzurePrincipal & Grantee<AzurePrincipal> {
    return new ReferredIdentity(scope, id, attributes);
  }

  public readonly cloud = "azure";
  public readonly grantPrincipal: AzurePrincipal = this;
  public readonly resource: UserAssignedIdentity;
  /** Resource id, as a function or a cluster is given the identity. */
  public readonly identityId: string;
  public readonly principalId: string;
  /** Application id, as code that holds several identities chooses one. */
  public readonly clientId: string;
  /** Directory that it belongs to. */
  public readonly tenantId: string;
  private readonly assignments: RoleAssignments;

  public constructor(scope: Construct, id: string, props: AzureManagedIdentityProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...identityProblems(props)]);
    this.resource = new UserAssignedIdentity(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.identityName ?? physicalName(this, IDENTITY_NAME),
        ...azurePlace(this, props),
        ...tagsFor(this, props.tags),
      }),
    );
    this.identityId = this.resource.id;
    this.principalId = this.resource.principalId;
    this.clientId = this.resource.clientId;
    this.tenantId = this.resource.tenantId;
    this.assignments = new RoleAssignments(this, this.principalId);
  }

  public allow(name: GrantName, permission: AzurePermission): Grant {
    return this.assignments.allow(name, permission);
  }
}

const identityProblems = (props: AzureManagedIdentityProps): string[] => [
  ...given(props.identityName, (name) => nameProblems("identityName", name, IDENTITY_NAME)),
  ...tagProblems("tags", props.tags),
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

class ReferredIdentity extends Construct implements AzurePrincipal, Grantee<AzurePrincipal> {
  public readonly cloud = "azure";
  public readonly grantPrincipal: AzurePrincipal = this;
  public readonly principalId: string;
  private readonly assignments: RoleAssignments;

  public constructor(scope: Construct, id: string, { principalId }: AzureManagedIdentityAttributes) {
    super(scope, id);
    assertValid(this, [...place(this, "azure", {}), ...matching("principalId", principalId, UUID, "a UUID")]);
    this.principalId = principalId;
    this.assignments = new RoleAssignments(this, principalId);
  }

  public allow(name: GrantName, permission: AzurePermission): Grant {
    return this.assignments.allow(name, permission);
  }
}

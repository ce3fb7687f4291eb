import type { Grant, Principal } from "../../core/grant";
import type { GrantName } from "../grant-name";
import type { AzureRole } from "./role";

/** What is allowed where. */
export interface AzurePermission {
  /** Resource id of what is granted on: the role counts there and below. */
  readonly scope: string;
  readonly role: AzureRole;
  /**
   * The condition that holds the role's data actions to the parts that were granted, in the language of version 2.0.
   * Azure keeps one assignment of a role to an identity on a scope, so all parts share it.
   * https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   * @default - the target has no parts
   */
  readonly conditionFor?: (parts: readonly string[]) => string;
}

/** An identity of Entra that acts without a person: a managed identity, own or referred to. */
export interface AzurePrincipal extends Principal<"azure"> {
  /** Object id of its service principal. */
  readonly principalId: string;
  /** Adds to the role assignment of a verb and a target below the identity, which the first grant makes. */
  allow(name: GrantName, permission: AzurePermission): Grant;
}

import { problem } from "../../core/checks";

/** A role that Azure keeps, by its display name. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export interface BuiltInRole {
  readonly builtIn: string;
}

/** A role that the library defines, because the narrowest built-in one allows more than the verb says. */
export interface CustomRole {
  /** What it allows, in words: `write blobs`. */
  readonly title: string;
  /** Such as `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write`; without a wildcard. */
  readonly dataActions: readonly string[];
  /** Construct path of what it is for; an identity needs one definition for each, however many grants use it. */
  readonly target: string;
  /** Resource id of the resource group in which it can be assigned. */
  readonly assignableScope: string;
}

/** What an assignment gives to an identity. */
export type AzureRole = BuiltInRole | CustomRole;

/** An action with a wildcard is refused. */
export const roleProblems = (path: string, role: AzureRole): string[] =>
  "builtIn" in role
    ? []
    : role.dataActions
        .filter((action) => action.includes("*"))
        .map((action) => problem(`${path}.dataActions`, "data actions without a wildcard", action));

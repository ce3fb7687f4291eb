import type { ITerraformDependable } from "cdktf";
import type { Cloud } from "./placement";

/** Somebody who can be given permissions in one cloud: a role, a managed identity, a service account. */
export interface Principal<C extends Cloud = Cloud> {
  readonly cloud: C;
}

/** Anything that acts as a principal: a function as its role, a cluster as its service account. */
export interface Grantee<P extends Principal> {
  readonly grantPrincipal: P;
}

/** A permission that was given. */
export interface Grant {
  /** Makes resources of the grantee's stack wait until the permission is there. */
  before(...resources: readonly Dependent[]): this;
}

/** A resource that can wait for another one. */
export interface Dependent {
  dependsOn?: string[] | undefined;
}

/** Adds to what a resource waits for. */
export function waitFor(resource: Dependent, ...others: readonly ITerraformDependable[]): void {
  const known = resource.dependsOn ?? [];
  const added = others.map((one) => one.fqn).filter((fqn) => !known.includes(fqn));
  resource.dependsOn = [...known, ...added];
}

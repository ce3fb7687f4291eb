import { dependable, TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { problem } from "./checks";
import { ConstructValidationError } from "./errors";
import type { Cloud } from "./placement";

/** Somebody who can be given permissions in one cloud: a role, a managed identity, a service account. */
export interface Principal<C extends Cloud = Cloud> {
  /** Tells principals of different clouds apart, for the compiler and at run time. */
  readonly cloud: C;
}

/** Anything that acts as a principal: a function as its role, a cluster as its service account. */
export interface Grantee<P extends Principal> {
  /** Whom a grant is really given to. */
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

/**
 * Adds to what a resource waits for; what was added before stays once.
 *
 * @throws ConstructValidationError for what stands in another stack: Terraform knows no order there, `cdktf deploy` has one
 */
export function waitFor(resource: Dependent, ...others: readonly ITerraformDependable[]): void {
  const problems = others.flatMap((other) => otherStackProblems(resource, other));
  if (Construct.isConstruct(resource) && problems.length > 0)
    throw new ConstructValidationError(resource.node.path, problems);
  resource.dependsOn = [...new Set([...(resource.dependsOn ?? []), ...others.map(addressOf)])];
}

const ADDRESSES = new WeakMap<ITerraformDependable, string>();

/** The bare address: Terraform takes no `${…}` in depends_on. One token each, so that a second wait adds nothing. */
function addressOf(other: ITerraformDependable): string {
  const address = ADDRESSES.get(other) ?? dependable(other);
  ADDRESSES.set(other, address);
  return address;
}

function otherStackProblems(resource: unknown, other: unknown): readonly string[] {
  if (!Construct.isConstruct(resource) || !Construct.isConstruct(other)) return [];
  const own = TerraformStack.of(resource);
  return TerraformStack.of(other) === own ? [] : [problem("dependsOn", `in stack "${own.node.id}"`, other)];
}

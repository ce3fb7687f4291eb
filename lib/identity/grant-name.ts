import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { stableHash } from "../core/names";

/** What tells one grant from another; its construct id follows from it, so repeating a grant changes nothing. */
export interface GrantName {
  /** `read`, `write`, `consume`. */
  readonly verb: string;
  /** Construct path of what is granted on. */
  readonly target: string;
  /** The part of it, such as a key prefix. @default - the whole */
  readonly part?: string;
}

const LONGEST_WORD = 40;

/**
 * The construct id of a grant below its grantee: readable verb and target, and a hash over all of the name. A target of
 * the grantee's own stack counts without the stack's id, so that every environment gets the same id.
 */
export function grantId(grantee: IConstruct, { verb, target, part = "" }: GrantName): string {
  const own = `${TerraformStack.of(grantee).node.path}/`;
  const path = target.startsWith(own) ? target.slice(own.length) : target;
  const last = path.split("/").at(-1) ?? path;
  return `${verb}-${last.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, LONGEST_WORD)}-${stableHash(`${path}|${part}`)}`;
}

import type { IConstruct } from "constructs";
import { shown } from "./checks";
import { ConstructValidationError } from "./errors";
import type { Cloud } from "./placement";
import type { Grantee, Principal } from "./grant";

const NAMES: Record<Cloud, string> = { aws: "AWS", azure: "Azure", google: "Google Cloud" };

/**
 * The principal behind a grantee, checked at run time too: JavaScript callers have no types to stop them.
 *
 * @throws ConstructValidationError when the principal belongs to another cloud
 */
export function principalOf<P extends Principal>(target: IConstruct, cloud: P["cloud"], grantee: Grantee<P>): P {
  const principal: unknown = (grantee as Partial<Grantee<P>> | undefined)?.grantPrincipal;
  const own = (principal as Partial<Principal> | undefined)?.cloud;
  if (own === cloud) return principal as P;
  const got = own === undefined ? shown(grantee) : `one of ${NAMES[own]}`;
  const advice =
    own === undefined
      ? ""
      : `; for ${NAMES[own]} create a keyless trust first and grant to the ${NAMES[cloud]} identity it ends in`;
  throw new ConstructValidationError(target.node.path, [
    `grantee must be a principal of ${NAMES[cloud]}, got ${got}${advice}`,
  ]);
}

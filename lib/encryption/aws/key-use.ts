import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { waitFor, type Dependent } from "../../core/grant";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsStatement } from "../../identity/aws/statement";
import type { AwsKeyPolicyRef, AwsKeyRef, AwsKeyUse } from "../references";

/**
 * What a grant on something encrypted adds for its key: the statement for the role and, where the role is of another
 * account, the agreement of the key's policy. Nothing where there is no customer-managed key.
 *
 * @param region where the key and what it encrypts stand
 */
export function keyStatements(
  key: AwsKeyRef | undefined,
  principal: AwsPrincipal,
  use: AwsKeyUse,
  region: string,
): readonly AwsStatement[] {
  if (key === undefined || use.actions.length === 0) return [];
  key.admit?.(principal, use);
  const { actions, viaService } = use;
  const condition = { StringEquals: { "kms:ViaService": `${String(viaService)}.${region}.amazonaws.com` } };
  return [{ actions, resources: [key.keyArn], ...(viaService !== undefined && { condition }) }];
}

/** Makes a resource wait until the policy of its key agrees to it; between stacks their order does that. */
export function waitForKey(resource: Dependent & IConstruct, policy: AwsKeyPolicyRef | undefined): void {
  if (policy && TerraformStack.of(policy) === TerraformStack.of(resource)) waitFor(resource, policy);
}

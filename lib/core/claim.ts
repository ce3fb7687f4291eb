import type { IConstruct } from "constructs";
import { ConstructValidationError } from "./errors";

const CLAIMS = Symbol.for("cloud-conductor.claims");

/**
 * Claims what the server keeps once (the policy of a bucket, its notification, …) for one construct of the whole app.
 *
 * @param kind the Terraform type that must not be written twice, such as `aws_s3_bucket_policy`
 * @param name the physical name or, for an own resource, the path of its construct
 * @throws ConstructValidationError naming both paths, when somebody else holds the claim
 */
export function claim(scope: IConstruct, kind: string, name: string): void {
  const claims = claimsOf(scope.node.root);
  const key = `${kind} ${name}`;
  const holder = claims.get(key);
  if (holder !== undefined && holder !== scope.node.path)
    throw new ConstructValidationError(scope.node.path, [
      `${kind} of "${name}" must have one owner, because the server keeps one and the last writer wins, got ${holder} and ${scope.node.path}`,
    ]);
  claims.set(key, scope.node.path);
}

function claimsOf(root: IConstruct): Map<string, string> {
  const known = Reflect.get(root, CLAIMS) as Map<string, string> | undefined;
  if (known) return known;
  const claims = new Map<string, string>();
  Object.defineProperty(root, CLAIMS, { value: claims });
  return claims;
}

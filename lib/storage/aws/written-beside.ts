import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken, problem } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import { waitFor, type Dependent } from "../../core/grant";
import { inOtherAccounts, type InAccount } from "../../identity/aws/accounts";
import type { AwsBucketRef } from "../references";
import type { OwnBucket } from "./own-or-referred";
import type { WriterPolicies } from "./service-access";

/** Where a bucket stands that S3 writes about into another one. */
export interface Standing extends InAccount {
  readonly region?: string;
}

/** S3 writes about a bucket into its own account and region alone. */
export const besideProblems = (path: string, source: Standing, target: AwsBucketRef): readonly string[] => [
  ...(inOtherAccounts(source, target)
    ? [problem(path, `a bucket of account ${String(source.accountId)}, as this one is`, target.accountId)]
    : []),
  ...(source.region === undefined || isToken(source.region) || isToken(target.region) || source.region === target.region
    ? []
    : [problem(path, `a bucket of region ${source.region}, as this one is`, target.region)]),
];

/**
 * The ARN of a bucket as the policy of another one names it: made of the literal name, because a reference would make
 * the other's stack wait for this one, which waits for it already.
 *
 * @throws ConstructValidationError when only Terraform knows the name, and the other bucket stands in another stack
 */
export function literalArn(source: OwnBucket, target: AwsBucketRef): string {
  const name = source.resource.bucketInput;
  if (name !== undefined && !isToken(name)) return `arn:aws:s3:::${name}`;
  const own = TerraformStack.of(source).node.path;
  if (target.path.startsWith(`${own}/`)) return source.bucketArn;
  throw new ConstructValidationError(source.node.path, [
    problem(
      "bucketName",
      `a literal value, because the policy of ${target.path} in another stack names the bucket`,
      name,
    ),
  ]);
}

/** What is written needs the policies of its bucket first; between stacks their order does that. */
export function waitForPolicies(resource: Dependent & IConstruct, policies: WriterPolicies): void {
  const own = TerraformStack.of(resource);
  for (const policy of policies) if (TerraformStack.of(policy) === own) waitFor(resource, policy);
}

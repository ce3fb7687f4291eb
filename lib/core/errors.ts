import type { IConstruct } from "constructs";
import { checkIds, idProblems } from "./ids";

/**
 * Wrong props of one construct. The message names the construct path and every problem at once:
 *
 * ```text
 * lake-dev/pos has 2 problems
 *   lifecycle[0].transitions[1].afterDays must be at least 30 days after the transition to COOL at 30, got 45
 *   bucketName must be 3-63 lower-case letters, digits, dots or hyphens, got "Acme_POS"
 * ```
 */
export class ConstructValidationError extends Error {
  public override readonly name = "ConstructValidationError";

  public constructor(
    /** Path of the construct in the tree, stack first. */
    public readonly constructPath: string,
    /** `<prop path> must be <rule>, got <value>`, one entry a problem. */
    public readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
    super([`${constructPath} has ${count}`, ...problems.map((one) => `  ${one}`)].join("\n"));
  }
}

/**
 * Refuses a construct whose props or id break a rule. Called in every constructor before the first resource.
 *
 * @throws ConstructValidationError with all problems.
 */
export function assertValid(scope: IConstruct, problems: readonly string[]): void {
  const all = [...idProblems(scope), ...problems];
  if (all.length > 0) throw new ConstructValidationError(scope.node.path, all);
  checkIds(scope);
}

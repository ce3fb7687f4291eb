import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { ConstructValidationError } from "../../core/errors";
import { placedGlobally } from "../../core/placement";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import { grantId, type GrantName } from "../grant-name";
import { policyDocument, statementProblems, type AwsStatement } from "./statement";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: all inline policies of a role together, without white space. */
const INLINE_POLICIES_MAXIMUM = 10_240;

/** One inline policy: what a grant renders below the role. */
class PolicyGrant implements Grant {
  public constructor(
    private readonly policy: IamRolePolicy,
    public readonly document: string,
  ) {}

  public before(...resources: readonly Dependent[]): this {
    for (const resource of resources) waitFor(resource, this.policy);
    return this;
  }
}

/** The inline policies of one role, one a grant. */
export class RolePolicies {
  private readonly grants = new Map<string, PolicyGrant>();

  /**
   * @param policyName the name of a policy by the id of its grant; a role that several stacks refer to needs names that
   *   differ between them, or the last writer wins
   */
  public constructor(
    private readonly role: Construct,
    private readonly roleName: string,
    private readonly policyName: (id: string) => string = (id) => id,
  ) {
    role.node.addValidation({ validate: () => this.sizeProblems() });
  }

  /**
   * The policy of a grant; the same name gives the same policy.
   *
   * @throws ConstructValidationError when the statements allow too much, or differ from those of an earlier grant
   */
  public allow(name: GrantName, statements: readonly AwsStatement[]): Grant {
    const id = grantId(this.role, name);
    const document = policyDocument(statements);
    const known = this.grants.get(id);
    if (known?.document === document) return known;
    this.refuse(
      known
        ? [`${name.verb} on ${name.target} must be granted with the same statements each time, got two different ones`]
        : [],
    );
    this.refuse(statements.flatMap((statement, index) => statementProblems(`statements[${String(index)}]`, statement)));
    const policy = new IamRolePolicy(
      this.role,
      id,
      placedGlobally(this.role, { name: this.policyName(id), role: this.roleName, policy: document }),
    );
    const grant = new PolicyGrant(policy, document);
    this.grants.set(id, grant);
    return grant;
  }

  private refuse(problems: readonly string[]): void {
    if (problems.length > 0) throw new ConstructValidationError(this.role.node.path, problems);
  }

  private sizeProblems(): string[] {
    const size = [...this.grants.values()].reduce((sum, { document }) => sum + document.length, 0);
    if (size <= INLINE_POLICIES_MAXIMUM) return [];
    const grants = [...this.grants.keys()].join(", ");
    return [
      `the inline policies of the role must be at most ${String(INLINE_POLICIES_MAXIMUM)} characters together, got about ${String(size)} in ${grants}; grant on wider prefixes or use a second role`,
    ];
  }
}

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ConstructValidationError } from "../../core/errors";
import { stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import type { GrantName } from "./principal";
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

  public constructor(
    private readonly role: Construct,
    private readonly roleName: string,
  ) {
    role.node.addValidation({ validate: () => this.sizeProblems() });
  }

  /** The policy of a grant; the same name gives the same policy. */
  public allow(name: GrantName, statements: readonly AwsStatement[]): Grant {
    const id = this.idOf(name);
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
      placedGlobally(this.role, { name: id, role: this.roleName, policy: document }),
    );
    const grant = new PolicyGrant(policy, document);
    this.grants.set(id, grant);
    return grant;
  }

  /** Readable verb and target, and a hash over all of the name; a target of the own stack counts without the stack's id. */
  private idOf({ verb, target, part = "" }: GrantName): string {
    const own = `${TerraformStack.of(this.role).node.path}/`;
    const path = target.startsWith(own) ? target.slice(own.length) : target;
    const last = path.split("/").at(-1) ?? path;
    return `${verb}-${last.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 40)}-${stableHash(`${path}|${part}`)}`;
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

import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { problem } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import { placedGlobally } from "../../core/placement";
import { grantId, type GrantName } from "../grant-name";
import type { GooglePermission } from "./principal";

/**
 * Roles over whole projects, far too much for any grant.
 * https://cloud.google.com/iam/docs/roles-overview#basic
 */
const BASIC_ROLES: ReadonlySet<string> = new Set(["roles/owner", "roles/editor", "roles/viewer"]);

/** https://cloud.google.com/iam/quotas: bindings of one role and member that differ in their condition alone, in one policy. */
const MOST_CONDITIONS = 20;

/** One membership: what a grant renders below the service account. */
class MembershipGrant implements Grant {
  public constructor(
    private readonly membership: ITerraformDependable,
    public readonly permission: string,
    public readonly policy: string,
  ) {}

  public before(...resources: readonly Dependent[]): this {
    for (const resource of resources) waitFor(resource, this.membership);
    return this;
  }
}

/** The memberships of one service account, one a grant. */
export class Memberships {
  private readonly grants = new Map<string, MembershipGrant>();

  public constructor(
    private readonly account: Construct,
    private readonly member: string,
  ) {}

  /** The membership of a grant; the same name gives the same membership. */
  public allow(name: GrantName, { role, condition, bind }: GooglePermission): Grant {
    const id = grantId(this.account, name);
    const text = JSON.stringify({ role, condition });
    const known = this.grants.get(id);
    if (known?.permission === text) return known;
    const policy = `${role} on ${name.target}`;
    this.refuse(
      known
        ? [`${name.verb} on ${name.target} must be granted with the same permission each time, got two different ones`]
        : [...basicProblems(role), ...(condition === undefined ? [] : this.conditionProblems(policy))],
    );
    const membership = bind(
      this.account,
      id,
      placedGlobally(this.account, { role, member: this.member, ...(condition && { condition }) }),
    );
    const grant = new MembershipGrant(membership, text, condition === undefined ? "" : policy);
    this.grants.set(id, grant);
    return grant;
  }

  private conditionProblems(policy: string): string[] {
    const count = [...this.grants.values()].filter((grant) => grant.policy === policy).length;
    if (count < MOST_CONDITIONS) return [];
    return [
      `${policy} must be granted on at most ${String(MOST_CONDITIONS)} parts to one service account, got one more; grant on wider prefixes or use a second service account`,
    ];
  }

  private refuse(problems: readonly string[]): void {
    if (problems.length > 0) throw new ConstructValidationError(this.account.node.path, problems);
  }
}

const basicProblems = (role: string): string[] =>
  BASIC_ROLES.has(role) ? [problem("role", "a role for one service, not a basic role", role)] : [];

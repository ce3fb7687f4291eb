import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import type { Construct } from "constructs";
import { isToken } from "../../core/checks";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import { stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { grantId, type GrantName } from "../grant-name";
import type { AzurePermission } from "./principal";
import { roleProblems, type CustomRole } from "./role";

/** https://learn.microsoft.com/azure/role-based-access-control/conditions-format: the language has versions, and 1.0 is refused. */
const CONDITION_VERSION = "2.0";
/** https://learn.microsoft.com/azure/role-based-access-control/conditions-faq */
const LONGEST_CONDITION = 8192;
const WHOLE = "";

/** One role assignment, which the grants of one verb on one target share: Azure has one for a role, a scope and an identity. */
class SharedAssignment implements Grant {
  private readonly parts = new Set<string>();

  public constructor(
    private readonly assignment: RoleAssignment,
    public readonly permission: string,
  ) {}

  public before(...resources: readonly Dependent[]): this {
    for (const resource of resources) waitFor(resource, this.assignment);
    return this;
  }

  /** Widens the condition by a part; the whole needs none. Answers with what is wrong with it. */
  public widen(part: string, { conditionFor }: AzurePermission): readonly string[] {
    this.parts.add(part);
    if (conditionFor === undefined || this.parts.has(WHOLE)) {
      this.assignment.resetCondition();
      this.assignment.resetConditionVersion();
      return [];
    }
    const condition = conditionFor([...this.parts].sort());
    this.assignment.condition = condition;
    this.assignment.conditionVersion = CONDITION_VERSION;
    return condition.length <= LONGEST_CONDITION
      ? []
      : [
          `the condition must be at most ${String(LONGEST_CONDITION)} characters, got ${String(condition.length)} for ${String(this.parts.size)} parts; grant on wider prefixes`,
        ];
  }
}

/** The role assignments of one identity, one a verb and target, and the role definitions that they need. */
export class RoleAssignments {
  private readonly assignments = new Map<string, SharedAssignment>();
  private readonly definitions = new Map<string, RoleDefinition>();

  public constructor(
    private readonly identity: Construct,
    private readonly principalId: string,
  ) {}

  /** The assignment of a grant; the same verb and target give the same assignment. */
  public allow({ verb, target, part = WHOLE }: GrantName, permission: AzurePermission): Grant {
    const id = grantId(this.identity, { verb, target });
    const { scope, role } = permission;
    const text = JSON.stringify({ scope, role });
    const known = this.assignments.get(id);
    this.refuse(
      known !== undefined && known.permission !== text
        ? [`${verb} on ${target} must be granted with the same permission each time, got two different ones`]
        : roleProblems("role", role),
    );
    const assignment = known ?? new SharedAssignment(this.assign(id, target, permission), text);
    this.assignments.set(id, assignment);
    this.refuse(assignment.widen(part, permission).map((problem) => `${verb} on ${target}: ${problem}`));
    return assignment;
  }

  private assign(id: string, target: string, { scope, role }: AzurePermission): RoleAssignment {
    if ("builtIn" in role) {
      const where = isToken(scope) ? target : scope;
      claim(this.identity, RoleAssignment.tfResourceType, `${role.builtIn} on ${where} for ${this.principalId}`);
    }
    return new RoleAssignment(
      this.identity,
      id,
      placedGlobally(this.identity, {
        scope,
        principalId: this.principalId,
        // Entra may not know a new identity everywhere yet; with the type said, Azure does not look it up
        principalType: "ServicePrincipal",
        ...("builtIn" in role
          ? { roleDefinitionName: role.builtIn }
          : { roleDefinitionId: this.define(role).roleDefinitionResourceId }),
      }),
    );
  }

  /** The definition of a role for one target; its name is unique in the tenant through the id of the identity. */
  private define({ title, dataActions, target, assignableScope }: CustomRole): RoleDefinition {
    const id = grantId(this.identity, { verb: title.replace(/\W+/g, "-"), target, part: "role" });
    const known = this.definitions.get(id);
    if (known) return known;
    const definition = new RoleDefinition(
      this.identity,
      id,
      placedGlobally(this.identity, {
        name: `${title} ${stableHash(`${this.identity.node.path}|${id}`)} ${this.principalId}`,
        scope: assignableScope,
        assignableScopes: [assignableScope],
        permissions: [{ dataActions: [...dataActions] }],
      }),
    );
    this.definitions.set(id, definition);
    return definition;
  }

  private refuse(problems: readonly string[]): void {
    if (problems.length > 0) throw new ConstructValidationError(this.identity.node.path, problems);
  }
}

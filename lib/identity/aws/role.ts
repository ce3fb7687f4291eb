import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { given, isToken, literal, matching, wholeNumber } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, stableHash, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { Grant, Grantee } from "../../core/grant";
import type { GrantName } from "../grant-name";
import { declaredStanding } from "./arn";
import type { AwsPrincipal } from "./principal";
import { RolePolicies } from "./role-policies";
import type { AwsStatement } from "./statement";
import { trustDocument, trustProblems, type Trust } from "./trust";

/** What a role's name may be. */
export const ROLE_NAME: NameRule = {
  rule: "1-64 letters, digits or any of +=,.@_-",
  pattern: /^[\w+=,.@-]{1,64}$/,
  maximum: 64,
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

/** An IAM role. */
export interface AwsRoleProps extends PlacementProps {
  /** Who may assume it: `trustService("lambda.amazonaws.com", { … })`. */
  readonly trust: Trust;
  /** @default - derived from the construct path */
  readonly roleName?: string;
  /** What it is for. @default - none */
  readonly description?: string;
  /** Longest session in seconds, 3,600 to 43,200. @default 3600 */
  readonly maxSessionSeconds?: number;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DESCRIPTION = /^[\t\n\r\x20-\x7e\u00a1-\u00ff]{0,1000}$/;

/** How to refer to a role that exists; both are literal, because they make its ARN. A role with a path is none of these. */
export interface AwsRoleAttributes {
  readonly roleName: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** A role that has no permissions but those it is granted: `bucket.grants.read(role)`. */
export class AwsRole extends Construct implements AwsPrincipal, Grantee<AwsPrincipal> {
  /** Refers to a role of this or another account; grants to it render as inline policies in this stack. */
  public static fromRoleAttributes(
    scope: Construct,
    id: string,
    attributes: AwsRoleAttributes,
  ): AwsPrincipal & Grantee<AwsPrincipal> {
    return new ReferredRole(scope, id, attributes);
  }

  public readonly cloud = "aws";
  public readonly grantPrincipal: AwsPrincipal = this;
  /** The provider's class, for overrides and moves. */
  public readonly resource: IamRole;
  public readonly roleName: string;
  public readonly roleArn: string;
  public readonly accountId?: string;
  public readonly literalArn?: string;
  private readonly policies: RolePolicies;

  public constructor(scope: Construct, id: string, props: AwsRoleProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...roleProblems(props)]);
    const literalName = props.roleName ?? physicalName(this, ROLE_NAME);
    this.resource = new IamRole(
      this,
      "Resource",
      placedGlobally(this, {
        name: literalName,
        assumeRolePolicy: trustDocument(props.trust),
        description: props.description,
        maxSessionDuration: props.maxSessionSeconds,
        ...tagsFor(this, props.tags),
      }),
    );
    this.accountId = declaredStanding(this, props)?.accountId;
    this.literalArn =
      this.accountId === undefined || isToken(literalName) ? undefined : roleArn(this.accountId, literalName);
    this.roleName = this.resource.name;
    this.roleArn = this.resource.arn;
    this.policies = new RolePolicies(this, this.roleName);
  }

  public allow(name: GrantName, statements: readonly AwsStatement[]): Grant {
    return this.policies.allow(name, statements);
  }
}

const roleArn = (accountId: string, roleName: string): string => `arn:aws:iam::${accountId}:role/${roleName}`;

const roleProblems = (props: AwsRoleProps): string[] => [
  ...trustProblems("trust", props.trust),
  ...given(props.roleName, (name) => nameProblems("roleName", name, ROLE_NAME)),
  ...given(props.maxSessionSeconds, (seconds) =>
    wholeNumber("maxSessionSeconds", seconds, { minimum: 3600, maximum: 43_200, unit: "seconds" }),
  ),
  ...given(props.description, (description) =>
    matching("description", description, DESCRIPTION, "a text of at most 1000 characters of Latin script"),
  ),
  ...tagProblems("tags", props.tags),
];

const referenceProblems = ({ roleName, accountId }: AwsRoleAttributes): string[] => [
  ...literal("roleName", roleName),
  ...nameProblems("roleName", roleName, ROLE_NAME),
  ...literal("accountId", accountId),
  ...matching("accountId", accountId, /^\d{12}$/, "12 digits"),
];

class ReferredRole extends Construct implements AwsPrincipal, Grantee<AwsPrincipal> {
  public readonly cloud = "aws";
  public readonly grantPrincipal: AwsPrincipal = this;
  public readonly roleName: string;
  public readonly roleArn: string;
  public readonly accountId: string;
  public readonly literalArn: string;
  private readonly policies: RolePolicies;

  public constructor(scope: Construct, id: string, attributes: AwsRoleAttributes) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", {}), ...referenceProblems(attributes)]);
    const { roleName, accountId } = attributes;
    this.roleName = roleName;
    this.roleArn = roleArn(accountId, roleName);
    this.literalArn = this.roleArn;
    this.accountId = accountId;
    this.policies = new RolePolicies(this, roleName, (policy) => `${policy}-${stableHash(this.node.path)}`);
  }

  public allow(name: GrantName, statements: readonly AwsStatement[]): Grant {
    return this.policies.allow(name, statements);
  }
}

import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { Lazy } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { given, isToken, literal, matching, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { placed } from "../../core/placement";
import type { AwsStanding } from "../../identity/aws/arn";
import type { AwsKeyPolicyRef, AwsKeyUse, AwsKeyUser, AwsServiceKeyUse } from "../references";

/** A statement as it stands in the document. */
type Rendered = Readonly<Record<string, unknown>>;

/** Where a key stands, by its own ARN: statements of other stacks must not refer back to them. */
export type KeyStanding = Required<AwsStanding>;

/** What the policy of a key agrees to beyond the roles of its own account. */
export interface KeyPolicy {
  admit(role: AwsKeyUser, use: AwsKeyUse): void;
  allowService(use: AwsServiceKeyUse): AwsKeyPolicyRef | undefined;
  allowLogGroup(logGroupName: string): AwsKeyPolicyRef | undefined;
}

/** The policy of an own key: the account, and what other accounts and services were granted. */
export class OwnedKeyPolicy implements KeyPolicy {
  public readonly resource: KmsKeyPolicy;
  private readonly admitted = new Map<string, Rendered>();

  public constructor(
    private readonly key: Construct,
    keyId: string,
    private readonly standing: KeyStanding,
  ) {
    claim(key, KmsKeyPolicy.tfResourceType, key.node.path);
    const { accountId } = standing;
    const policy = Lazy.stringValue({ produce: () => this.render(accountId) });
    // apart from the key, because it names the account by the key's own ARN
    this.resource = new KmsKeyPolicy(key, "Policy", placed(key, { keyId, policy }));
  }

  public admit(role: AwsKeyUser, use: AwsKeyUse): void {
    this.add(roleStatement(this.key, this.standing, role, use));
  }

  public allowService(use: AwsServiceKeyUse): AwsKeyPolicyRef {
    this.add(serviceStatement(this.key, this.standing, use));
    return this.resource;
  }

  public allowLogGroup(logGroupName: string): AwsKeyPolicyRef {
    this.add(logGroupStatement(this.key, this.standing, logGroupName));
    return this.resource;
  }

  private add(statement: Rendered): void {
    this.admitted.set(JSON.stringify(statement), statement);
  }

  private render(accountId: string): string {
    const admitted = [...this.admitted.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [accountRule(accountId), ...admitted.map(([, statement]) => statement)],
    });
  }
}

/** The policy of a key that somebody else owns is never written: the error shows the statement to add there. */
export class ForeignKeyPolicy implements KeyPolicy {
  public constructor(
    private readonly key: IConstruct,
    private readonly standing: KeyStanding,
    private readonly agreed: boolean,
  ) {}

  public admit(role: AwsKeyUser, use: AwsKeyUse): void {
    this.refuse(`a grant to ${String(role.literalArn)}`, roleStatement(this.key, this.standing, role, use));
  }

  public allowService(use: AwsServiceKeyUse): AwsKeyPolicyRef | undefined {
    this.refuse(`the use by ${use.service}`, serviceStatement(this.key, this.standing, use));
    return undefined;
  }

  public allowLogGroup(logGroupName: string): AwsKeyPolicyRef | undefined {
    this.refuse(`the use by log group "${logGroupName}"`, logGroupStatement(this.key, this.standing, logGroupName));
    return undefined;
  }

  private refuse(got: string, statement: Rendered): void {
    if (this.agreed) return;
    throw new ConstructValidationError(this.key.node.path, [
      `the policy of the key must be changed by its owner, because the key is only referred to here, got ${got}; the owner adds ${JSON.stringify(statement)}, and policyAgrees: true says here that it is done`,
    ]);
  }
}

/** IAM policies of the account decide, as for every other service; without it the key could become unmanageable. */
const accountRule = (accountId: string): Rendered => ({
  Sid: "AccountDecides",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: "kms:*",
  Resource: "*",
});

/**
 * Names the account and holds it to the role by `aws:PrincipalArn`: a role as principal would have to exist first, and
 * would be a reference back into the stack that uses the key.
 */
function roleStatement(
  key: IConstruct,
  { region }: KeyStanding,
  { accountId, literalArn }: AwsKeyUser,
  { actions, viaService }: AwsKeyUse,
): Rendered {
  if (literalArn === undefined || accountId === undefined)
    throw new ConstructValidationError(key.node.path, [
      "grantee must be a role whose account is declared (environment.aws.accountId), because it is of another account, got one without",
    ]);
  return {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: exact(key, actions),
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": literalArn },
      ...(viaService !== undefined && { StringEquals: { "kms:ViaService": `${viaService}.${region}.amazonaws.com` } }),
    },
  };
}

function serviceStatement(
  key: IConstruct,
  standing: KeyStanding,
  { service, actions, sourceAccount }: AwsServiceKeyUse,
): Rendered {
  refuse(key, [...serviceProblems(service), ...given(sourceAccount, sourceAccountProblems)]);
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: exact(key, actions),
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": sourceAccount ?? standing.accountId } },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, its wildcards written out */
const LOG_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

function logGroupStatement(key: IConstruct, { region, accountId }: KeyStanding, logGroupName: string): Rendered {
  refuse(key, [...literal("logGroupName", logGroupName), ...logGroupProblems(logGroupName)]);
  const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`;
  return {
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: LOG_ACTIONS,
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const logGroupProblems = (name: string): string[] =>
  matching("logGroupName", name, /^[\w./#-]{1,512}$/, "1-512 letters, digits or any of _./#-");

const serviceProblems = (service: string): string[] => [
  ...literal("service", service),
  ...matching("service", service, /^[a-z0-9.-]+\.amazonaws\.com$/, "a service such as events.amazonaws.com"),
];

const sourceAccountProblems = (accountId: string): string[] =>
  !isToken(accountId) && /^\d{12}$/.test(accountId)
    ? []
    : [
        problem(
          "sourceAccount",
          "a literal account of 12 digits, because a reference would lead back into the stack that uses the key",
          accountId,
        ),
      ];

/** The actions, none of them with a wildcard. */
function exact(key: IConstruct, actions: readonly string[]): readonly string[] {
  const wrong = actions.filter((action) => isToken(action) || !/^kms:[A-Za-z]+$/.test(action));
  refuse(
    key,
    wrong.map((action) => problem("actions", "actions of KMS without a wildcard", action)),
  );
  return actions;
}

function refuse(key: IConstruct, problems: readonly string[]): void {
  if (problems.length > 0) throw new ConstructValidationError(key.node.path, problems);
}

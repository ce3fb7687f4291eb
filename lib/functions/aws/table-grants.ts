import type { IConstruct } from "constructs";
import { list, oneOf, problem, text } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { keyStatements } from "../../encryption/aws/key-use";
import type { AwsKeyRef } from "../../encryption/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import type { AwsPrincipal, GrantName } from "../../identity/aws/principal";
import type { AwsTableRef } from "../references";

/** What can be granted on the items of a table: nothing reads or writes all of it at once. */
const ITEM_ACTIONS = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];

const READ_WRITE: readonly ItemAction[] = [
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
];

/** https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html, its wildcards written out */
const KEY_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** The part of a table that a grant is for. */
export interface ItemSelection {
  /** Values of the partition key. @default - the whole table */
  readonly partitions?: readonly string[];
}

/** Who may do what with the items of a table, its key included. */
export class TableGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly table: AwsTableRef,
    private readonly key: AwsKeyRef | undefined,
  ) {}

  /** Get, query, put, update and delete items. */
  public readWrite(grantee: Grantee<AwsPrincipal>, selection: ItemSelection = {}): Grant {
    return this.give({ verb: "readWrite", target: this.table.path }, READ_WRITE, grantee, selection);
  }

  /** Exactly these actions: what the contract of a handler names. */
  public allow(grantee: Grantee<AwsPrincipal>, actions: readonly ItemAction[], selection: ItemSelection = {}): Grant {
    const part = [...actions].sort().join(",");
    return this.give({ verb: "allow", target: this.table.path, part }, actions, grantee, selection);
  }

  private give(
    name: GrantName,
    actions: readonly ItemAction[],
    grantee: Grantee<AwsPrincipal>,
    { partitions }: ItemSelection,
  ): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    const problems = [...grantProblems(actions, partitions), ...this.foreignProblems(principal)];
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const condition = partitions && {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": partitions },
    };
    return principal.allow(name, [
      { actions, resources: [this.table.tableArn], ...(condition && { condition }) },
      ...keyStatements(this.key, principal, { actions: KEY_ACTIONS, viaService: "dynamodb" }, this.table.region),
    ]);
  }

  private foreignProblems(principal: AwsPrincipal): string[] {
    return inOtherAccounts(this.table, principal)
      ? [problem("grantee", `a role of the table's account ${String(this.table.accountId)}`, principal.accountId)]
      : [];
  }
}

const grantProblems = (actions: readonly string[], partitions: readonly string[] | undefined): string[] => [
  ...list("actions", actions, (action, path) => oneOf(path, action, ITEM_ACTIONS)),
  ...(actions.length === 0 ? [problem("actions", "at least one action", actions)] : []),
  ...(partitions === undefined ? [] : list("partitions", partitions, (value, path) => text(path, value))),
  // an empty list would match every request that names no partition
  ...(partitions?.length === 0 ? [problem("partitions", "at least one partition, or left out", partitions)] : []),
];

import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { flag, given } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { standing } from "../../identity/aws/arn";
import { idempotencyTable } from "../../../lambda/shared/format/idempotency-table";
import type { AwsTableRef } from "../references";
import { tableEncryptionProblems, type TableEncryption } from "./table-encryption";
import { TableGrants } from "./table-grants";

/** A table in which handlers remember what they have done: on demand, encrypted, recoverable, kept. */
export interface IdempotencyTableProps extends DataRemovalProps, AwsPlacementProps {
  /** @default - derived from the construct path */
  readonly tableName?: string;
  /** Whether every second of the last 35 days can be restored. @default true */
  readonly pointInTimeRecovery?: boolean;
  /** @default TableEncryption.awsOwned() */
  readonly encryption?: TableEncryption;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const TABLE_NAME: NameRule = {
  rule: "3-255 letters, digits or any of _.-",
  pattern: /^[A-Za-z0-9_.-]{3,255}$/,
  maximum: 255,
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
};

/**
 * A table of DynamoDB with the keys that the bundled handlers and Powertools for Lambda expect; items go by themselves
 * when they expire.
 */
export class IdempotencyTable extends Construct implements AwsTableRef {
  public readonly path: string;
  public readonly tableName: string;
  public readonly tableArn: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly pointInTimeRecovery: boolean;
  public readonly grants: TableGrants;
  public readonly resource: DynamodbTable;

  public constructor(scope: Construct, id: string, props: IdempotencyTableProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...tableProblems(props)]);
    this.pointInTimeRecovery = props.pointInTimeRecovery ?? true;
    this.resource = this.createTable(props);
    this.path = this.node.path;
    this.tableName = this.resource.name;
    this.tableArn = this.resource.arn;
    const { region, accountId } = standing(this, props, this.tableArn);
    this.region = region;
    this.accountId = accountId;
    this.keyArn = props.encryption?.keyArn;
    this.grants = new TableGrants(this, this, props.encryption?.key);
  }

  private createTable(props: IdempotencyTableProps): DynamodbTable {
    const { partitionKey, sortKey, expiry } = idempotencyTable;
    const destroys = destroysData(this, props);
    const keyArn = props.encryption?.keyArn;
    return new DynamodbTable(
      this,
      "Resource",
      placed(this, {
        name: props.tableName ?? physicalName(this, TABLE_NAME),
        billingMode: "PAY_PER_REQUEST",
        attribute: [partitionKey, sortKey].map((name) => ({ name, type: "S" })),
        hashKey: partitionKey,
        rangeKey: sortKey,
        ttl: { attributeName: expiry, enabled: true },
        pointInTimeRecovery: { enabled: this.pointInTimeRecovery },
        // without the block DynamoDB uses a key of its own, with an empty one the account's alias/aws/dynamodb
        ...(keyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } }),
        deletionProtectionEnabled: !destroys,
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }
}

const tableProblems = (props: IdempotencyTableProps): string[] => [
  ...given(props.tableName, (name) => nameProblems("tableName", name, TABLE_NAME)),
  ...given(props.pointInTimeRecovery, (value) => flag("pointInTimeRecovery", value)),
  ...given(props.encryption, tableEncryptionProblems),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

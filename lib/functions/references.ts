/** A table of DynamoDB as other constructs are given it: identifiers only. */
export interface AwsTableRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly tableName: string;
  readonly tableArn: string;
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The customer-managed key of its items. */
  readonly keyArn?: string;
  /** Whether it is known that every second of its last days can be restored. */
  readonly pointInTimeRecovery?: boolean;
}

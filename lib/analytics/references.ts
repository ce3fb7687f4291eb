/** A table of an open format on AWS as other constructs are given it: identifiers only. */
export interface AwsTableRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  /** The database of Glue, or the namespace of S3 Tables. */
  readonly databaseName: string;
  readonly tableName: string;
  readonly tableArn: string;
}

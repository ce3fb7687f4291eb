import type { Construct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsTableRef } from "../references";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html: what writes also reads and moves the metadata. */
const READ_TABLE = ["s3tables:GetTable", "s3tables:GetTableData", "s3tables:GetTableMetadataLocation"];
const WRITE_TABLE = [...READ_TABLE, "s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation"];
const FIND_TABLES = [
  "s3tables:GetTableBucket",
  "s3tables:GetNamespace",
  "s3tables:ListNamespaces",
  "s3tables:ListTables",
];

interface Granted {
  readonly bucket: Construct;
  readonly tableBucketArn: string;
  /** Path of what the grant is on. */
  readonly target: string;
  readonly tableArn: string;
}

const allow = (
  { bucket, tableBucketArn, target, tableArn }: Granted,
  verb: string,
  actions: readonly string[],
  grantee: Grantee<AwsPrincipal>,
): Grant =>
  principalOf<AwsPrincipal>(bucket, "aws", grantee).allow({ verb, target }, [
    { actions, resources: [tableArn] },
    { actions: FIND_TABLES, resources: [tableBucketArn] },
  ]);

/** Who may do what with one table of a table bucket. */
export class TableGrants {
  private readonly granted: Granted;

  public constructor(bucket: Construct, table: AwsTableRef & { readonly tableBucketArn: string }) {
    this.granted = { bucket, tableBucketArn: table.tableBucketArn, target: table.path, tableArn: table.tableArn };
  }

  /** Find the table and read it. */
  public read(grantee: Grantee<AwsPrincipal>): Grant {
    return allow(this.granted, "read", READ_TABLE, grantee);
  }

  /** Find the table, read it and commit to it: who commits to Iceberg reads what is there. */
  public readWrite(grantee: Grantee<AwsPrincipal>): Grant {
    return allow(this.granted, "read-write", WRITE_TABLE, grantee);
  }
}

/** Who may do what with every table of a table bucket, also those to come. */
export class TableBucketGrants {
  private readonly granted: Granted;

  public constructor(bucket: Construct, tableBucketArn: string) {
    this.granted = { bucket, tableBucketArn, target: bucket.node.path, tableArn: `${tableBucketArn}/table/*` };
  }

  /** Find tables and read them. */
  public read(grantee: Grantee<AwsPrincipal>): Grant {
    return allow(this.granted, "read", READ_TABLE, grantee);
  }

  /** Find tables, read them and commit to them. */
  public readWrite(grantee: Grantee<AwsPrincipal>): Grant {
    return allow(this.granted, "read-write", WRITE_TABLE, grantee);
  }
}

import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import { given, having, keyPrefix } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { nameProblems } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { arnPart } from "../../identity/aws/arn";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { IAwsBucket } from "../../storage/aws/bucket";
import { columnProblems, ColumnType, type Column } from "../column";
import type { AwsTableRef } from "../references";
import type { GlueDatabase } from "./glue-database";
import { GLUE_NAME } from "./names";

/** An Iceberg table in a bucket of one's own, in the catalog of Glue. */
export interface IcebergTableProps extends DataRemovalProps, AwsPlacementProps {
  readonly database: GlueDatabase;
  readonly tableName: string;
  readonly columns: readonly Column[];
  /** Where its files are. */
  readonly bucket: IAwsBucket;
  /** Folder of its files. @default - `<database>/<table>/` */
  readonly prefix?: string;
}

/** Glue's words for Iceberg's types, where they differ. https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html */
const GLUE_TYPE: Readonly<Record<string, string>> = { [ColumnType.LONG]: "bigint" };

/**
 * An Iceberg table: what Athena, Glue, EMR and Spark read and write by its name. It is declared to be there; its columns
 * then change by the engines alone, because Glue would change the catalog and not the table
 * (hashicorp/terraform-provider-aws#36641).
 */
export class IcebergTable extends Construct implements AwsTableRef {
  public readonly path: string;
  public readonly databaseName: string;
  public readonly tableName: string;
  public readonly tableArn: string;
  /** `s3://<bucket>/<folder>/` */
  public readonly location: string;
  public readonly grants: IcebergTableGrants;
  public readonly resource: GlueCatalogTable;

  public constructor(scope: Construct, id: string, props: IcebergTableProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...icebergProblems(props)]);
    const { database, bucket, tableName } = props;
    const prefix = props.prefix ?? `${database.literalName}/${tableName}/`;
    this.location = `s3://${bucket.bucketName}/${prefix}`;
    this.resource = this.create(props);
    this.path = this.node.path;
    this.databaseName = database.databaseName;
    this.tableName = this.resource.name;
    this.tableArn = this.resource.arn;
    this.grants = new IcebergTableGrants(this, this, { bucket, prefix, databaseArn: database.databaseArn });
  }

  private create({ database, tableName, columns, dataRemoval }: IcebergTableProps): GlueCatalogTable {
    const guard = keptUnless(destroysData(this, { dataRemoval }));
    return new GlueCatalogTable(
      this,
      "Resource",
      placed(this, {
        databaseName: database.databaseName,
        name: tableName,
        tableType: "EXTERNAL_TABLE",
        openTableFormatInput: { icebergInput: { metadataOperation: "CREATE", version: "2" } },
        storageDescriptor: {
          location: this.location,
          columns: columns.map(({ name, type }) => ({ name, type: GLUE_TYPE[type] ?? type })),
        },
        // every commit of an engine writes both
        lifecycle: { ...guard.lifecycle, ignoreChanges: ["parameters", "storage_descriptor"] },
      }),
    );
  }
}

/** Who may do what with an Iceberg table: its entry in the catalog, its files and their key in one go. */
export class IcebergTableGrants {
  public constructor(
    private readonly construct: Construct,
    private readonly table: AwsTableRef,
    private readonly place: { readonly bucket: IAwsBucket; readonly prefix: string; readonly databaseArn: string },
  ) {}

  /** Find the table and read it. */
  public read(grantee: Grantee<AwsPrincipal>): Grant {
    const { bucket, prefix } = this.place;
    return together(this.catalog("read", READ_ENTRY, grantee), bucket.grants.read(grantee, { prefix }));
  }

  /** Find the table, read it, commit to it, and remove files that no snapshot knows. */
  public readWrite(grantee: Grantee<AwsPrincipal>): Grant {
    const { bucket, prefix } = this.place;
    return together(
      this.catalog("read-write", [...READ_ENTRY, "glue:UpdateTable"], grantee),
      bucket.grants.read(grantee, { prefix }),
      bucket.grants.write(grantee, { prefix }),
      bucket.grants.delete(grantee, { prefix }),
    );
  }

  private catalog(verb: string, actions: readonly string[], grantee: Grantee<AwsPrincipal>): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    const { databaseArn } = this.place;
    // Glue asks for the catalog and the database of whatever is asked of a table
    const resources = [catalogArn(databaseArn), databaseArn, this.table.tableArn];
    return principal.allow({ verb, target: this.table.path }, [{ actions, resources }]);
  }
}

const READ_ENTRY = ["glue:GetDatabase", "glue:GetTable"];

/** `arn:aws:glue:eu-west-1:123456789012:catalog`, from the database's own ARN. */
const catalogArn = (databaseArn: string): string =>
  `arn:aws:glue:${arnPart(databaseArn, "region")}:${arnPart(databaseArn, "account")}:catalog`;

/** Several permissions as one: what waits, waits for all of them. */
function together(...grants: readonly Grant[]): Grant {
  const all: Grant = {
    before: (...resources) => {
      for (const grant of grants) grant.before(...resources);
      return all;
    },
  };
  return all;
}

const icebergProblems = (props: IcebergTableProps): readonly string[] => [
  ...having("database", props.database, "databaseArn", "a GlueDatabase"),
  ...nameProblems("tableName", props.tableName, GLUE_NAME),
  ...columnProblems("columns", props.columns),
  ...having("bucket", props.bucket, "grants", "a bucket of AWS"),
  ...given(props.prefix, (prefix) => keyPrefix("prefix", prefix)),
  ...dataRemovalProblems(props),
];

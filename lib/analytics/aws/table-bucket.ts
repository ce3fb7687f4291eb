import { S3TablesNamespace } from "@cdktf/provider-aws/lib/s3tables-namespace";
import { S3TablesTable } from "@cdktf/provider-aws/lib/s3tables-table";
import { S3TablesTableBucket } from "@cdktf/provider-aws/lib/s3tables-table-bucket";
import { Construct } from "constructs";
import { given, literal, objects, distinct } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { columnProblems, type Column } from "../column";
import type { AwsTableRef } from "../references";
import { TABLE_BUCKET_NAME, TABLE_NAME } from "./names";
import { TableBucketGrants, TableGrants } from "./table-grants";

/** A table of a table bucket: `{ namespace: "warehouse", name: "events", columns: […] }`. */
export interface ManagedTable {
  readonly namespace: string;
  readonly name: string;
  readonly columns: readonly Column[];
}

/** A table bucket of S3: Iceberg tables that S3 compacts and tidies up itself. */
export interface TableBucketProps<Tables extends readonly ManagedTable[] = readonly ManagedTable[]>
  extends DataRemovalProps, AwsPlacementProps {
  /** The tables that there are from the beginning; engines may add others. */
  readonly tables: Tables;
  /** @default - derived from the construct path */
  readonly tableBucketName?: string;
  /** Of the bucket and its tables. @default - the environment's tags */
  readonly tags?: Tags;
}

/** A table of a table bucket, to be granted and referred to. */
export interface TableInBucket extends AwsTableRef {
  readonly grants: TableGrants;
  readonly resource: S3TablesTable;
}

type ByName<Tables extends readonly ManagedTable[]> = {
  readonly [T in Tables[number] as `${T["namespace"]}.${T["name"]}`]: TableInBucket;
};

/**
 * A table bucket of S3 with its namespaces and Iceberg tables. Private and encrypted by S3 itself, which also compacts
 * files and removes old snapshots and files that no snapshot knows. What columns a table has later is the engines' matter.
 */
export class TableBucket<const Tables extends readonly ManagedTable[]> extends Construct {
  public readonly tableBucketArn: string;
  public readonly tableBucketName: string;
  /** By `<namespace>.<name>`, such as `warehouse.events`. */
  public readonly tables: ByName<Tables>;
  /** On every table, also those to come. */
  public readonly grants: TableBucketGrants;
  public readonly resource: S3TablesTableBucket;
  private readonly guard: ReturnType<typeof keptUnless>;

  public constructor(scope: Construct, id: string, props: TableBucketProps<Tables>) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...tableBucketProblems(props)]);
    const destroys = destroysData(this, props);
    this.guard = keptUnless(destroys);
    this.resource = new S3TablesTableBucket(
      this,
      "Resource",
      placed(this, {
        name: props.tableBucketName ?? physicalName(this, TABLE_BUCKET_NAME),
        forceDestroy: destroys,
        ...this.guard,
        ...tagsFor(this, props.tags),
      }),
    );
    this.tableBucketArn = this.resource.arn;
    this.tableBucketName = this.resource.name;
    this.tables = this.createTables(props) as ByName<Tables>;
    this.grants = new TableBucketGrants(this, this.tableBucketArn);
  }

  private createTables({ tables, tags }: TableBucketProps): Readonly<Record<string, TableInBucket>> {
    const namespaces = new Map<string, S3TablesNamespace>();
    for (const { namespace } of tables)
      if (!namespaces.has(namespace)) namespaces.set(namespace, this.createNamespace(namespace));
    return Object.fromEntries(
      tables.map((table) => [
        `${table.namespace}.${table.name}`,
        this.createTable(table, namespaces.get(table.namespace)?.namespace ?? table.namespace, tags),
      ]),
    );
  }

  private createNamespace(namespace: string): S3TablesNamespace {
    const config = placed(this, { namespace, tableBucketArn: this.tableBucketArn, ...this.guard });
    return new S3TablesNamespace(this, `Namespace-${namespace}`, config);
  }

  private createTable({ namespace, name, columns }: ManagedTable, databaseName: string, tags?: Tags): TableInBucket {
    const id = `Table-${namespace}.${name}`;
    const field = columns.map((column) => ({ name: column.name, type: column.type }));
    const resource = new S3TablesTable(
      this,
      id,
      placed(this, {
        name,
        namespace: databaseName,
        tableBucketArn: this.tableBucketArn,
        format: "ICEBERG",
        metadata: [{ iceberg: [{ schema: [{ field }] }] }],
        // other columns than those of the beginning would make the table anew, which the guard stops
        ...this.guard,
        ...tagsFor(this, tags),
      }),
    );
    const ref = { path: resource.node.path, databaseName, tableName: resource.name, tableArn: resource.arn };
    return { ...ref, resource, grants: new TableGrants(this, { ...ref, tableBucketArn: this.tableBucketArn }) };
  }
}

function tableBucketProblems(props: TableBucketProps): readonly string[] {
  const tables = objects("tables", props.tables, (table, path) => [
    ...(["namespace", "name"] as const).flatMap((key) => [
      ...literal(`${path}.${key}`, table[key]),
      ...nameProblems(`${path}.${key}`, table[key], TABLE_NAME),
    ]),
    ...columnProblems(`${path}.columns`, table.columns),
  ]);
  return [
    ...tables,
    ...(tables.length > 0
      ? []
      : distinct(
          "tables",
          props.tables,
          ({ namespace, name }) => `${namespace}.${name}`,
          "the only table of its name",
        )),
    ...given(props.tableBucketName, (name) => nameProblems("tableBucketName", name, TABLE_BUCKET_NAME)),
    ...dataRemovalProblems(props),
    ...tagProblems("tags", props.tags),
  ];
}

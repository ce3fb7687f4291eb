import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3TablesNamespace } from "@cdktf/provider-aws/lib/s3tables-namespace";
import { S3TablesTable } from "@cdktf/provider-aws/lib/s3tables-table";
import { S3TablesTableBucket } from "@cdktf/provider-aws/lib/s3tables-table-bucket";
import type { TerraformStack } from "cdktf";
import { GlueDatabase } from "../../../lib/analytics/aws/glue-database";
import { IcebergTable } from "../../../lib/analytics/aws/iceberg-table";
import { TableBucket } from "../../../lib/analytics/aws/table-bucket";
import { ColumnType, type Column } from "../../../lib/analytics/column";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { awsStack, DEV, functionRole, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import type { Template } from "../../../lib/testing/template";

const COLUMNS: readonly Column[] = [
  { name: "id", type: ColumnType.LONG },
  { name: "amount", type: "decimal(12,2)" },
];
const errorOf = (build: (stack: TerraformStack) => unknown): string => messageOf(() => templateOf(build));
const actionsOf = (template: Template, role: string): readonly string[] =>
  template
    .all(IamRolePolicy, { path: role })
    .flatMap((policy) => statementsOf(policy.get("policy")))
    .flatMap(({ Action }) => Action);

describe("an Iceberg table in the catalog of Glue", () => {
  const table = (stack: TerraformStack, props: { readonly prefix?: string; readonly dataRemoval?: DataRemoval } = {}) =>
    new IcebergTable(stack, "events", {
      database: new GlueDatabase(stack, "warehouse", { databaseName: "warehouse", dataRemoval: props.dataRemoval }),
      tableName: "events",
      columns: COLUMNS,
      bucket: new AwsBucket(stack, "curated"),
      ...props,
    });
  const template = templateOf((stack) => {
    const events = table(stack);
    const [reader, writer] = [functionRole(stack, "reader"), functionRole(stack, "writer")];
    events.grants.read(reader).before(new AwsBucket(stack, "later").resource);
    events.grants.readWrite(writer);
  });

  test("is Iceberg 2, in the folder of its database and name, in Glue's words", () => {
    const events = template.only(GlueCatalogTable);
    expect(events.get("open_table_format_input")).toEqual({
      iceberg_input: { metadata_operation: "CREATE", version: "2" },
    });
    expect(events.get("storage_descriptor.location")).toMatch(
      /^s3:\/\/\$\{aws_s3_bucket\.curated_\w+\.bucket\}\/warehouse\/events\/$/,
    );
    expect(events.get("storage_descriptor.columns")).toEqual([
      { name: "id", type: "bigint" },
      { name: "amount", type: "decimal(12,2)" },
    ]);
    expect(events.get("database_name")).toBe(`\${${template.only(GlueCatalogDatabase).address}.name}`);
  });

  test("is left to the engines once it is there, and kept", () => {
    const ignoreChanges = ["parameters", "storage_descriptor"];
    expect(template.only(GlueCatalogTable).get("lifecycle")).toEqual({
      prevent_destroy: true,
      ignore_changes: ignoreChanges,
    });
    expect(template.only(GlueCatalogDatabase).get("lifecycle")).toEqual({ prevent_destroy: true });
    const removable = templateOf((stack) => table(stack, { dataRemoval: DataRemoval.DESTROY }), DEV);
    expect(removable.only(GlueCatalogTable).get("lifecycle")).toEqual({ ignore_changes: ignoreChanges });
    expect(removable.only(GlueCatalogDatabase).has("lifecycle")).toBe(false);
  });

  test("grants the entry and the files, and what waits, waits for both", () => {
    expect(actionsOf(template, "reader")).toEqual([
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:ListBucket",
      "glue:GetDatabase",
      "glue:GetTable",
    ]);
    expect(actionsOf(template, "writer")).toEqual(
      expect.arrayContaining(["glue:UpdateTable", "s3:PutObject", "s3:DeleteObject"]),
    );
    expect(template.only(S3Bucket, { path: "later" }).get("depends_on")).toEqual(
      template
        .all(IamRolePolicy, { path: "reader" })
        .map(({ address }) => address)
        .reverse(),
    );
    const [entry] = template
      .all(IamRolePolicy, { path: "reader" })
      .flatMap((policy) => statementsOf(policy.get("policy")))
      .filter(({ Action }) => Action.includes("glue:GetTable"));
    const database = `${template.only(GlueCatalogDatabase).address}.arn`;
    const part = (index: number) => `\${element(split(':', ${database}), ${String(index)})}`;
    expect(entry?.Resource).toEqual([
      `arn:aws:glue:${part(3)}:${part(4)}:catalog`,
      `\${${database}}`,
      `\${${template.only(GlueCatalogTable).address}.arn}`,
    ]);
  });

  test("fails with all that is wrong", () => {
    const wrong = {
      database: "warehouse" as never,
      tableName: "Events",
      columns: [
        { name: "Id", type: "text" as never },
        { name: "b", type: "decimal(39,2)" as const },
      ],
      bucket: "curated" as never,
      prefix: "/events",
      dataRemoval: "gone" as never,
    };
    const types = "boolean, int, long, float, double, date, timestamp, string, binary or decimal(12,2)";
    expect(errorOf((stack) => new IcebergTable(stack, "events", wrong))).toBe(
      lines(
        "lake/events has 8 problems",
        '  database must be a GlueDatabase, got "warehouse"',
        '  tableName must be 1-255 lower-case letters, digits or underscores, no underscore first, got "Events"',
        '  columns[0].name must be 1-128 lower-case letters, digits or underscores, a letter first, got "Id"',
        `  columns[0].type must be one of ${types}, got "text"`,
        `  columns[1].type must be one of ${types}, got "decimal(39,2)"`,
        '  bucket must be a bucket of AWS, got "curated"',
        '  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/events"',
        '  dataRemoval must be one of "keep", "destroy", got "gone"',
      ),
    );
    expect(errorOf((stack) => new GlueDatabase(stack, "warehouse", { databaseName: "ware-house" }))).toBe(
      lines(
        "lake/warehouse has 1 problem",
        '  databaseName must be 1-255 lower-case letters, digits or underscores, no underscore first, got "ware-house"',
      ),
    );
  });
});

describe("a table bucket", () => {
  const template = templateOf((stack) => {
    const bucket = new TableBucket(stack, "tables", {
      tables: [
        { namespace: "warehouse", name: "events", columns: COLUMNS },
        { namespace: "warehouse", name: "orders", columns: COLUMNS },
      ],
    });
    bucket.tables["warehouse.events"].grants.read(functionRole(stack, "reader"));
    bucket.tables["warehouse.orders"].grants.readWrite(functionRole(stack, "writer"));
    bucket.grants.read(functionRole(stack, "auditor"));
    bucket.grants.readWrite(functionRole(stack, "tidier"));
  });

  test("knows its tables by name", () => {
    templateOf((stack) => {
      const tables = [{ namespace: "warehouse", name: "events", columns: COLUMNS }] as const;
      const bucket = new TableBucket(stack, "tables", { tables });
      // @ts-expect-error there is no such table
      expect(bucket.tables["warehouse.gone"]).toBeUndefined();
    });
  });

  test("has its tables, each namespace once, with the columns they begin with", () => {
    expect(template.only(S3TablesNamespace).get("namespace")).toBe("warehouse");
    const events = template.only(S3TablesTable, { with: { name: "events" } });
    expect(events.get("namespace")).toBe(`\${${template.only(S3TablesNamespace).address}.namespace}`);
    expect(events.get("format")).toBe("ICEBERG");
    expect(events.get("metadata.0.iceberg.0.schema.0.field")).toEqual([
      { name: "id", type: "long" },
      { name: "amount", type: "decimal(12,2)" },
    ]);
  });

  test("is kept unless both keys are turned", () => {
    const guard = { prevent_destroy: true };
    expect(template.only(S3TablesTableBucket).get("lifecycle")).toEqual(guard);
    expect(template.only(S3TablesNamespace).get("lifecycle")).toEqual(guard);
    expect(template.all(S3TablesTable).map((table) => table.get("lifecycle"))).toEqual([guard, guard]);
    const removable = templateOf(
      (stack) =>
        new TableBucket(stack, "tables", {
          tableBucketName: "acme-tables",
          tables: [{ namespace: "warehouse", name: "events", columns: COLUMNS }],
          dataRemoval: DataRemoval.DESTROY,
        }),
      DEV,
    );
    expect(removable.only(S3TablesTableBucket).get("force_destroy")).toBe(true);
    expect(removable.only(S3TablesTableBucket).get("name")).toBe("acme-tables");
    expect(removable.only(S3TablesTable).has("lifecycle")).toBe(false);
  });

  test("grants one table, or every one", () => {
    const read = ["s3tables:GetTable", "s3tables:GetTableData", "s3tables:GetTableMetadataLocation"];
    const write = ["s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation"];
    const find = ["s3tables:GetTableBucket", "s3tables:GetNamespace", "s3tables:ListNamespaces", "s3tables:ListTables"];
    expect(actionsOf(template, "reader")).toEqual([...read, ...find]);
    expect(actionsOf(template, "auditor")).toEqual([...read, ...find]);
    expect(actionsOf(template, "writer")).toEqual([...read, ...write, ...find]);
    expect(actionsOf(template, "tidier")).toEqual([...read, ...write, ...find]);
    const bucket = `\${${template.only(S3TablesTableBucket).address}.arn}`;
    const resources = (role: string) =>
      statementsOf(template.only(IamRolePolicy, { path: role }).get("policy")).map(({ Resource }) => Resource);
    const events = template.only(S3TablesTable, { with: { name: "events" } });
    expect(resources("reader")).toEqual([[`\${${events.address}.arn}`], [bucket]]);
    expect(resources("auditor")).toEqual([[`${bucket}/table/*`], [bucket]]);
  });

  test("is used from another stack", () => {
    const app = synthApp((app) => {
      const tables = [{ namespace: "warehouse", name: "events", columns: COLUMNS }] as const;
      const bucket = new TableBucket(awsStack(app, "lake", PROD), "tables", { tables });
      bucket.tables["warehouse.events"].grants.read(functionRole(awsStack(app, "users", PROD)));
    });
    expect([app.dependencies("users"), app.dependencies("lake")]).toEqual([["lake"], []]);
  });

  test("fails with all that is wrong", () => {
    const rule = "1-255 lower-case letters, digits or underscores, none first or last, not beginning with aws";
    const table = { namespace: "aws_events", name: "events_", columns: [] };
    const tables = [table, table];
    expect(
      errorOf(
        (stack) => new TableBucket(stack, "tables", { tables, tableBucketName: "Acme", dataRemoval: "gone" as never }),
      ),
    ).toBe(
      lines(
        "lake/tables has 8 problems",
        ...[0, 1].flatMap((index) => [
          `  tables[${String(index)}].namespace must be ${rule}, got "aws_events"`,
          `  tables[${String(index)}].name must be ${rule}, got "events_"`,
          `  tables[${String(index)}].columns must be at least one column, got []`,
        ]),
        '  tableBucketName must be 3-63 lower-case letters, digits or hyphens, got "Acme"',
        '  dataRemoval must be one of "keep", "destroy", got "gone"',
      ),
    );
    const twice = { namespace: "a", name: "b", columns: [...COLUMNS, { name: "id", type: ColumnType.INT }] };
    expect(errorOf((stack) => new TableBucket(stack, "tables", { tables: [twice] }))).toBe(
      lines(
        "lake/tables has 1 problem",
        '  tables[0].columns[2] must be named differently from those before it, got "id"',
      ),
    );
    const same = { namespace: "a", name: "b", columns: COLUMNS };
    expect(errorOf((stack) => new TableBucket(stack, "tables", { tables: [same, same] }))).toBe(
      lines("lake/tables has 1 problem", '  tables[1] must be the only table of its name, got "a.b"'),
    );
  });
});

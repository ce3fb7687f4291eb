import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { type Column, ColumnType } from "cloud-conductor/analytics";
import { GlueDatabase, IcebergTable, TableBucket } from "cloud-conductor/analytics/aws";
import { AwsRole, trustService } from "cloud-conductor/identity/aws";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** warehouse.events twice: in a bucket of one's own under the catalog of Glue, and in a table bucket that S3 tends. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "warehouse");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const processor = new AwsRole(stack, "processor", { trust: trustService("glue.amazonaws.com") });
  const analyst = new AwsRole(stack, "analyst", { trust: trustService("lambda.amazonaws.com") });

  // #region columns
  const columns: Column[] = [
    { name: "event_id", type: ColumnType.STRING },
    { name: "at", type: ColumnType.TIMESTAMP },
    { name: "amount", type: "decimal(12,2)" },
  ];
  // #endregion

  // #region glue
  const curated = new AwsBucket(stack, "curated", { bucketName: "acme-curated-dev" });
  const warehouse = new GlueDatabase(stack, "warehouse", { databaseName: "warehouse" });
  const events = new IcebergTable(stack, "events", {
    database: warehouse,
    tableName: "events",
    columns,
    bucket: curated,
  });
  events.grants.readWrite(processor); // the entry, the files and their key in one go
  // #endregion

  // #region region
  new GlueDatabase(stack, "warehouse-west", { databaseName: "warehouse", region: "us-west-2" });
  // #endregion

  // #region tables
  const tables = new TableBucket(stack, "tables", { tables: [{ namespace: "warehouse", name: "events", columns }] });
  tables.tables["warehouse.events"].grants.read(analyst);
  // #endregion
}

export { GlueDatabase, type GlueDatabaseProps } from "./glue-database";
export { IcebergTable, type IcebergTableGrants, type IcebergTableProps } from "./iceberg-table";
export { TableBucket, type ManagedTable, type TableBucketProps, type TableInBucket } from "./table-bucket";
export type { TableBucketGrants, TableGrants } from "./table-grants";

export { ColumnType, type Column } from "./column";
export type { AwsTableRef } from "./references";

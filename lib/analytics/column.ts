import { distinct, matching, objects, problem } from "../core/checks";

/** Types of a column, in Iceberg's words; each engine has its own for them. https://iceberg.apache.org/spec/#primitive-types */
export const ColumnType = {
  BOOLEAN: "boolean",
  INT: "int",
  LONG: "long",
  FLOAT: "float",
  DOUBLE: "double",
  DATE: "date",
  TIMESTAMP: "timestamp",
  STRING: "string",
  BINARY: "binary",
} as const;
export type ColumnType = (typeof ColumnType)[keyof typeof ColumnType] | `decimal(${number},${number})`;

/** A column that a table has from its beginning; what comes later is said to the engine that writes it. */
export interface Column {
  /** Lower-case letters, digits and underscores, a letter first. */
  readonly name: string;
  /** `decimal(12,2)` has 12 digits, two of them behind the point; 38 at most. */
  readonly type: ColumnType;
}

const NAME = /^[a-z][a-z0-9_]{0,127}$/;
const TYPE = new RegExp(`^(${Object.values(ColumnType).join("|")}|decimal\\(([1-9]|[12]\\d|3[0-8]), ?\\d{1,2}\\))$`);

/** The problems of the columns of a table. */
export function columnProblems(path: string, columns: readonly Column[]): readonly string[] {
  const each = objects(path, columns, ({ name, type }, at) => [
    ...matching(`${at}.name`, name, NAME, "1-128 lower-case letters, digits or underscores, a letter first"),
    ...matching(`${at}.type`, type, TYPE, `one of ${Object.values(ColumnType).join(", ")} or decimal(12,2)`),
  ]);
  if (each.length > 0) return each;
  if (columns.length === 0) return [problem(path, "at least one column", columns)];
  return distinct(path, columns, ({ name }) => name, "named differently from those before it");
}

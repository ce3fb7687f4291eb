import type { NameRule } from "../../core/names";

/** Databases and tables of Glue, as Athena takes them too. */
export const GLUE_NAME: NameRule = {
  rule: "1-255 lower-case letters, digits or underscores, no underscore first",
  pattern: /^[a-z0-9][a-z0-9_]{0,254}$/,
  maximum: 255,
  separator: "_",
  source: "https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html",
};

const TABLES_NAMING = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html";

/** Table buckets; unique in the account and the region. */
export const TABLE_BUCKET_NAME: NameRule = {
  rule: "3-63 lower-case letters, digits or hyphens",
  pattern:
    /^(?!xn--|sthree-|amzn-s3-demo|aws)(?!.*(?:-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  maximum: 63,
  source: TABLES_NAMING,
};

/** Namespaces and tables of a table bucket. */
export const TABLE_NAME: NameRule = {
  rule: "1-255 lower-case letters, digits or underscores, none first or last, not beginning with aws",
  pattern: /^(?!aws)[a-z0-9]([a-z0-9_]{0,253}[a-z0-9])?$/,
  maximum: 255,
  separator: "_",
  source: TABLES_NAMING,
};

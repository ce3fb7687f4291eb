/**
 * Hive partitions as a part of object keys: `source_system=pos/year=2025/month=03/day=15/`. Escaped as Hive and Spark do
 * it, so that what reads such folders as columns finds the values again. No SDK, no node.
 */
import { keyBytesLimit, utf8Bytes } from "./object-key";

/**
 * Columns in the order of their folders. What is unknown, or an empty text, has the folder that Hive has for it.
 * A name is lower-case letters, digits and underscores, a letter first: Hive does not tell capitals apart.
 */
export type Partitions = Readonly<Record<string, string | number | undefined>>;

/** Hive's folder of what has no value. https://arrow.apache.org/docs/r/reference/hive_partition.html */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

const NAME = /^[a-z][a-z0-9_]{0,127}$/;

/** All of ASCII, and the control characters behind it, that a path, a URL or a policy may read as more than itself. */
const ESCAPED = /[^A-Za-z0-9_.\u00a0-\uffff-]/g;

/**
 * The folders of the columns, with a slash at the end: `source_system=SAP%2FERP/year=2025/`.
 *
 * @throws RangeError for a name that is none, a number that is none, text that has no UTF-8, or more than a key takes
 */
export function partitionPrefix(partitions: Partitions): string {
  const prefix = Object.entries(partitions)
    .map(([name, value]) => `${column(name)}=${escaped(name, value)}/`)
    .join("");
  if (utf8Bytes(prefix) < keyBytesLimit) return prefix;
  throw new RangeError(`partitions must be shorter than the ${String(keyBytesLimit)} bytes of a key`);
}

/**
 * The columns in the folders of a key, by name and as text; `undefined` for a folder of what has no value. Folders and
 * file names that are no columns are passed over.
 */
export function partitionsOf(key: string): Readonly<Record<string, string | undefined>> {
  const folders = key.split("/").slice(0, -1);
  return Object.fromEntries(
    folders.flatMap((folder) => {
      const [name = "", ...rest] = folder.split("=");
      return rest.length > 0 && NAME.test(name) ? [[name, unescaped(rest.join("="))] as const] : [];
    }),
  );
}

/** The day of a moment in UTC, as columns: `{ year: "2025", month: "03", day: "15" }`. @throws RangeError for no such moment */
export function dayPartitions(at: Date): { readonly year: string; readonly month: string; readonly day: string } {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(at.toISOString()) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return { year, month, day };
  throw new RangeError(`the year must be from 0 to 9999, got ${String(at.getUTCFullYear())}`);
}

function column(name: string): string {
  if (NAME.test(name)) return name;
  throw new RangeError(
    `a partition's name must be 1-128 lower-case letters, digits or underscores, a letter first, got ${JSON.stringify(name)}`,
  );
}

function escaped(name: string, value: string | number | undefined): string {
  if (value === undefined || value === "") return NO_VALUE;
  if (typeof value === "number" ? !Number.isFinite(value) : /\p{Cs}/u.test(value))
    throw new RangeError(`partition ${name} must be a number or a text of whole characters`);
  return String(value).replace(ESCAPED, percent);
}

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

const unescaped = (folder: string): string | undefined =>
  folder === NO_VALUE
    ? undefined
    : folder.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

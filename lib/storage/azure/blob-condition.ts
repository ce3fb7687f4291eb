/** Data actions on blobs. https://learn.microsoft.com/azure/role-based-access-control/permissions/storage */
const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const READ_BLOB = `${BLOBS}/read`;
export const WRITE_BLOB = `${BLOBS}/write`;
export const ADD_BLOB = `${BLOBS}/add/action`;
export const DELETE_BLOB = `${BLOBS}/delete`;

/** Tells a listing, which names no blob but a prefix, from the reading of a blob; both are the action `read`. */
const LISTING = "SubOperationMatches{'Blob.List'}";
const PATH = `@Resource[${BLOBS}:path]`;
const ASKED_PREFIX = `@Request[${BLOBS}:prefix]`;

/**
 * Holds reading and listing to prefixes: every listing has to ask for one of them, or for more of it.
 * https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-examples#example-read-or-list-blobs-in-named-containers-with-a-path
 */
export const readBelow = (prefixes: readonly string[]): string =>
  [
    unless([`ActionMatches{'${READ_BLOB}'} AND NOT ${LISTING}`], startsWith(PATH, prefixes)),
    unless([`ActionMatches{'${READ_BLOB}'} AND ${LISTING}`], startsWith(ASKED_PREFIX, prefixes)),
  ].join(" AND ");

/**
 * Holds actions on single blobs to prefixes.
 * https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-examples#example-write-blobs-in-named-containers-with-a-path
 */
export const actBelow =
  (...actions: readonly string[]) =>
  (prefixes: readonly string[]): string =>
    unless(
      actions.map((action) => `ActionMatches{'${action}'}`),
      startsWith(PATH, prefixes),
    );

const startsWith = (attribute: string, prefixes: readonly string[]): string =>
  prefixes.map((prefix) => `${attribute} StringStartsWith '${prefix}'`).join(" OR ");

/** True for every other action, and for these where the expression holds. */
const unless = (actions: readonly string[], expression: string): string =>
  `((${actions.map((action) => `!(${action})`).join(" AND ")}) OR (${expression}))`;

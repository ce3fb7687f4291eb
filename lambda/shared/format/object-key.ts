/**
 * Object keys and places in object storage as plain text: strict decoding, prefixes, URIs. No SDK, no node.
 */

/** A key is at most 1,024 bytes of UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const keyBytesLimit = 1024;

/** A folder of a bucket, or with an empty prefix the whole bucket. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/**
 * The key of an S3 notification record, which is form-encoded: `+` is a space, then `%XX` are bytes of UTF-8.
 * `undefined` where that is impossible (a lone `%`, bytes that are not UTF-8): such a key must not be guessed at.
 * Keys of EventBridge events stand as they are and must not come here.
 */
export function decodeFormKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replace(/\+/g, " "));
  } catch {
    return undefined;
  }
}

/** Bytes of the text in UTF-8. A lone surrogate counts as the three bytes of its replacement. */
export function utf8Bytes(value: string): number {
  let bytes = 0;
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Folder markers of the console (`raw/`) and of Hadoop (`raw_$folder$`): empty objects that stand for a folder. */
export const isFolderMarker = (object: { readonly key: string; readonly size: number }): boolean =>
  object.size === 0 && (object.key.endsWith("/") || object.key.endsWith("_$folder$"));

/**
 * What makes a key unfit to be a path below a folder, or `undefined`: control characters, unpaired surrogates,
 * `.` and `..` segments, a leading or a trailing slash.
 */
export function unsafeKeyRule(key: string): string | undefined {
  if (/[\p{Cc}\p{Cs}]/u.test(key)) return "without control characters and unpaired surrogates";
  if (/(^|\/)\.{1,2}(\/|$)/.test(key)) return "without . and .. segments";
  if (key.startsWith("/") || key.endsWith("/")) return "without a leading or trailing slash";
  return undefined;
}

/** The prefix as a folder: empty for the whole bucket, otherwise with one slash at its end. */
const folderOf = (prefix: string): string => (prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`);

/** Whether the object lies in the folder. `models` holds `models/a`, not `models-old/a`. */
export const liesIn = (object: { readonly bucket: string; readonly key: string }, place: S3Place): boolean =>
  object.bucket === place.bucket && object.key.startsWith(folderOf(place.prefix));

/**
 * Whether what is written to one place could be taken for what is watched at the other. The watched prefix is plain
 * text (`raw` also matches `raw-old/a`), the written one a folder.
 */
export function overlaps(watched: S3Place, written: S3Place): boolean {
  const folder = folderOf(written.prefix);
  return watched.bucket === written.bucket && (folder.startsWith(watched.prefix) || watched.prefix.startsWith(folder));
}

/** `s3://bucket/some/prefix` as a place, or `undefined` for anything else. */
export function parseS3Uri(uri: string): S3Place | undefined {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri);
  return match?.[1] === undefined ? undefined : { bucket: match[1], prefix: match[2] ?? "" };
}

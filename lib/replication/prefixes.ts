import { keyPrefix, list, problem } from "../core/checks";

/** The part of a bucket that is copied. */
export interface CopiedObjects {
  /** Beginnings of the keys such as `raw/`; literal, and none within another. @default - the whole bucket */
  readonly prefixes?: readonly string[];
}

/** The prefixes of a copy; the whole bucket is the prefix that every key has. */
export const copiedPrefixes = ({ prefixes }: CopiedObjects): readonly string[] => prefixes ?? [""];

/** Whether some object has both prefixes. */
export const overlap = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** A prefix of one copy, and where it is said. */
export interface PlacedPrefix {
  readonly path: string;
  readonly prefix: string;
}

/** The prefixes of a copy with their paths: `destinations[0].prefixes[1]`. */
export const placedPrefixes = (path: string, objects: CopiedObjects): readonly PlacedPrefix[] =>
  objects.prefixes === undefined
    ? [{ path, prefix: "" }]
    : objects.prefixes.map((prefix, index) => ({ path: `${prefixesPath(path)}[${String(index)}]`, prefix }));

/** Of a thing in a list, and of what is a construct's own prop. */
const prefixesPath = (path: string): string => (path === "" ? "prefixes" : `${path}.prefixes`);

/** The problems of the part of a bucket that is copied; the path is empty for a construct's own props. */
export function prefixProblems(path: string, objects: CopiedObjects): readonly string[] {
  const { prefixes } = objects;
  if (prefixes === undefined) return [];
  const at = prefixesPath(path);
  const shape = list(at, prefixes, (prefix, entry) => keyPrefix(entry, prefix));
  if (shape.length > 0) return shape;
  if (prefixes.length === 0) return [problem(at, "at least one prefix, or left out for the whole bucket", prefixes)];
  return overlapProblems(placedPrefixes(path, objects));
}

/** Objects that would be copied twice to one place; the later of the two prefixes is named. */
export const overlapProblems = (placed: readonly PlacedPrefix[]): readonly string[] =>
  placed.flatMap(({ path, prefix }, index) => {
    const earlier = placed.slice(0, index).find((other) => overlap(other.prefix, prefix));
    return earlier === undefined
      ? []
      : [problem(path, `apart from "${earlier.prefix}" of ${earlier.path}, which goes to the same place`, prefix)];
  });

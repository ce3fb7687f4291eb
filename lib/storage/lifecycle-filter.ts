import { given, keyPrefix, literal, object, problem, wholeNumber } from "../core/checks";

/** Which objects a lifecycle rule is for: those that every part holds for. */
export interface LifecycleFilter {
  /** Key prefix without a leading slash, such as `raw/`. @default - the whole bucket */
  readonly prefix?: string;
  /** Tags that the object itself carries, all of them, such as `{ class: "training" }`; not on Google. @default - any */
  readonly tags?: Readonly<Record<string, string>>;
  /** Objects of so many bytes and more; on AWS alone. @default - any; S3 moves none below 128 KiB to a colder tier unless told */
  readonly minimumSizeBytes?: number;
  /** Objects of so many bytes and less; on AWS alone. @default - any */
  readonly maximumSizeBytes?: number;
}

/** What a cloud cannot tell objects by, and what to do there instead, as the error says it: `left out on …`. */
export interface FilterLimits {
  readonly tagsRefused?: string;
  readonly sizesRefused?: string;
}

/**
 * Of an object, and so of a filter. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html,
 * https://learn.microsoft.com/azure/storage/blobs/storage-manage-find-blobs; characters that both take.
 */
const TAGS = { most: 10, key: /^[A-Za-z0-9 +.\-/:=_]{1,128}$/, value: /^[A-Za-z0-9 +.\-/:=_]{0,256}$/ } as const;
const TAG_CHARACTERS = "letters, digits, spaces or any of +-.:/=_";

/** The problems of a filter on a cloud. */
export const filterProblems = (path: string, filter: LifecycleFilter, limits: FilterLimits): string[] => [
  ...given(filter.prefix, (prefix) => keyPrefix(`${path}.prefix`, prefix)),
  ...given(filter.tags, (tags) => tagsProblems(`${path}.tags`, tags, limits)),
  ...sizeProblems(path, filter, limits),
];

function tagsProblems(
  path: string,
  tags: Readonly<Record<string, string>>,
  { tagsRefused }: FilterLimits,
): readonly string[] {
  if (tagsRefused !== undefined) return [problem(path, tagsRefused, tags)];
  const shape = object(path, tags);
  if (shape.length > 0) return shape;
  const entries = Object.entries(tags);
  if (entries.length === 0 || entries.length > TAGS.most)
    return [problem(path, `1 to ${String(TAGS.most)} tags`, entries.length)];
  return entries.flatMap(([key, value]) => tagProblems(`${path}.${key}`, key, value));
}

function tagProblems(path: string, key: string, value: unknown): readonly string[] {
  const unknown = literal(path, value);
  if (unknown.length > 0) return unknown;
  return [
    ...(TAGS.key.test(key) ? [] : [problem(path, `a tag whose key is 1-128 ${TAG_CHARACTERS}`, key)]),
    ...(typeof value === "string" && TAGS.value.test(value)
      ? []
      : [problem(path, `at most 256 ${TAG_CHARACTERS}`, value)]),
  ];
}

function sizeProblems(path: string, filter: LifecycleFilter, { sizesRefused }: FilterLimits): readonly string[] {
  const sizes = (["minimumSizeBytes", "maximumSizeBytes"] as const).flatMap((name) =>
    given(filter[name], (size) =>
      sizesRefused === undefined
        ? byteProblems(`${path}.${name}`, size)
        : [problem(`${path}.${name}`, sizesRefused, size)],
    ),
  );
  const { minimumSizeBytes = 1, maximumSizeBytes = Infinity } = filter;
  if (sizes.length > 0 || maximumSizeBytes >= minimumSizeBytes) return sizes;
  const rule = `at least the ${String(minimumSizeBytes)} bytes of minimumSizeBytes`;
  return [problem(`${path}.maximumSizeBytes`, rule, maximumSizeBytes)];
}

/** Exact in JavaScript; the largest object of S3 is far below. */
const byteProblems = (path: string, size: unknown): readonly string[] => [
  ...literal(path, size),
  ...wholeNumber(path, size, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER - 1, unit: "bytes" }),
];

const sorted = (tags: Readonly<Record<string, string>> = {}): readonly (readonly [string, string])[] =>
  Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));

/** The conditions of a filter besides its prefix, to be read; in one order however they were written. */
export const conditionsOf = ({ tags, minimumSizeBytes, maximumSizeBytes }: LifecycleFilter): readonly string[] => [
  ...sorted(tags).map((tag) => tag.join("=")),
  ...(minimumSizeBytes === undefined ? [] : [`from ${String(minimumSizeBytes)} bytes`]),
  ...(maximumSizeBytes === undefined ? [] : [`to ${String(maximumSizeBytes)} bytes`]),
];

/** The same for two filters only when they are for the same objects; a prefix alone stands for itself. */
export function filterKey(filter: LifecycleFilter): string {
  const { prefix = "", tags, minimumSizeBytes, maximumSizeBytes } = filter;
  if (conditionsOf(filter).length === 0) return prefix;
  return JSON.stringify({ prefix, tags: sorted(tags), minimumSizeBytes, maximumSizeBytes });
}

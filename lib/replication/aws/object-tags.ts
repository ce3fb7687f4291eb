import { given, literal, object, problem } from "../../core/checks";

/** Which objects are copied, by their tags: those that have all of them. */
export interface ByTags {
  readonly objectTags?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const LIMITS = { tags: 10, key: 128, value: 256 } as const;

/** The problems of tags that choose objects; they decide on rules, so they are literal. */
export const objectTagProblems = (path: string, tags: ByTags["objectTags"]): readonly string[] =>
  given(tags, (value) => {
    const shape = object(path, value);
    return shape.length > 0 ? shape : [...countProblems(path, value), ...eachTagProblems(path, value)];
  });

function countProblems(path: string, tags: object): readonly string[] {
  const count = Object.keys(tags).length;
  const rule = `1-${String(LIMITS.tags)} tags, or left out for objects whatever their tags`;
  return count >= 1 && count <= LIMITS.tags ? [] : [problem(path, rule, count)];
}

const eachTagProblems = (path: string, tags: object): readonly string[] =>
  Object.entries(tags as Readonly<Record<string, unknown>>).flatMap(([key, value]) => [
    ...literal(`${path}.${key}`, value),
    ...(key.length > LIMITS.key ? [problem(path, `keys of at most ${String(LIMITS.key)} characters`, key)] : []),
    ...(typeof value === "string" && value.length <= LIMITS.value
      ? []
      : [problem(`${path}.${key}`, `a string of at most ${String(LIMITS.value)} characters`, value)]),
  ]);

/** Whether no object can have the tags of both. */
export const apartByTags = ({ objectTags: one = {} }: ByTags, { objectTags: other = {} }: ByTags): boolean =>
  Object.entries(one).some(([key, value]) => other[key] !== undefined && other[key] !== value);

/** The tags in one order, whatever the order they were said in. */
export const sortedTags = ({ objectTags = {} }: ByTags): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(objectTags).sort(([one], [other]) => (one < other ? -1 : 1)));

/** One place where a value is not what was expected: `rule.0.expiration.0.days: expected 730, got 365`. */
export type Difference = string;

/** One step down a Terraform value; a block that stands alone may be written as an object, so step 0 is the block itself. */
export function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value as readonly unknown[])[Number(key)] : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Readonly<Record<string, unknown>>)[key];
  return key === "0" ? value : undefined;
}

/** The value at a dotted path such as `rule.0.expiration.0.days`, or undefined. */
export const at = (value: unknown, path: string): unknown => path.split(".").reduce(step, value);

/**
 * Where `actual` does not hold what `expected` names; what `expected` leaves out is not looked at. Lists are as long as
 * they say, `undefined` stands for nothing, and matchers such as `expect.stringContaining("raw")` may stand anywhere.
 */
export function differences(expected: unknown, actual: unknown, path = ""): readonly Difference[] {
  if (isMatcher(expected))
    return expected.asymmetricMatch(actual) ? [] : [`${path}: expected ${matcherText(expected)}, got ${json(actual)}`];
  if (Array.isArray(expected)) return listDifferences(expected, actual, path);
  if (typeof expected === "object" && expected !== null) return objectDifferences(expected, actual, path);
  return Object.is(expected, actual) ? [] : [`${path}: expected ${json(expected)}, got ${json(actual)}`];
}

/** As the matchers of jest, vitest and others tell themselves apart from plain values. */
interface Matcher {
  /** What it was made of: a pattern, a part. */
  readonly sample?: unknown;
  asymmetricMatch(actual: unknown): boolean;
  toString(): string;
}

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === "object" && value !== null && typeof (value as Partial<Matcher>).asymmetricMatch === "function";

function objectDifferences(expected: object, found: unknown, path: string): readonly Difference[] {
  const actual: unknown = Array.isArray(found) && found.length === 1 ? found[0] : found;
  if (typeof actual !== "object" || actual === null)
    return [`${path}: expected ${json(expected)}, got ${json(actual)}`];
  return Object.entries(expected).flatMap(([key, inner]) =>
    differences(inner, step(actual, key), path === "" ? key : `${path}.${key}`),
  );
}

function listDifferences(expected: readonly unknown[], actual: unknown, path: string): readonly Difference[] {
  const list: readonly unknown[] = Array.isArray(actual) ? actual : actual === undefined ? [] : [actual];
  if (list.length !== expected.length)
    return [`${path}: expected ${String(expected.length)} entries, got ${String(list.length)}: ${json(list)}`];
  return expected.flatMap((entry, index) => differences(entry, list[index], `${path}.${String(index)}`));
}

const LONGEST = 300;

/** A value as a message shows it. */
export function json(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value, matcherAsText);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A matcher would be shown by its fields. */
const matcherAsText = (_: string, value: unknown): unknown => (isMatcher(value) ? matcherText(value) : value);

/** `StringMatching /^acme/` */
function matcherText(matcher: Matcher): string {
  const { sample } = matcher;
  if (sample === undefined) return String(matcher);
  return `${String(matcher)} ${sample instanceof RegExp ? String(sample) : json(sample)}`;
}

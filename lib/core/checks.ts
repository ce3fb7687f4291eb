import { Token } from "cdktf";
import { Construct } from "constructs";

/**
 * The only place of the library that looks at prop values. Every check answers with the problems it found, so that a
 * construct reports all of them at once. A value that is known only to Terraform (a token) passes the checks of
 * leaves; what selects, counts, orders or names resources is held to {@link literal}.
 */

/** True for a value that Terraform resolves: a reference, a function, a lazy value. */
export const isToken = (value: unknown): boolean => Token.isUnresolved(value);

/** `<path> must be <rule>, got <value>` */
export const problem = (path: string, rule: string, value: unknown): string =>
  `${path} must be ${rule}, got ${shown(value)}`;

const LONGEST_SHOWN = 120;

/** A value as an error message shows it: strings quoted, tokens and constructs named as such, long values cut. */
export function shown(value: unknown): string {
  if (isToken(value)) return "a token (a value known only to Terraform)";
  if (typeof value === "function") return "a function";
  if (Construct.isConstruct(value)) return `the construct ${value.node.path}`;
  const text = typeof value === "string" || (typeof value === "object" && value !== null) ? json(value) : String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${String(text.length)} characters)` : text;
}

function json(value: unknown): string {
  const seen = new Set<unknown>();
  const text: unknown = JSON.stringify(value, (_, inner: unknown) => {
    if (isToken(inner)) return "(a token)";
    if (typeof inner !== "object" || inner === null) return typeof inner === "bigint" ? `${String(inner)}n` : inner;
    if (Construct.isConstruct(inner)) return `(the construct ${inner.node.path})`;
    if (seen.has(inner)) return "(again)";
    seen.add(inner);
    return inner;
  });
  return typeof text === "string" ? text : typeof value;
}

/** The problems of an optional value: none when it is not given. */
export const given = <T>(value: T | undefined, check: (value: T) => readonly string[]): readonly string[] =>
  value === undefined ? [] : check(value);

/** A value that must be known at synthesis, because it decides which resources there are. */
export const literal = (path: string, value: unknown): string[] =>
  isToken(value) ? [problem(path, "a literal value, because it decides which resources are made", value)] : [];

/** A string, literal or token. */
export const text = (path: string, value: unknown): string[] =>
  isToken(value) || typeof value === "string" ? [] : [problem(path, "a string", value)];

/** A string that follows a pattern; `rule` says the pattern in words. Tokens pass. */
export function matching(path: string, value: unknown, pattern: RegExp, rule: string): string[] {
  if (isToken(value)) return [];
  return typeof value === "string" && pattern.test(value) ? [] : [problem(path, rule, value)];
}

/** Inclusive bounds of a whole number, with its unit in words ("days"). */
export interface Range {
  readonly minimum: number;
  /** @default - none */
  readonly maximum?: number;
  /** @default - a bare number */
  readonly unit?: string;
}

/** A whole number within bounds. Tokens pass: hold what counts or orders to {@link literal} first. */
export function wholeNumber(path: string, value: unknown, { minimum, maximum, unit }: Range): string[] {
  if (isToken(value)) return [];
  const fits =
    typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= (maximum ?? Infinity);
  if (fits) return [];
  const bounds =
    maximum === undefined ? `of at least ${String(minimum)}` : `from ${String(minimum)} to ${String(maximum)}`;
  return [problem(path, `a whole number ${bounds}${unit === undefined ? "" : ` ${unit}`}`, value)];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html; Azure and Google take as many. */
const LONGEST_KEY_BYTES = 1024;

/** IAM reads `*` and `?` as wildcards, Terraform `${` and `%{` as templates: a permission would be wider than it says. */
const READ_OTHERWISE = /[*?]|[$%]\{/;

/** The beginning of object keys, such as `raw/`; literal, because rules and grants are told apart by it. */
export function keyPrefix(path: string, value: unknown): string[] {
  if (isToken(value)) return literal(path, value);
  const rule = `a key prefix of at most ${String(LONGEST_KEY_BYTES)} bytes, without a leading slash or control characters`;
  const short = typeof value === "string" && new TextEncoder().encode(value).length <= LONGEST_KEY_BYTES;
  if (!short || /^\/|\p{Cc}/u.test(value)) return [problem(path, rule, value)];
  const plain = "without *, ?, ${ and %{, which policies and Terraform read as more than themselves";
  return READ_OTHERWISE.test(value) ? [problem(path, plain, value)] : [];
}

/** True or false, known at synthesis. */
export const flag = (path: string, value: unknown): string[] =>
  typeof value === "boolean" ? [] : [problem(path, "true or false", value)];

/** One of a fixed set; never a token, because the choice decides what is rendered. */
export const oneOf = (path: string, value: unknown, allowed: readonly (string | number)[]): string[] =>
  (allowed as readonly unknown[]).includes(value)
    ? []
    : [problem(path, `one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`, value)];

/** A literal list, each entry checked under its own path. */
export function list<T>(
  path: string,
  value: readonly T[],
  check: (entry: T, path: string) => readonly string[],
): string[] {
  if (isToken(value) || !Array.isArray(value)) return [problem(path, "a literal list", value)];
  return value.flatMap((entry: T, index) => [...check(entry, `${path}[${String(index)}]`)]);
}

/** A literal list of objects, each checked under its own path; what is no object is named instead of taken apart. */
export const objects = <T extends object>(
  path: string,
  value: readonly T[],
  check: (entry: T, path: string) => readonly string[],
): string[] =>
  list(path, value, (entry, at) => {
    const shape = object(at, entry);
    return shape.length > 0 ? shape : check(entry, at);
  });

/** A literal object: what a JavaScript caller may get wrong where TypeScript would have said so. */
export const object = (path: string, value: unknown): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isToken(value)
    ? []
    : [problem(path, "an object", value)];

/** An instance of what the library makes, told by a property rather than by its class (two copies may be loaded). */
export const having = (path: string, value: unknown, property: string, rule: string): string[] =>
  typeof value === "object" && value !== null && property in value ? [] : [problem(path, rule, value)];

/** Entries that must differ, by a literal key; the second of two equal ones is named. */
export function distinct<T>(path: string, entries: readonly T[], key: (entry: T) => string, rule: string): string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const own = key(entry);
    if (!seen.has(own)) {
      seen.add(own);
      return [];
    }
    return [problem(`${path}[${String(index)}]`, rule, own)];
  });
}

/** One place where a value is not what was expected: `rule.0.expiration.0.days: expected 730, got 365`. */
export type Difference = string;

/** One step down a Terraform value; a block that stands alone may be written as an object, so step 0 is the block itself. */
export function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value as readonly unknown[])[Number(key)] : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const inner = (value as Readonly<Record<string, unknown>>)[key];
  return inner === undefined && key === "0" ? value : inner;
}

/** The value at a dotted path such as `rule.0.expiration.0.days`, or undefined. */
export const at = (value: unknown, path: string): unknown => path.split(".").reduce(step, value);

/** Where `actual` does not hold what `expected` names; what `expected` leaves out is not looked at. */
export function differences(expected: unknown, actual: unknown, path = ""): readonly Difference[] {
  if (Array.isArray(expected)) return listDifferences(expected, actual, path);
  if (typeof expected === "object" && expected !== null)
    return Object.entries(expected).flatMap(([key, inner]) =>
      differences(inner, step(actual, key), path === "" ? key : `${path}.${key}`),
    );
  return Object.is(expected, actual) ? [] : [`${path}: expected ${json(expected)}, got ${json(actual)}`];
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
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

import { json } from "../lib/testing/difference";

/** Two values at one place: `resource.aws_s3_bucket.pos.bucket: "acme-pos" here, nothing there`. */
export type StackDifference = string;

/** Which of the two is which, in messages. */
export interface Sides {
  readonly one: string;
  readonly other: string;
}

/** Every place where two JSON values differ; the order of keys does not count, that of lists does. */
export function stackDifferences(one: unknown, other: unknown, sides: Sides, path = ""): readonly StackDifference[] {
  if (isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) =>
      stackDifferences(own(one, key), own(other, key), sides, path === "" ? key : `${path}.${key}`),
    );
  }
  return Object.is(one, other) ? [] : [`${path}: ${json(one)} ${sides.one}, ${json(other)} ${sides.other}`];
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const own = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

import { ExtensionCodec, decode, encode } from "@msgpack/msgpack";

/** A value that Terraform will know after apply only. */
export class Unknown {
  public constructor(
    public readonly extension: number,
    public readonly data: Uint8Array,
  ) {}
}

/** Known to be unknown, and nothing more. */
export const UNKNOWN = new Unknown(0, new Uint8Array([0]));

/**
 * A value of a block or an attribute. Lists, sets and tuples are arrays, objects and maps are records; a value of the dynamic
 * type is a pair of its type and itself, and so are repeated blocks that hold one.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | Unknown | readonly Value[] | ValueRecord;

export interface ValueRecord {
  readonly [name: string]: Value;
}

/** Extension types of unknown values: plain, and with what is known of them nevertheless. */
const UNKNOWN_TYPES = [0, 12];

const codec = new ExtensionCodec();
for (const type of UNKNOWN_TYPES)
  codec.register({
    type,
    encode: (value) => (value instanceof Unknown && value.extension === type ? value.data : null),
    decode: (data) => new Unknown(type, data),
  });

/** Whole numbers of 64 bits stay what they are. */
const OPTIONS = { extensionCodec: codec, useBigInt64: true };

/** @throws Error when the bytes are not msgpack */
export const decodeValue = (bytes: Uint8Array): Value => decode(bytes, OPTIONS) as Value;

export const encodeValue = (value: Value): Uint8Array => encode(value, OPTIONS);

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isRecord = (value: Value): value is ValueRecord =>
  typeof value === "object" &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Unknown) &&
  !(value instanceof Uint8Array);

/** What a value of the dynamic type is a pair of. */
type TypedValue = readonly [type: Uint8Array, value: Value];

/** Whether a value comes with its type. */
export const isTyped = (value: Value): value is TypedValue =>
  isList(value) && value.length === 2 && value[0] instanceof Uint8Array;

/** Whether two values are the same; unknown ones never are. */
export function sameValue(one: Value, other: Value): boolean {
  if (isList(one))
    return isList(other) && one.length === other.length && one.every((v, i) => sameValue(v, other[i] ?? null));
  if (one instanceof Uint8Array) return other instanceof Uint8Array && Buffer.from(one).equals(other);
  if (!isRecord(one)) return !(one instanceof Unknown) && one === other;
  if (!isRecord(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => sameValue(one[name] ?? null, other[name] ?? null));
}

import { holdsAnyType } from "../schema/any-type";
import type { BlockSchema, NestedBlockSchema, TypeExpression } from "../schema/schema";
import type { Value, ValueRecord } from "./values";

/** A block in which nothing is set. */
export const emptyBlock = (block: BlockSchema): ValueRecord => fromState(block, {});

/** Texts, which stay as they are, and numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses the JSON of a state; a number that a double would change comes as text, which the protocol takes for a number too. */
export const parsedState = (json: string): unknown =>
  JSON.parse(
    json.replace(TOKEN, (token) =>
      token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
    ),
  );

/**
 * A block as a state file holds it; attributes that the schema no longer knows are left out.
 *
 * @param state parsed JSON
 */
export function fromState({ attributes, blocks }: BlockSchema, state: unknown): ValueRecord {
  const json = recordOf(state);
  return Object.fromEntries([
    ...Object.entries(attributes).map(([name, { type }]) => [name, attributeFrom(type, json[name] ?? null)] as const),
    ...Object.entries(blocks).map(([name, nested]) => [name, nestedFrom(nested, json[name] ?? null)] as const),
  ]);
}

function nestedFrom({ nesting, block }: NestedBlockSchema, json: unknown): Value {
  if (nesting === "single") return json === null ? null : fromState(block, json);
  if (nesting === "list" && holdsAnyType(block))
    return dynamicFrom({ type: ["tuple", []], value: [], ...recordOf(json) });
  if (nesting !== "map") return listOf(json).map((inner) => fromState(block, inner));
  return Object.fromEntries(Object.entries(recordOf(json)).map(([key, inner]) => [key, fromState(block, inner)]));
}

/** The type of a value whose attribute has none; only there a list may hold values of several types. */
type StateType = TypeExpression | readonly ["tuple", readonly StateType[]];

function attributeFrom(type: StateType, json: unknown): Value {
  if (json === null) return null;
  if (type === "dynamic") return dynamicFrom(recordOf(json));
  if (typeof type === "string") return json as string | number | boolean;
  if (type[0] === "tuple") return listOf(json).map((of, index) => attributeFrom(type[1][index] ?? "dynamic", of));
  const [shape, inner] = type;
  const record = recordOf(json);
  if (shape === "object")
    return Object.fromEntries(
      Object.entries(inner).map(([name, of]) => [name, attributeFrom(of, record[name] ?? null)] as const),
    );
  if (shape === "map")
    return Object.fromEntries(Object.entries(record).map(([key, of]) => [key, attributeFrom(inner, of)] as const));
  return listOf(json).map((of) => attributeFrom(inner, of));
}

/** A state file writes `{ "type": …, "value": … }`, the protocol a pair. */
function dynamicFrom({ type, value }: Readonly<Record<string, unknown>>): Value {
  return [Buffer.from(JSON.stringify(type)), attributeFrom(type as StateType, value)];
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);

const recordOf = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};

import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../schema/schema";
import { isList, isRecord, sameValue, type Value, type ValueRecord } from "./values";

/** Where in a resource an attribute stands. */
export interface Place {
  readonly name: string;
  readonly schema: AttributeSchema;
  /** The block around it already was in the prior state. */
  readonly existed: boolean;
}

/** What becomes of the value of an attribute. */
export type ValueChange = (value: Value, place: Place) => Value;

/**
 * Rebuilds a block with every attribute passed through `change`, nested blocks included. What is not a record (null: no such
 * block; unknown: a block of unknown size) is left as it is.
 *
 * @param prior the same block in the prior state, or null
 */
export function changeAttributes(block: BlockSchema, value: Value, prior: Value, change: ValueChange): Value {
  if (!isRecord(value)) return value;
  const before = isRecord(prior) ? prior : undefined;
  const attributes = Object.entries(block.attributes).map(([name, schema]) => [
    name,
    change(value[name] ?? null, { name, schema, existed: before !== undefined }),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]) => [
    name,
    changeNested(nested, value[name] ?? null, before?.[name] ?? null, change),
  ]);
  return Object.fromEntries([...attributes, ...blocks]) as ValueRecord;
}

function changeNested({ nesting, block }: NestedBlockSchema, value: Value, prior: Value, change: ValueChange): Value {
  if (nesting === "single") return changeAttributes(block, value, prior, change);
  if (isList(value)) {
    const before = isList(prior) ? prior : [];
    // elements of a set have no place: one that is new is unlike all that were there
    const counterpart = (one: Value, index: number): Value =>
      (nesting === "set" ? before.find((other) => sameValue(one, other)) : before[index]) ?? null;
    return value.map((one, index) => changeAttributes(block, one, counterpart(one, index), change));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      changeAttributes(block, one, isRecord(prior) ? (prior[key] ?? null) : null, change),
    ]),
  );
}

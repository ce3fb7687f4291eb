import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../schema/schema";
import { counterpartsIn } from "./counterparts";
import { isList, isRecord, isTyped, type Value, type ValueRecord } from "./values";

/** Where in a resource an attribute stands. */
export interface Place {
  readonly name: string;
  readonly schema: AttributeSchema;
  /** What it was in the prior state; undefined where the block around it is new. */
  readonly prior: Value | undefined;
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
    change(value[name] ?? null, { name, schema, prior: before && (before[name] ?? null) }),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]) => [
    name,
    changeNested(nested, value[name] ?? null, before?.[name] ?? null, change),
  ]);
  return Object.fromEntries([...attributes, ...blocks]) as ValueRecord;
}

function changeNested(nested: NestedBlockSchema, value: Value, prior: Value, change: ValueChange): Value {
  const { nesting, block } = nested;
  if (isTyped(value)) return [value[0], changeNested(nested, value[1], isTyped(prior) ? prior[1] : null, change)];
  if (nesting === "single") return changeAttributes(block, value, prior, change);
  if (isList(value)) {
    const before = isList(prior) ? prior : [];
    const counterparts = nesting === "set" ? counterpartsIn(block, value, before) : before;
    return value.map((one, index) => changeAttributes(block, one, counterparts[index] ?? null, change));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      changeAttributes(block, one, isRecord(prior) ? (prior[key] ?? null) : null, change),
    ]),
  );
}

import type { BlockSchema, NestedBlockSchema } from "../schema/schema";
import { isList, isRecord, sameValue, type Value } from "./values";

/**
 * What each element of a set was before, or null for one that is new: elements have no place, so one is the same as before when
 * all that is configured is. Terraform itself knows that of a set, but not of a set within a set.
 *
 * @param block what the elements are
 */
export function counterpartsIn(block: BlockSchema, now: readonly Value[], before: readonly Value[]): readonly Value[] {
  const left = [...before];
  const taken = (fits: (other: Value) => boolean): Value | undefined => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const unchanged = now.map((one) => taken((other) => sameValue(one, other)));
  return now.map((one, index) => unchanged[index] ?? taken((other) => sameBlock(block, one, other)) ?? null);
}

/** Whether a block is what it was, but for what the provider has chosen. */
function sameBlock({ attributes, blocks }: BlockSchema, now: Value, before: Value): boolean {
  if (!isRecord(now) || !isRecord(before)) return sameValue(now, before);
  const [one, other] = [now, before];
  return (
    Object.entries(attributes).every(([name, { computed }]) => {
      const value = one[name] ?? null;
      return (value === null && computed) || sameValue(value, other[name] ?? null);
    }) && Object.entries(blocks).every(([name, nested]) => sameNested(nested, one[name] ?? null, other[name] ?? null))
  );
}

function sameNested({ nesting, block }: NestedBlockSchema, now: Value, before: Value): boolean {
  if (nesting === "single") return sameBlock(block, now, before);
  if (isList(now)) {
    if (!isList(before) || now.length !== before.length) return false;
    const counterparts = nesting === "set" ? counterpartsIn(block, now, before) : before;
    return now.every((one, index) => sameBlock(block, one, counterparts[index] ?? null));
  }
  if (!isRecord(now) || !isRecord(before)) return sameValue(now, before);
  const keys = Object.keys(now);
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => sameBlock(block, now[key] ?? null, before[key] ?? null))
  );
}

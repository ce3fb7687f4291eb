import type { BlockSchema, TypeExpression } from "./schema";

/**
 * The type of what stands at a path below a resource.
 *
 * @param path names, and indices as they come: `["certificate_authority", "0", "data"]`
 * @returns nothing where the path leads nowhere, ends at a block, or the type is not fixed
 */
export function typeAt(block: BlockSchema, [name, ...rest]: readonly string[]): TypeExpression | undefined {
  if (name === undefined) return undefined;
  const attribute = block.attributes[name];
  if (attribute !== undefined) return typeWithin(attribute.type, rest);
  const nested = block.blocks[name];
  if (nested === undefined) return undefined;
  return typeAt(nested.block, nested.nesting === "single" ? rest : rest.slice(1));
}

function typeWithin(type: TypeExpression, [step, ...rest]: readonly string[]): TypeExpression | undefined {
  if (step === undefined) return type === "dynamic" ? undefined : type;
  if (typeof type === "string") return undefined;
  if (type[0] !== "object") return typeWithin(type[1], rest);
  const inner = type[1][step];
  return inner === undefined ? undefined : typeWithin(inner, rest);
}

import type { BlockSchema, NestedBlockSchema } from "../schema/schema";

/** How the protocol counts the ways in which a block nests. */
const NESTING: Record<NestedBlockSchema["nesting"], number> = { single: 1, list: 2, set: 3, map: 4 };

/** A schema as the protocol carries it; types travel as JSON. */
export const schemaMessage = (block: BlockSchema): object => ({ version: 0, block: blockMessage(block) });

function blockMessage({ attributes, blocks }: BlockSchema): object {
  return {
    attributes: Object.entries(attributes).map(([name, { type, writeOnly, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
      write_only: writeOnly,
    })),
    block_types: Object.entries(blocks).map(([type_name, { nesting, minimum, maximum, block }]) => ({
      type_name,
      block: blockMessage(block),
      nesting: NESTING[nesting],
      min_items: minimum,
      max_items: maximum ?? 0,
    })),
  };
}

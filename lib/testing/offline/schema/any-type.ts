import type { BlockSchema } from "./schema";

/** Whether a block has an attribute of the dynamic type, however deep: lists of such blocks travel with their type beside them. */
export const holdsAnyType = ({ attributes, blocks }: BlockSchema): boolean =>
  Object.values(attributes).some(({ type }) => /"dynamic"(?!:)/.test(JSON.stringify(type))) ||
  Object.values(blocks).some(({ block }) => holdsAnyType(block));

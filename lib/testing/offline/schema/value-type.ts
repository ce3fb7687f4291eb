import type { Argument, Member } from "./binding-parts";
import type { TypeExpression } from "./schema";

/** The type that a struct stands for, asked for by its name. */
export type StructType = (struct: string) => TypeExpression | undefined;

const SIMPLE: Readonly<Record<string, TypeExpression>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  any: "dynamic",
};

/** What an argument's mapper is made of. */
export interface Mapper {
  /** Around the element, outermost first: `list`, `list`, `map`; of `set` only the argument itself knows. */
  readonly layers: readonly ("list" | "map")[];
  /** Of a struct: `s3BucketLifecycleConfigurationRule`. */
  readonly struct: string | undefined;
  readonly simple: TypeExpression | undefined;
  /** What cdktf calls the second argument of `listMapperHcl`: the outermost layer repeats a block. */
  readonly repeatsBlock: boolean;
}

/**
 * Takes `cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)` apart.
 *
 * @throws Error when it is written in a way that no release of the generator has written so far
 */
export function readMapper(expression: string): Mapper {
  const layers: ("list" | "map")[] = [];
  let rest = expression;
  for (let around = COLLECTION.exec(rest); around !== null; around = COLLECTION.exec(rest)) {
    layers.push(around[1] === "list" ? "list" : "map");
    rest = around[2] ?? "";
  }
  const leaf = LEAF.exec(rest);
  if (leaf === null) throw new Error(`an argument is mapped by ${expression}, which says no type`);
  const [, simple, struct] = leaf;
  return { layers, struct, simple: SIMPLE[simple ?? ""], repeatsBlock: expression.endsWith(", true)") };
}

const COLLECTION = /^cdkt[fn]\.(list|hash)MapperHcl\((.+?)(?:, (?:true|false))?\)$/;
const LEAF = /^(?:cdkt[fn]\.(string|number|boolean|any)|(?:\(0, )?(?:\w+\.)?(\w+))ToHclTerraform\)?$/;

/** The type of an attribute that an argument sets. */
export function argumentType(argument: Argument, mapper: Mapper, structType: StructType): TypeExpression {
  const element = mapper.struct === undefined ? mapper.simple : structType(mapper.struct);
  const [outermost, ...inner] = mapper.layers;
  if (outermost === undefined) return element ?? "dynamic";
  const inside = inner.reduceRight<TypeExpression>((type, layer) => [layer, type], element ?? "dynamic");
  if (outermost === "map") return inside === "dynamic" ? "dynamic" : ["map", inside];
  return [argument.collection === "set" ? "set" : "list", inside];
}

/** What an accessor says of its value; a set is read as a list through `Fn.tolist`. */
const ACCESSORS: readonly (readonly [RegExp, TypeExpression])[] = [
  [/Fn\.tolist\(this\.getListAttribute/, ["set", "string"]],
  [/Fn\.tolist\(this\.getNumberListAttribute/, ["set", "number"]],
  [/\.getListAttribute/, ["list", "string"]],
  [/\.getNumberListAttribute/, ["list", "number"]],
  [/\.getStringMapAttribute/, ["map", "string"]],
  [/\.getNumberMapAttribute/, ["map", "number"]],
  [/\.getBooleanMapAttribute/, ["map", "bool"]],
  [/\.getStringAttribute/, "string"],
  [/\.getNumberAttribute/, "number"],
  [/\.getBooleanAttribute/, "bool"],
];

/** The type of an attribute that can only be read. */
export function memberType(member: Member, structType: StructType): TypeExpression {
  if (member.stored !== undefined) return storedType(member.stored, member.wrapsSet, structType);
  return ACCESSORS.find(([pattern]) => pattern.test(member.getter ?? ""))?.[1] ?? "dynamic";
}

/** `StringMapList` is a list of maps of strings: the last word is the outermost layer; so too with a struct's name before. */
function storedType(stored: string, wrapsSet: boolean, structType: StructType): TypeExpression {
  const struct = structType(stored.replace(/OutputReference$/, ""));
  if (struct !== undefined) return struct;
  const [, element = "", layer] = /^(.+)(List|Map)$/.exec(stored) ?? [];
  if (layer === undefined) return SIMPLE[stored.toLowerCase()] ?? "dynamic";
  const inside = storedType(element, false, structType);
  if (layer === "Map") return inside === "dynamic" ? "dynamic" : ["map", inside];
  return [wrapsSet ? "set" : "list", inside];
}

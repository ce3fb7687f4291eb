import { holdsAnyType } from "./any-type";
import type { Argument, BindingPart, BindingParts, Member } from "./binding-parts";
import type { AttributeSchema, BlockSchema, ModuleSchema, NestedBlockSchema, TypeExpression } from "./schema";
import { argumentType, memberType, readMapper, type Mapper } from "./value-type";

/** How the three providers end the names of what they never keep; their own schemas agree without an exception. */
const WRITE_ONLY = "_wo";

/**
 * The schema that a module of the bindings describes.
 *
 * @throws Error when an argument is mapped in an unknown way
 */
export function moduleSchema(parts: BindingParts): ModuleSchema {
  const block = new Assembly(parts).block(parts.root);
  return { kind: parts.kind, type: parts.type, block: parts.kind === "provider" ? withoutAlias(block) : block };
}

/** Terraform's own argument, which cdktf adds to every provider. */
function withoutAlias({ attributes: { alias: _, ...attributes }, blocks }: BlockSchema): BlockSchema {
  return { attributes, blocks };
}

class Assembly {
  /** The structs that the current one stands in: bindings of recursive arguments lead back to one of them. */
  private readonly path: string[] = [];

  public constructor(private readonly parts: BindingParts) {}

  public block(part: BindingPart): BlockSchema {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    for (const argument of part.arguments) {
      const mapper = readMapper(argument.mapper);
      const nested = this.nestedBlock(part, argument, mapper);
      if (nested === undefined) attributes[argument.name] = this.argument(part, argument, mapper);
      else if (nested !== "recursive") blocks[argument.name] = nested;
    }
    for (const member of onlyRead(part)) {
      const nested = this.readOnlyBlock(member);
      if (nested === undefined) attributes[member.name] = this.member(member);
      else if (nested !== "recursive") blocks[member.name] = nested;
    }
    return { attributes, blocks };
  }

  /** A block repeats, takes one object where it is a list or a set, or is documented as one. */
  private nestedBlock(
    part: BindingPart,
    argument: Argument,
    mapper: Mapper,
  ): NestedBlockSchema | "recursive" | undefined {
    if (mapper.struct === undefined) return undefined;
    const single = mapper.layers.length === 0;
    const repeated = argument.collection === "list" || argument.collection === "set";
    const property = part.properties.get(argument.property);
    const isBlock = repeated ? single || mapper.repeatsBlock : property?.block === argument.name;
    if (!isBlock) return undefined;
    const block = this.within(mapper.struct, (inner) => this.block(inner));
    if (block === undefined) return "recursive";
    return {
      nesting: repeated ? repetition(argument.collection, block) : single ? "single" : "map",
      minimum: repeated && property?.required === true ? 1 : 0,
      maximum: repeated && single ? 1 : undefined,
      block,
    };
  }

  /** A block all of whose attributes are only read. */
  private readOnlyBlock({ computed, stored }: Member): NestedBlockSchema | "recursive" | undefined {
    if (computed || stored === undefined) return undefined;
    const [, struct = "", suffix = ""] = /^(.+?)(OutputReference|Map)$/.exec(stored) ?? [];
    const block = this.within(struct, (inner) => this.block(inner));
    if (block === undefined) return "recursive";
    return { nesting: suffix === "Map" ? "map" : "single", minimum: 0, maximum: undefined, block };
  }

  private argument(part: BindingPart, argument: Argument, mapper: Mapper): AttributeSchema {
    const required = part.properties.get(argument.property)?.required === true;
    const computed = !required && this.mayBeChosen(part, argument.name);
    const type = argumentType(argument, mapper, (struct) => this.objectType(struct));
    const writeOnly = argument.writeOnly || argument.name.endsWith(WRITE_ONLY);
    return { type, required, optional: !required, computed, sensitive: false, writeOnly };
  }

  /** Without the comment on it, as in compiled bindings, nothing tells whether the provider may choose a value: it is let. */
  private mayBeChosen(part: BindingPart, name: string): boolean {
    return this.parts.kind !== "provider" && (part.members.get(name)?.computed ?? true);
  }

  private member(member: Member): AttributeSchema {
    const type = memberType(member, (struct) => this.objectType(struct));
    return { type, required: false, optional: false, computed: true, sensitive: false, writeOnly: false };
  }

  private objectType(struct: string): TypeExpression | undefined {
    return this.within(struct, (part) => {
      const type = (name: string): TypeExpression | undefined => this.objectType(name);
      return [
        "object",
        Object.fromEntries([
          ...part.arguments.map((one) => [one.name, argumentType(one, readMapper(one.mapper), type)] as const),
          ...onlyRead(part).map((one) => [one.name, memberType(one, type)] as const),
        ]),
      ];
    });
  }

  private within<T>(name: string, use: (part: BindingPart) => T): T | undefined {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    const part = this.parts.structs.get(key);
    if (part === undefined || this.path.includes(key)) return undefined;
    this.path.push(key);
    try {
      return use(part);
    } finally {
      this.path.pop();
    }
  }
}

const onlyRead = (part: BindingPart): readonly Member[] => {
  const set = new Set(part.arguments.map(({ name }) => name));
  return [...part.members.values()].filter(({ name }) => !set.has(name));
};

/** Terraform has no sets of what holds values of any type. */
const repetition = (collection: "list" | "set", block: BlockSchema): "list" | "set" =>
  collection === "set" && holdsAnyType(block) ? "list" : collection;

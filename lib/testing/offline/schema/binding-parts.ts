import type { SchemaKind } from "./schema";

/** An argument as `…ToHclTerraform` and `synthesizeHclAttributes` write it. */
export interface Argument {
  /** `expected_bucket_owner` */
  readonly name: string;
  /** The property of the props interface that holds it: `expectedBucketOwner`. */
  readonly property: string;
  /** How it is mapped: `cdktf.listMapperHcl(ruleToHclTerraform, true)`. */
  readonly mapper: string;
  readonly collection: string;
  /** Marked as never kept: newer bindings do, older ones leave it to the name. */
  readonly writeOnly: boolean;
  /** `string`, `stringList`, or the name of a struct or its collection. */
  readonly storage: string;
}

/** An attribute as a class shows it to those who read it. */
export interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** The expression of its getter, or the class of the object that stands for it. */
  readonly getter: string | undefined;
  readonly stored: string | undefined;
  readonly wrapsSet: boolean;
}

/** A property of a props interface. */
export interface Property {
  readonly required: boolean;
  /** The name of the block that its documentation says it is. */
  readonly block: string | undefined;
}

/** A resource class, or a struct with the class of its references. */
export interface BindingPart {
  readonly arguments: Argument[];
  readonly members: Map<string, Member>;
  readonly properties: Map<string, Property>;
}

/** What a module of the bindings says, before it is put together. */
export interface BindingParts {
  readonly kind: SchemaKind;
  readonly type: string;
  /** The resource class itself. */
  readonly root: BindingPart;
  /** By name, with a small first letter: `s3BucketLifecycleConfigurationRule`. */
  readonly structs: ReadonlyMap<string, BindingPart>;
}

const KINDS: Readonly<Record<string, SchemaKind>> = {
  TerraformResource: "resource",
  TerraformDataSource: "data",
  TerraformProvider: "provider",
};

/** Everything that counts, each at the beginning of a line; the same in TypeScript and in what was compiled from it. */
const LANDMARK = new RegExp(
  `^ *(?:export )?(?:declare )?(?:${[
    String.raw`(?:protected )?(?<synthesis>synthesizeHclAttributes)\(`,
    String.raw`function (?<mapped>\w+)ToHclTerraform\(`,
    String.raw`class (?<named>\w+) extends cdkt[fn]\.(?<base>\w+)`,
    String.raw`interface (?<props>\w+)`,
    String.raw`(?:\w+\.|public static readonly |static )tfResourceType = "(?<type>[^"]+)"`,
    String.raw`this\.(?<slot>_\w+)(?:\.internalValue)? = config\.(?<config>\w+);`,
    String.raw`\* (?<documented>\w+) block$`,
    String.raw`readonly (?<property>\w+)(?<optional>\??): `,
    String.raw`"?(?<argument>[\w-]+)"?: \{\s+value: (?<value>[^\n]+),\s+isBlock: \w+,\s+type: "(?<collection>\w+)",\s+storageClassType: "(?<storage>\w+)"`,
    String.raw`\/\/ (?<member>[\w-]+) - computed: (?<flags>\w+, optional: \w+, required: \w+)\s+` +
      String.raw`(?:(?:private )?(?:this\.)?_\w+ = new (?<stored>[\w.]+)\(this, "[^"]*"(?:, (?<wraps>true|false))?\)` +
      String.raw`|(?:private _\w+\?: [^\n]+;\s+|_\w+;\s+)?(?:public )?get \w+\(\) \{\s+return (?<getter>[^\n]+);)?`,
  ].join("|")})`,
  "gm",
);

type Found = Readonly<Record<string, string | undefined>>;

/**
 * Reads the text of a module.
 *
 * @returns nothing where it holds no resource, data source or provider
 */
export function readBinding(text: string): BindingParts | undefined {
  const reader = new Reader();
  for (const match of text.matchAll(LANDMARK)) reader.read(match.groups ?? {});
  return reader.parts();
}

const WRITE_ONLY = /^(?:this|\w+)\.markWriteOnlyAttribute\((.+)\)$/;
/** `cdktf.stringToHclTerraform(this._bucket)`, sometimes with a default before it. */
const MAPPED = /^(?:.+ \? .+ : )?(.+)\((?:struct!?|this)\.(\w+)(?:\.internalValue)?\)$/;

class Reader {
  private readonly structs = new Map<string, BindingPart>();
  private readonly root = emptyPart();
  private readonly slots = new Map<string, string>();
  private part = this.root;
  private properties = this.root.properties;
  private documented: string | undefined;
  private kind: SchemaKind | undefined;
  private type: string | undefined;
  private className = "";

  public read(found: Found): void {
    if (found["argument"] !== undefined) this.readArgument(found["argument"], found);
    else if (found["member"] !== undefined) this.readMember(found["member"], found);
    else if (found["property"] !== undefined) this.readProperty(found["property"], found);
    else if (found["documented"] !== undefined) this.documented = found["documented"];
    else if (found["config"] !== undefined) this.slots.set(found["slot"] ?? "", found["config"]);
    else if (found["mapped"] !== undefined) this.part = this.struct(found["mapped"]);
    else if (found["props"] !== undefined) this.properties = this.struct(found["props"]).properties;
    else if (found["named"] !== undefined) this.readClass(found["named"], found["base"] ?? "");
    else if (found["type"] !== undefined) this.type = found["type"];
    else this.part = this.root;
  }

  public parts(): BindingParts | undefined {
    if (this.kind === undefined || this.type === undefined) return undefined;
    const properties = this.struct(`${this.className}Config`).properties;
    const own = this.root.arguments.map((one) => ({ ...one, property: this.slots.get(one.property) ?? one.property }));
    const root = { arguments: own, members: this.root.members, properties };
    return { kind: this.kind, type: this.type, root, structs: this.structs };
  }

  private readClass(name: string, base: string): void {
    const kind = KINDS[base];
    if (base === "ComplexObject") this.part = this.struct(name.replace(/OutputReference$/, ""));
    if (kind === undefined) return;
    this.part = this.root;
    this.kind = kind;
    this.className = name;
  }

  private readArgument(name: string, { value = "", collection = "", storage = "" }: Found): void {
    if (this.part.arguments.some((one) => one.name === name)) return;
    const [, marked = value] = WRITE_ONLY.exec(value) ?? [];
    const [, mapper = marked, property = ""] = MAPPED.exec(marked) ?? [];
    this.part.arguments.push({ name, property, mapper, collection, storage, writeOnly: marked !== value });
  }

  private readMember(name: string, { flags = "", getter, stored, wraps }: Found): void {
    const [computed, optional, required] = flags.split(", ").map((flag) => flag.endsWith("true"));
    this.part.members.set(name, {
      name,
      computed: computed === true,
      optional: optional === true,
      required: required === true,
      getter,
      stored: stored?.replace(/^\w+\./, ""),
      wrapsSet: wraps === "true",
    });
  }

  private readProperty(name: string, { optional }: Found): void {
    this.properties.set(name, { required: optional === "", block: this.documented });
    this.documented = undefined;
  }

  private struct(name: string): BindingPart {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    const known = this.structs.get(key) ?? emptyPart();
    this.structs.set(key, known);
    return known;
  }
}

const emptyPart = (): BindingPart => ({ arguments: [], members: new Map(), properties: new Map() });

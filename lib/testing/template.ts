import { at, differences, json, step } from "./difference";
import { filesOf, type SynthesisedStack } from "./synth";

/** A resource or data source class of a provider package: `S3Bucket`, `DataAwsRegion`. */
export interface TerraformType {
  readonly tfResourceType: string;
}

/** Which of the blocks of one type are meant. */
export interface Selection {
  /** Construct path below the stack, or its beginning: `lake/aws/raw`. @default - any */
  readonly path?: string;
  /**
   * Attributes that it must hold, nested and named as in Terraform (`bucket_prefix`); others are not looked at. Lists are
   * as long as they say, a block that stands alone may be written without its list, and matchers such as
   * `expect.stringContaining("raw")` may stand anywhere.
   * @default - any
   */
  readonly with?: Readonly<Record<string, unknown>>;
}

/** One resource or data source of a stack. */
export class Block {
  public constructor(
    /** `aws_s3_bucket.lake_raw_1234ABCD` */
    public readonly address: string,
    /** Construct path below the stack. */
    public readonly path: string,
    /** The attributes as Terraform gets them, masked. */
    public readonly attributes: Readonly<Record<string, unknown>>,
  ) {}

  /**
   * The value at a dotted path: `rule.0.expiration.0.days`.
   *
   * @throws Error that says how far the path leads and what stands there
   */
  public get(path: string): unknown {
    const steps = path.split(".");
    let value: unknown = this.attributes;
    for (const [index, key] of steps.entries()) {
      const inner = step(value, key);
      if (inner === undefined) throw new Error(this.deadEnd(path, steps.slice(0, index).join("."), value));
      value = inner;
    }
    return value;
  }

  /** Whether there is anything at a dotted path. */
  public has(path: string): boolean {
    return at(this.attributes, path) !== undefined;
  }

  /** The value at a dotted path, parsed: policies and event patterns are JSON in a string. */
  public json(path: string): unknown {
    const text = this.get(path);
    if (typeof text === "string" && isJson(text)) return JSON.parse(text);
    throw new Error(`${this.address} (${this.path}) holds no JSON text at ${path}, got ${json(text)}`);
  }

  private deadEnd(path: string, reached: string, value: unknown): string {
    return `${this.address} (${this.path}) has nothing at ${path}; at ${reached === "" ? "the top" : reached} there is: ${contentOf(value)}`;
  }
}

/** What one can step into from a value. */
function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${String(value.length)}, from 0`;
  return typeof value === "object" && value !== null ? Object.keys(value).join(", ") : json(value);
}

/** Text that was broken off is told apart by its message, and a value that is no text at all by its kind. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Kind = "resource" | "data";

/** Questions to one synthesised stack, with answers that name the nearest miss. */
export class Template {
  /**
   * @param stack what `synthApp(…).stack(name)` returns, itself
   * @throws Error for anything else, a copy included
   */
  public static of(stack: SynthesisedStack): Template {
    return new Template(stack, filesOf(stack).json);
  }

  private constructor(
    private readonly stack: SynthesisedStack,
    private readonly unmasked: SynthesisedStack,
  ) {}

  /** All resources of a type that a selection means, in the order of their addresses. */
  public all(type: TerraformType, selection: Selection = {}): readonly Block[] {
    return this.select("resource", type, selection);
  }

  /** The one resource that a selection means. @throws Error with the nearest miss, or with all that match */
  public only(type: TerraformType, selection: Selection = {}): Block {
    return this.single("resource", type, selection);
  }

  /** How many resources of a type there are. */
  public count(type: TerraformType, selection: Selection = {}): number {
    return this.all(type, selection).length;
  }

  /** The one data source that a selection means. @throws Error with the nearest miss, or with all that match */
  public onlyData(type: TerraformType, selection: Selection = {}): Block {
    return this.single("data", type, selection);
  }

  /** All data sources of a type that a selection means, in the order of their addresses. */
  public allData(type: TerraformType, selection: Selection = {}): readonly Block[] {
    return this.select("data", type, selection);
  }

  /** Asserts that there is no such resource. @throws Error that lists those there are */
  public none(type: TerraformType, selection: Selection = {}): void {
    const found = this.all(type, selection);
    if (found.length > 0) throw new Error(`Expected no ${described(type, selection)}, found ${listed(found)}`);
  }

  /** The value of an output. @throws Error naming the outputs there are */
  public output(name: string): unknown {
    const outputs = this.outputs();
    if (Object.hasOwn(outputs, name)) return outputs[name];
    throw new Error(`There is no output "${name}"; there is ${Object.keys(outputs).join(", ") || "none"}.`);
  }

  /** The values of all outputs, by name. */
  public outputs(): Readonly<Record<string, unknown>> {
    const outputs = (this.stack["output"] ?? {}) as Readonly<Record<string, { readonly value: unknown }>>;
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.value]));
  }

  /** The addresses of all resources, sorted: what a rename would change. */
  public addresses(): readonly string[] {
    return Object.entries(blocksOf(this.stack, "resource"))
      .flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`))
      .sort();
  }

  private single(kind: Kind, type: TerraformType, selection: Selection): Block {
    const found = this.select(kind, type, selection);
    const [first] = found;
    if (first && found.length === 1) return first;
    if (first)
      throw new Error(`Expected one ${described(type, selection)}, found ${String(found.length)}: ${listed(found)}`);
    throw new Error(`There is no ${described(type, selection)}. ${this.nearest(kind, type, selection)}`);
  }

  private select(kind: Kind, type: TerraformType, { path, with: expected }: Selection): readonly Block[] {
    return this.blocks(kind, type).filter(
      (block) =>
        (path === undefined || below(path, block.path)) && differences(expected ?? {}, block.attributes).length === 0,
    );
  }

  private blocks(kind: Kind, type: TerraformType): readonly Block[] {
    const name = type.tfResourceType;
    const raw = blocksOf(this.unmasked, kind)[name] ?? {};
    const prefix = kind === "data" ? `data.${name}` : name;
    return Object.entries(blocksOf(this.stack, kind)[name] ?? {})
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, attributes]) => new Block(`${prefix}.${id}`, pathOf(raw[id]), attributes));
  }

  private nearest(kind: Kind, type: TerraformType, { path, with: expected }: Selection): string {
    const blocks = this.blocks(kind, type);
    if (blocks.length === 0)
      return `Types there are: ${Object.keys(blocksOf(this.stack, kind)).sort().join(", ") || "none"}`;
    const missed = blocks
      .map((block) => ({
        block,
        misses: [
          ...(path === undefined || below(path, block.path) ? [] : [`path: expected ${path}, got ${block.path}`]),
          ...differences(expected ?? {}, block.attributes),
        ],
      }))
      .sort((one, other) => one.misses.length - other.misses.length)[0];
    return `The nearest is ${missed?.block.address ?? ""}:\n  ${missed?.misses.join("\n  ") ?? ""}`;
  }
}

type Instances = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const blocksOf = (stack: SynthesisedStack, kind: Kind): Instances => (stack[kind] ?? {}) as Instances;

const below = (prefix: string, path: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

function pathOf(block: unknown): string {
  const full = at(block, "//.metadata.path");
  return typeof full === "string" ? full.split("/").slice(1).join("/") : "";
}

function described(type: TerraformType, { path, with: expected }: Selection): string {
  const where = path === undefined ? "" : ` below ${path}`;
  return `${type.tfResourceType}${where}${expected ? ` with ${json(expected)}` : ""}`;
}

const listed = (blocks: readonly Block[]): string =>
  blocks.map((block) => `${block.address} (${block.path})`).join(", ");

import type { StackJson } from "../../lib/testing/offline/runner/needs";
import type { Argument } from "../../lib/testing/offline/schema/binding-parts";
import { readMapper } from "../../lib/testing/offline/schema/value-type";
import type { RawModule } from "./raw-module";
import { rawText } from "./raw-text";

/** What an expression may name. */
export interface RawScope {
  /** The variable of each resource, by its address. */
  readonly variables: ReadonlyMap<string, string>;
  readonly assets: { expression(file: string): string };
}

/** The lifecycle of any resource, in the words of cdktf. */
const LIFECYCLE: Readonly<Record<string, string>> = {
  prevent_destroy: "preventDestroy",
  create_before_destroy: "createBeforeDestroy",
  ignore_changes: "ignoreChanges",
};

/**
 * The arguments of one resource as a program states them: `{ bucket: r4.bucket, rule: [{ id: "raw" }] }`.
 *
 * @throws Error for an argument that the bindings do not know
 */
export function rawArguments(module: RawModule, body: StackJson, scope: RawScope): string {
  const writer = new Writer(module, scope);
  const entries = Object.entries(body)
    .filter(([name]) => name !== "//")
    .map(([name, value]) => writer.meta(name, value) ?? writer.argument(name, module.root.arguments, value));
  return `{ ${entries.join(", ")} }`;
}

class Writer {
  public constructor(
    private readonly module: RawModule,
    private readonly scope: RawScope,
  ) {}

  /** Arguments that Terraform itself knows of every resource. */
  public meta(name: string, value: unknown): string | undefined {
    if (name === "depends_on")
      return `dependsOn: [${(value as readonly string[]).map((one) => this.variable(one)).join(", ")}]`;
    if (name !== "lifecycle") return undefined;
    const rules = Object.entries(value as StackJson).map(
      ([rule, set]) => `${LIFECYCLE[rule] ?? rule}: ${this.plain(set)}`,
    );
    return `lifecycle: { ${rules.join(", ")} }`;
  }

  public argument(name: string, known: readonly Argument[], value: unknown): string {
    const argument = known.find((one) => one.name === name);
    if (argument === undefined) throw new Error(`${this.module.className} knows no argument ${name}`);
    const { struct } = readMapper(argument.mapper);
    return `${argument.property}: ${struct === undefined ? this.plain(value) : this.block(struct, value)}`;
  }

  private block(struct: string, value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((one) => this.block(struct, one)).join(", ")}]`;
    if (typeof value !== "object" || value === null) return this.plain(value);
    const known = this.module.structs.get(struct)?.arguments ?? [];
    return `{ ${Object.entries(value)
      .map(([name, inner]) => this.argument(name, known, inner))
      .join(", ")} }`;
  }

  private plain(value: unknown): string {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return `[${value.map((one) => this.plain(one)).join(", ")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${this.plain(one)}`)
      .join(", ")} }`;
  }

  private text(value: string): string {
    return value.startsWith("assets/") ? this.scope.assets.expression(value) : rawText(value, this.scope.variables);
  }

  private variable(address: string): string {
    const variable = this.scope.variables.get(address);
    if (variable === undefined) throw new Error(`${address} is no resource of the stack`);
    return variable;
  }
}

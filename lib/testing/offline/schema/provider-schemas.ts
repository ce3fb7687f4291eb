import path from "node:path";
import { readBinding } from "./binding-parts";
import { bindingText } from "./binding-text";
import { moduleSchema } from "./module-schema";
import { moduleFolder, moduleNames, type ProviderPackage } from "./provider-package";
import type { BlockSchema, ModuleSchema, SchemaKind } from "./schema";
import { withSensitivity } from "./sensitivity";

/** The schemas of one provider's types, each read from the bindings when it is first asked for. */
export class ProviderSchemas {
  private readonly read = new Map<string, BlockSchema | undefined>();

  public constructor(public readonly bindings: ProviderPackage) {}

  /** @returns nothing where the provider does not know the type */
  public find(kind: SchemaKind, type: string): BlockSchema | undefined {
    const key = `${kind} ${type}`;
    if (!this.read.has(key)) this.read.set(key, this.parse(kind, type));
    return this.read.get(key);
  }

  /** The types that were asked for and found, in the order of their names. */
  public known(kind: SchemaKind): readonly (readonly [string, BlockSchema])[] {
    return [...this.read]
      .flatMap(([key, block]) => (block !== undefined && key.startsWith(`${kind} `) ? [[key, block] as const] : []))
      .map(([key, block]) => [key.slice(kind.length + 1), block] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Reads every module there is. */
  public readAll(): void {
    for (const schema of allSchemas(this.bindings)) this.read.set(`${schema.kind} ${schema.type}`, schema.block);
  }

  private parse(kind: SchemaKind, type: string): BlockSchema | undefined {
    const folder = moduleFolder(this.bindings, kind, type);
    const schema = folder === undefined ? undefined : readModule(this.bindings, folder);
    return schema?.kind === kind && schema.type === type ? schema.block : undefined;
  }
}

/** Every module of the bindings that describes something, one at a time: all at once would take a gigabyte. */
export function* allSchemas(bindings: ProviderPackage): Generator<ModuleSchema> {
  for (const name of moduleNames(bindings)) {
    const schema = readModule(bindings, path.join(bindings.modules, name));
    if (schema !== undefined) yield schema;
  }
}

/**
 * The schema of one module; nothing for ephemeral resources and functions, which newer bindings hold too.
 *
 * @throws Error naming module and release when it is written in an unknown way
 */
function readModule(bindings: ProviderPackage, folder: string): ModuleSchema | undefined {
  try {
    const parts = readBinding(bindingText(folder));
    return parts === undefined ? undefined : withSensitivity(bindings.provider, moduleSchema(parts));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path.basename(folder)} of ${bindings.release} cannot be read: ${reason}`, { cause: error });
  }
}

import type { ProviderNeed } from "../protocol/messages";

/** A stack's `cdk.tf.json`. */
export type StackJson = Readonly<Record<string, unknown>>;

type Instances = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Providers that are part of Terraform: `terraform_data`, `terraform_remote_state`. */
const BUILT_IN = "terraform";

/** What a stack needs of whom. */
export interface Needs {
  readonly providers: readonly ProviderNeed[];
  /** It uses Terraform modules, whose resources its JSON does not show. */
  readonly modules: boolean;
}

/** Which providers a stack uses, and which of their types. */
export function needsOf(stack: StackJson): Needs {
  const sources = new Map<string, { resources: Set<string>; dataSources: Set<string> }>();
  const need = (local: string): { resources: Set<string>; dataSources: Set<string> } => {
    const source = sourceOf(stack, local);
    const known = sources.get(source) ?? { resources: new Set(), dataSources: new Set() };
    sources.set(source, known);
    return known;
  };
  for (const local of [...Object.keys(pins(stack)), ...Object.keys(record(stack["provider"]))]) need(local);
  for (const [type, local] of used(stack["resource"])) need(local).resources.add(type);
  for (const data of [stack["data"], ...Object.values(record(stack["check"])).map((check) => record(check)["data"])])
    for (const [type, local] of used(data)) need(local).dataSources.add(type);
  const providers = [...sources]
    .filter(([source]) => source !== `hashicorp/${BUILT_IN}`)
    .map(([source, { resources, dataSources }]) => ({
      source,
      provider: source.slice(source.lastIndexOf("/") + 1).toLowerCase(),
      resources: [...resources].sort(),
      dataSources: [...dataSources].sort(),
    }));
  return { providers, modules: Object.keys(record(stack["module"])).length > 0 };
}

/** Type and the local name of its provider: what stands before the first underscore, unless an instance names another. */
function* used(blocks: unknown): Generator<readonly [type: string, local: string]> {
  for (const [type, instances] of Object.entries(record(blocks) as Instances))
    for (const instance of Object.values(instances)) {
      const named = record(instance)["provider"];
      yield [type, (typeof named === "string" ? named : type).split(/[._]/)[0] ?? type];
    }
}

/** `aws` → `hashicorp/aws`: the short form, which every engine completes with its own registry. */
function sourceOf(stack: StackJson, local: string): string {
  const pin = record(pins(stack)[local])["source"];
  const source = typeof pin === "string" ? pin : local;
  return source.includes("/") ? source : `hashicorp/${source}`;
}

const pins = (stack: StackJson): Readonly<Record<string, unknown>> =>
  record(record(stack["terraform"])["required_providers"]);

/** A block, or the first of several. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "object" && one !== null ? (one as Record<string, unknown>) : {};
}

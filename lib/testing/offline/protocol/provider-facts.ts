import type { BlockSchema } from "../schema/schema";
import { isList, isRecord, Unknown, type Value, type ValueRecord } from "./values";

/** What a provider's configuration says about every resource. */
export interface ProviderFacts {
  /** `region`, `project` and `zone`, where they are configured. */
  readonly places: Readonly<Record<string, Value>>;
  /** Tags or labels that every resource gets. */
  readonly defaults: Value;
}

export const NO_FACTS: ProviderFacts = { places: {}, defaults: null };

const PLACES = ["region", "project", "zone"];

/** What the providers add up themselves: attribute → the argument whose entries it holds beside the provider's defaults. */
const SUMS: Readonly<Record<string, string>> = {
  tags_all: "tags",
  effective_labels: "labels",
  terraform_labels: "labels",
};

export function providerFacts(config: Value): ProviderFacts {
  if (!isRecord(config)) return NO_FACTS;
  const places = PLACES.map((name) => [name, config[name] ?? null] as const).filter(([, place]) => place !== null);
  return {
    places: Object.fromEntries(places),
    defaults: config["default_labels"] ?? defaultTags(config["default_tags"]),
  };
}

function defaultTags(blocks: Value | undefined): Value {
  const [first] = blocks !== undefined && isList(blocks) ? blocks : [];
  return first !== undefined && isRecord(first) ? (first["tags"] ?? null) : null;
}

/** Tags and labels together with the provider's defaults, where a configuration does not set the sum itself. */
export function withSums(block: BlockSchema, value: Value, config: Value, { defaults }: ProviderFacts): Value {
  if (!isRecord(value)) return value;
  const sums = Object.entries(SUMS)
    .filter(([name, part]) => block.attributes[name]?.computed === true && block.attributes[part] !== undefined)
    .filter(([name]) => !isRecord(config) || (config[name] ?? null) === null)
    .map(([name, part]) => [name, sum(defaults, value[part] ?? null)] as const);
  return { ...value, ...Object.fromEntries(sums) };
}

function sum(defaults: Value, own: Value): Value {
  const unknown = [defaults, own].find((one) => one instanceof Unknown);
  return unknown ?? { ...recordOf(defaults), ...recordOf(own) };
}

const recordOf = (value: Value): ValueRecord => (isRecord(value) ? value : {});

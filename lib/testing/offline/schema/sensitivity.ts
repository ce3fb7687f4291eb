import type { AttributeSchema, BlockSchema, ModuleSchema } from "./schema";
import { AWS_SENSITIVE } from "./sensitive-aws";
import { AZURERM_SENSITIVE } from "./sensitive-azurerm";
import { GOOGLE_SENSITIVE } from "./sensitive-google";

/** Bindings do not say what is sensitive; `scripts/sensitive-attributes.ts` reads it from the providers' own schemas. */
const SENSITIVE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: AWS_SENSITIVE,
  azurerm: AZURERM_SENSITIVE,
  google: GOOGLE_SENSITIVE,
  "google-beta": GOOGLE_SENSITIVE,
};

/** Marks what must not be shown, as the provider's own schema does. */
export function withSensitivity(provider: string, schema: ModuleSchema): ModuleSchema {
  const key = schema.kind === "data" ? `data.${schema.type}` : schema.kind === "provider" ? "provider" : schema.type;
  const paths = SENSITIVE[provider]?.[key];
  return paths === undefined ? schema : { ...schema, block: marked(schema.block, new Set(paths.split(" ")), "") };
}

function marked({ attributes, blocks }: BlockSchema, paths: ReadonlySet<string>, prefix: string): BlockSchema {
  const mark = ([name, attribute]: [string, AttributeSchema]): [string, AttributeSchema] => [
    name,
    paths.has(`${prefix}${name}`) ? { ...attribute, sensitive: true } : attribute,
  ];
  return {
    attributes: Object.fromEntries(Object.entries(attributes).map(mark)),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([name, nested]) => [
        name,
        { ...nested, block: marked(nested.block, paths, `${prefix}${name}.`) },
      ]),
    ),
  };
}

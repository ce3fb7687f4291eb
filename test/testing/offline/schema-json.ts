import { allSchemas } from "../../../lib/testing/offline/schema/provider-schemas";
import type { ProviderPackage } from "../../../lib/testing/offline/schema/provider-package";
import type { BlockSchema, ModuleSchema, TypeExpression } from "../../../lib/testing/offline/schema/schema";

/** What `terraform providers schema -json` would print for bindings, and how many modules said something. */
export function schemasAsTerraformPrints(bindings: ProviderPackage): {
  readonly modules: number;
  readonly json: string;
} {
  const all = [...allSchemas(bindings)];
  const of = (kind: ModuleSchema["kind"]): object =>
    Object.fromEntries(
      all.filter((one) => one.kind === kind).map(({ type, block }) => [type, { version: 0, block: blockJson(block) }]),
    );
  const schemas = { resource_schemas: of("resource"), data_source_schemas: of("data") };
  return { modules: all.length, json: JSON.stringify({ provider_schemas: { [bindings.provider]: schemas } }) };
}

function blockJson({ attributes, blocks }: BlockSchema): object {
  return {
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { type, required, optional, computed }]) => [
        name,
        { type: sorted(type), required, optional, computed },
      ]),
    ),
    block_types: Object.fromEntries(
      Object.entries(blocks).map(([name, { nesting, block }]) => [
        name,
        { nesting_mode: nesting, block: blockJson(block) },
      ]),
    ),
  };
}

/** Terraform prints the attributes of an object in the order of their names. */
function sorted(type: TypeExpression): TypeExpression {
  if (typeof type === "string") return type;
  if (type[0] !== "object") return [type[0], sorted(type[1])];
  const attributes = Object.entries(type[1]).sort(([one], [other]) => (one < other ? -1 : 1));
  return ["object", Object.fromEntries(attributes.map(([name, inner]) => [name, sorted(inner)]))];
}

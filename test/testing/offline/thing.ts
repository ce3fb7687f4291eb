import type { ProviderSchemas } from "../../../lib/testing/offline/schema/provider-schemas";
import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  TypeExpression,
} from "../../../lib/testing/offline/schema/schema";

const attribute = (type: TypeExpression, flags: Partial<AttributeSchema>): AttributeSchema => ({
  type,
  required: false,
  optional: false,
  computed: false,
  sensitive: false,
  writeOnly: false,
  ...flags,
});

const optional = (type: TypeExpression): AttributeSchema => attribute(type, { optional: true });
const chosen = (type: TypeExpression): AttributeSchema => attribute(type, { computed: true });
const either = (type: TypeExpression): AttributeSchema => attribute(type, { optional: true, computed: true });

const nested = (nesting: NestedBlockSchema["nesting"]): NestedBlockSchema => ({
  nesting,
  minimum: 0,
  maximum: undefined,
  block: { attributes: { size: optional("number"), key: chosen("string") }, blocks: {} },
});

const THING: BlockSchema = {
  attributes: {
    id: either("string"),
    name: attribute("string", { required: true }),
    note: optional("string"),
    arn: chosen("string"),
    account_id: chosen("string"),
    created_at: chosen("string"),
    policy: chosen("string"),
    hosts: chosen(["list", "string"]),
    nodes: chosen(["list", ["object", { url: "string", port: "number", up: "bool", labels: ["map", "string"] }]]),
    groups: either(["set", "string"]),
    anything: either("dynamic"),
    region: either("string"),
    tags: optional(["map", "string"]),
    tags_all: either(["map", "string"]),
    password_wo: attribute("string", { optional: true, writeOnly: true }),
  },
  blocks: { disk: nested("list"), mount: nested("set"), timeouts: nested("single"), named: nested("map") },
};

const PROVIDER: BlockSchema = { attributes: { region: optional("string") }, blocks: {} };

/** The schemas of a provider `aws` with the one resource `aws_thing`. */
export const SCHEMAS = {
  bindings: { provider: "aws", release: "@cdktf/provider-aws@1.0.0", modules: "" },
  find: (kind: string, type: string) => (kind === "provider" ? PROVIDER : type === "aws_thing" ? THING : undefined),
  known: (kind: string) => (kind === "resource" ? [["aws_thing", THING]] : []),
} as unknown as ProviderSchemas;

/** A thing in which nothing is set. */
export const NOTHING = {
  ...Object.fromEntries(Object.keys(THING.attributes).map((name) => [name, null])),
  disk: [],
  mount: [],
  timeouts: null,
  named: {},
};

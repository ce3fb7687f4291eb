import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readBinding } from "../../../lib/testing/offline/schema/binding-parts";
import { compiledText } from "../../../lib/testing/offline/schema/binding-text";
import { moduleSchema } from "../../../lib/testing/offline/schema/module-schema";
import {
  findProviderPackage,
  moduleFolder,
  type ProviderPackage,
} from "../../../lib/testing/offline/schema/provider-package";
import { allSchemas, ProviderSchemas } from "../../../lib/testing/offline/schema/provider-schemas";
import type { AttributeSchema, BlockSchema, SchemaKind } from "../../../lib/testing/offline/schema/schema";

const bindings = (provider: string): ProviderPackage =>
  findProviderPackage(provider, __dirname) ?? { provider, release: "not installed", modules: "" };

const schemas = {
  aws: new ProviderSchemas(bindings("aws")),
  azurerm: new ProviderSchemas(bindings("azurerm")),
  google: new ProviderSchemas(bindings("google")),
};

const NOTHING: BlockSchema = { attributes: {}, blocks: {} };

const block = (provider: keyof typeof schemas, type: string, kind: SchemaKind = "resource"): BlockSchema =>
  schemas[provider].find(kind, type) ?? NOTHING;

const plain = { required: false, optional: false, computed: false, sensitive: false, writeOnly: false };

describe("an attribute", () => {
  test.each<[string, AttributeSchema | undefined, AttributeSchema]>([
    [
      "required",
      block("aws", "aws_s3_bucket_versioning").attributes["bucket"],
      { ...plain, type: "string", required: true },
    ],
    [
      "optional",
      block("aws", "aws_sqs_queue").attributes["delay_seconds"],
      { ...plain, type: "number", optional: true },
    ],
    [
      "optional, else chosen by the provider",
      block("aws", "aws_s3_bucket").attributes["bucket"],
      { ...plain, type: "string", optional: true, computed: true },
    ],
    [
      "chosen by the provider",
      block("aws", "aws_s3_bucket").attributes["arn"],
      { ...plain, type: "string", computed: true },
    ],
    [
      "a map with what the provider adds",
      block("aws", "aws_s3_bucket").attributes["tags_all"],
      { ...plain, type: ["map", "string"], optional: true, computed: true },
    ],
    [
      "of any type",
      block("aws", "aws_quicksight_dashboard").attributes["definition"],
      { ...plain, type: "dynamic", optional: true },
    ],
    [
      "sensitive",
      block("google", "google_service_account_key").attributes["private_key"],
      { ...plain, type: "string", computed: true, sensitive: true },
    ],
    [
      "never kept",
      block("aws", "aws_secretsmanager_secret_version").attributes["secret_string_wo"],
      { ...plain, type: "string", optional: true, sensitive: true, writeOnly: true },
    ],
    [
      "about what is never kept",
      block("aws", "aws_secretsmanager_secret_version").attributes["has_secret_string_wo"],
      { ...plain, type: "bool", computed: true },
    ],
  ])("%s", (_, attribute, expected) => {
    expect(attribute).toEqual(expected);
  });

  test.each([
    ["aws", "aws_acm_certificate", "domain_validation_options", "set"],
    ["aws", "aws_acm_certificate", "renewal_summary", "list"],
    ["aws", "aws_security_group", "ingress", "set"],
    ["azurerm", "azurerm_app_configuration", "primary_read_key", "list"],
    ["google", "google_alloydb_cluster", "continuous_backup_info", "list"],
  ] as const)("%s %s.%s is a collection of objects, not a block: a %s", (provider, type, name, collection) => {
    expect(block(provider, type).attributes[name]?.type).toEqual([collection, ["object", expect.anything()]]);
  });

  test("in an object in a list has its own type", () => {
    expect(block("google", "google_alloydb_cluster").attributes["continuous_backup_info"]?.type).toEqual([
      "list",
      [
        "object",
        {
          earliest_restorable_time: "string",
          enabled_time: "string",
          encryption_info: ["list", ["object", { encryption_type: "string", kms_key_versions: ["list", "string"] }]],
          schedule: ["list", "string"],
        },
      ],
    ]);
  });
});

describe("a block", () => {
  test.each([
    ["any number of them", block("aws", "aws_s3_bucket_lifecycle_configuration").blocks["rule"], "list", 0, undefined],
    ["exactly one", block("aws", "aws_s3_bucket_versioning").blocks["versioning_configuration"], "list", 1, 1],
    ["a set", block("aws", "aws_dynamodb_table").blocks["attribute"], "set", 0, undefined],
    ["a single one", block("azurerm", "azurerm_storage_account").blocks["timeouts"], "single", 0, undefined],
    [
      "in a module that is split",
      block("google", "google_container_cluster").blocks["node_pool"],
      "list",
      0,
      undefined,
    ],
  ])("%s", (_, nested, nesting, minimum, maximum) => {
    expect(nested).toMatchObject({ nesting, minimum, maximum });
  });

  test("holds blocks and required attributes", () => {
    const transition = block("aws", "aws_s3_bucket_lifecycle_configuration").blocks["rule"]?.block.blocks["transition"];
    expect(transition?.block.attributes["storage_class"]).toEqual({ ...plain, type: "string", required: true });
  });
});

describe("a provider", () => {
  test("has its arguments, without Terraform's own alias", () => {
    const { attributes, blocks } = block("azurerm", "azurerm", "provider");
    expect(attributes["subscription_id"]).toEqual({ ...plain, type: "string", optional: true });
    expect(Object.keys(attributes)).not.toContain("alias");
    expect(blocks["features"]).toMatchObject({ nesting: "list", maximum: undefined });
  });

  test("knows what was asked for and nothing else", () => {
    const some = new ProviderSchemas(bindings("aws"));
    expect(some.find("resource", "aws_s3_bukcet")).toBeUndefined();
    some.find("resource", "aws_sqs_queue");
    some.find("resource", "aws_kms_key");
    some.find("data", "aws_region");
    expect(some.known("resource").map(([type]) => type)).toEqual(["aws_kms_key", "aws_sqs_queue"]);
    expect(some.known("data").map(([type]) => type)).toEqual(["aws_region"]);
  });

  test("whose bindings are not installed is not found", () => {
    expect(findProviderPackage("hashicups", __dirname)).toBeUndefined();
  });
});

test("compiled bindings without a source map say the same, but not what the provider may choose", () => {
  const folder = moduleFolder(bindings("google"), "resource", "google_container_cluster") ?? "";
  const parts = readBinding(compiledText(folder));
  const compiled = parts === undefined ? NOTHING : moduleSchema(parts).block;
  const full = block("google", "google_container_cluster");
  const facts = ({ attributes }: BlockSchema): object =>
    Object.fromEntries(
      Object.entries(attributes).map(([name, { type, required, optional }]) => [name, { type, required, optional }]),
    );
  expect(facts(compiled)).toEqual(facts(full));
  expect(Object.keys(compiled.blocks)).toEqual(Object.keys(full.blocks));
  expect(full.attributes["description"]?.computed).toBe(false);
  expect(compiled.attributes["description"]?.computed).toBe(true);
});

describe("bindings made by hand", () => {
  const modules = fs.mkdtempSync(path.join(os.tmpdir(), "bindings-"));
  const made: ProviderPackage = { provider: "made", release: "@cdktf/provider-made@1.0.0", modules };

  afterAll(() => {
    fs.rmSync(modules, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    fs.mkdirSync(path.join(modules, name), { recursive: true });
    fs.writeFileSync(path.join(modules, name, "index.js"), text);
  }

  const entry = (name: string, value: string, collection: string, storage: string): string =>
    `            ${name}: {\n                value: ${value},\n                isBlock: false,\n                type: "${collection}",\n                storageClassType: "${storage}",\n            },\n`;

  const resource = (type: string, entries: string): string =>
    `class Thing extends cdktf.TerraformResource {\n    synthesizeHclAttributes() {\n        const attrs = {\n${entries}        };\n    }\n}\nThing.tfResourceType = "${type}";\n`;

  test("a recursive struct ends where it returns to itself", () => {
    const tree = entry("child", "cdktf.listMapperHcl(nodeToHclTerraform, true)(struct.child)", "list", "NodeList");
    const root = entry(
      "tree",
      "cdktf.listMapperHcl(nodeToHclTerraform, true)(this._tree.internalValue)",
      "list",
      "NodeList",
    );
    const name = entry("name", "cdktf.stringToHclTerraform(struct.name)", "simple", "string");
    write(
      "thing",
      `function nodeToHclTerraform(struct) {\n    const attrs = {\n${name}${tree}    };\n}\n${resource("made_thing", root)}`,
    );
    expect(new ProviderSchemas(made).find("resource", "made_thing")?.blocks["tree"]?.block).toEqual({
      attributes: { name: { ...plain, type: "string", optional: true, computed: true } },
      blocks: {},
    });
  });

  test("a mapper of tomorrow is an error that names module and release", () => {
    write("future", resource("made_future", entry("x", "cdktf.tupleMapper(this._x)", "tuple", "stringTuple")));
    expect(() => [...allSchemas(made)]).toThrow(
      "future of @cdktf/provider-made@1.0.0 cannot be read: an argument is mapped by cdktf.tupleMapper, which says no type",
    );
  });
});

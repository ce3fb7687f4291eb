/**
 * What a stand-in says and hears: of Terraform's plugin protocol, version 6, the calls it answers and the fields it reads or
 * writes, in names of our own. On the wire count the path of a method and the numbers of the fields alone:
 * https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */

/** Field → type and number, with `repeated` or `map` before it. */
type Fields = Readonly<Record<string, string>>;

const MESSAGES: Readonly<Record<string, Fields>> = {
  Nothing: {},
  Value: { msgpack: "bytes 1", json: "bytes 2" },
  Diagnostic: { severity: "int32 1", summary: "string 2", detail: "string 3" },
  Diagnosed: { diagnostics: "repeated Diagnostic 1" },
  /** ValidateProviderConfig alone counts from two. */
  ProviderDiagnosed: { diagnostics: "repeated Diagnostic 2" },

  Attribute: {
    name: "string 1",
    type: "bytes 2",
    required: "bool 4",
    optional: "bool 5",
    computed: "bool 6",
    sensitive: "bool 7",
    write_only: "bool 11",
  },
  NestedBlock: {
    type_name: "string 1",
    block: "Block 2",
    nesting: "int32 3",
    min_items: "int64 4",
    max_items: "int64 5",
  },
  Block: { attributes: "repeated Attribute 2", block_types: "repeated NestedBlock 3" },
  Schema: { version: "int64 1", block: "Block 2" },
  Schemas: {
    provider: "Schema 1",
    resource_schemas: "map Schema 2",
    data_source_schemas: "map Schema 3",
    diagnostics: "repeated Diagnostic 4",
    server_capabilities: "ServerCapabilities 6",
  },
  ServerCapabilities: { get_provider_schema_optional: "bool 2" },

  Capabilities: { write_only_attributes_allowed: "bool 2" },
  ProviderConfig: { config: "Value 1" },
  ProviderConfiguration: { config: "Value 2" },
  TypeConfig: { type_name: "string 1", config: "Value 2", client_capabilities: "Capabilities 3" },
  RawState: { json: "bytes 1" },
  StoredState: { type_name: "string 1", raw_state: "RawState 3" },
  UpgradedState: { upgraded_state: "Value 1", diagnostics: "repeated Diagnostic 2" },
  CurrentState: { type_name: "string 1", current_state: "Value 2" },
  NewState: { new_state: "Value 1", diagnostics: "repeated Diagnostic 2" },
  Change: { type_name: "string 1", prior_state: "Value 2", proposed_new_state: "Value 3", config: "Value 4" },
  PlannedChange: { planned_state: "Value 1", diagnostics: "repeated Diagnostic 4" },
  ChangeToApply: { type_name: "string 1", prior_state: "Value 2", planned_state: "Value 3", config: "Value 4" },
  AppliedChange: { new_state: "Value 1", diagnostics: "repeated Diagnostic 3" },
  ToImport: { type_name: "string 1", id: "string 2" },
  ImportedResource: { type_name: "string 1", state: "Value 2" },
  Imported: { imported_resources: "repeated ImportedResource 1", diagnostics: "repeated Diagnostic 2" },
  DataState: { state: "Value 1", diagnostics: "repeated Diagnostic 2" },
};

/** Method → what it takes and gives. Calls that are not here are answered with "unimplemented". */
const METHODS = {
  GetProviderSchema: ["Nothing", "Schemas"],
  ValidateProviderConfig: ["ProviderConfig", "ProviderDiagnosed"],
  ValidateResourceConfig: ["TypeConfig", "Diagnosed"],
  ValidateDataResourceConfig: ["TypeConfig", "Diagnosed"],
  UpgradeResourceState: ["StoredState", "UpgradedState"],
  ConfigureProvider: ["ProviderConfiguration", "Diagnosed"],
  ReadResource: ["CurrentState", "NewState"],
  PlanResourceChange: ["Change", "PlannedChange"],
  ApplyResourceChange: ["ChangeToApply", "AppliedChange"],
  ImportResourceState: ["ToImport", "Imported"],
  ReadDataSource: ["TypeConfig", "DataState"],
  StopProvider: ["Nothing", "Nothing"],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** A call that a stand-in answers. */
export type Method = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as readonly Method[];

/** The same as protobufjs reads it. */
export function wireDescriptor(): { readonly nested: object } {
  const messages = Object.entries(MESSAGES).map(([name, fields]) => {
    const described = Object.entries(fields).map(([field, type]) => [field, fieldDescriptor(type)] as const);
    return [name, { fields: Object.fromEntries(described) }] as const;
  });
  const methods = Object.entries(METHODS).map(([name, [requestType, responseType]]) => {
    return [name, { requestType, responseType }] as const;
  });
  const service = { methods: Object.fromEntries(methods) };
  return { nested: { tfplugin6: { nested: { ...Object.fromEntries(messages), Provider: service } } } };
}

function fieldDescriptor(text: string): object {
  const words = text.split(" ");
  const [type, id] = words.slice(-2);
  if (words[0] === "map") return { keyType: "string", type, id: Number(id) };
  return words[0] === "repeated" ? { rule: "repeated", type, id: Number(id) } : { type, id: Number(id) };
}

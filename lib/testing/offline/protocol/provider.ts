import { createHash } from "node:crypto";
import type { ProviderSchemas } from "../schema/provider-schemas";
import type { BlockSchema } from "../schema/schema";
import { applied, found, imported, planned, type Subject } from "./planning";
import { NO_FACTS, providerFacts, type ProviderFacts } from "./provider-facts";
import { schemaMessage } from "./schema-message";
import { fromState, parsedState } from "./state";
import { changeAttributes } from "./transform";
import { decodeValue, encodeValue, type Value } from "./values";
import type { Method } from "./wire";

interface WireValue {
  readonly msgpack: Uint8Array;
}

/** A request, of whatever kind. */
export interface Request {
  readonly type_name?: string;
  readonly id?: string;
  readonly config?: WireValue;
  readonly prior_state?: WireValue;
  readonly current_state?: WireValue;
  readonly proposed_new_state?: WireValue;
  readonly planned_state?: WireValue;
  readonly raw_state?: { readonly json: Uint8Array };
  readonly client_capabilities?: { readonly write_only_attributes_allowed: boolean } | null;
}

type Answer = (request: Request, client: string) => object;

const ERROR = 1;

/** Answers Terraform in the place of one provider, from its schemas alone. */
export class StandInProvider {
  /** By client: Terraform connects once for each configuration of the provider. */
  private readonly facts = new Map<string, ProviderFacts>();
  private readonly occurrences = new Map<string, number>();

  public constructor(private readonly schemas: ProviderSchemas) {}

  /**
   * @param client who asks, as the connection names it
   * @throws Error when the request cannot be read
   */
  public answer(method: Method, request: Request, client: string): object {
    return this.answers[method](request, client);
  }

  private readonly answers: Readonly<Record<Method, Answer>> = {
    GetProviderSchema: () => this.allSchemas(),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: (request) => this.validate(request),
    ValidateDataResourceConfig: () => ({}),
    ConfigureProvider: ({ config }, client) => {
      this.facts.set(client, providerFacts(read(config)));
      return {};
    },
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const json = parsedState(Buffer.from(raw_state?.json ?? []).toString("utf8"));
      return { upgraded_state: wire(fromState(this.block("resource", type_name), json)) };
    },
    ReadResource: ({ current_state }) => ({ new_state: current_state }),
    PlanResourceChange: (request, client) => {
      const [prior, proposed, config] = [
        read(request.prior_state),
        read(request.proposed_new_state),
        read(request.config),
      ];
      const subject = this.subject("resource", request.type_name, client, "");
      return { planned_state: wire(proposed === null ? null : planned(subject, { prior, proposed, config })) };
    },
    ApplyResourceChange: ({ type_name, planned_state }, client) => {
      const seed = this.seed(type_name, planned_state);
      return { new_state: wire(applied(this.subject("resource", type_name, client, seed), read(planned_state))) };
    },
    ImportResourceState: ({ type_name, id = "" }, client) => {
      const subject = this.subject("resource", type_name, client, this.seed(type_name, { msgpack: Buffer.from(id) }));
      return { imported_resources: [{ type_name, state: wire(imported(subject, id)) }] };
    },
    ReadDataSource: ({ type_name, config }, client) => {
      const subject = this.subject("data", type_name, client, digest(type_name, config));
      return { state: wire(found(subject, read(config))) };
    },
    StopProvider: () => ({}),
  };

  private allSchemas(): object {
    const all = (kind: "resource" | "data"): object =>
      Object.fromEntries(this.schemas.known(kind).map(([type, block]) => [type, schemaMessage(block)]));
    return {
      provider: schemaMessage(this.block("provider", this.schemas.bindings.provider)),
      resource_schemas: all("resource"),
      data_source_schemas: all("data"),
      // Terraform then asks once a process, not once for each walk and each configuration of the provider
      server_capabilities: { get_provider_schema_optional: true },
    };
  }

  /** Everything else Terraform holds against the schema itself. */
  private validate({ type_name, config, client_capabilities }: Request): object {
    if (client_capabilities?.write_only_attributes_allowed === true) return {};
    const set: string[] = [];
    changeAttributes(this.block("resource", type_name), read(config), null, (value, { name, schema }) => {
      if (schema.writeOnly && value !== null) set.push(name);
      return value;
    });
    const detail = "Write-only arguments need Terraform 1.11 or later.";
    return { diagnostics: set.map((name) => ({ severity: ERROR, summary: `${name} is write-only`, detail })) };
  }

  private subject(kind: "resource" | "data", type = "", client: string, seed: string): Subject {
    const { provider } = this.schemas.bindings;
    const facts = this.facts.get(client) ?? NO_FACTS;
    const { region } = facts.places;
    const wanted = { provider, type, seed, region: typeof region === "string" ? region : "offline-1" };
    return { kind, block: this.block(kind, type), facts, wanted };
  }

  private block(kind: "resource" | "data" | "provider", type = ""): BlockSchema {
    const block = this.schemas.find(kind, type);
    if (block) return block;
    throw new Error(`${this.schemas.bindings.release} knows no ${kind} ${type}`);
  }

  /** The same for the same resource on every machine; a second resource with the same arguments gets another. */
  private seed(type: string | undefined, value: WireValue | undefined): string {
    const seed = digest(type, value);
    const occurrence = this.occurrences.get(seed) ?? 0;
    this.occurrences.set(seed, occurrence + 1);
    return occurrence === 0 ? seed : digest(seed, { msgpack: Buffer.from(String(occurrence)) });
  }
}

const digest = (type = "", value?: WireValue): string =>
  createHash("sha256")
    .update(type)
    .update(value?.msgpack ?? "")
    .digest("hex")
    .slice(0, 8);

const read = (value: WireValue | undefined): Value =>
  value === undefined || value.msgpack.length === 0 ? null : decodeValue(value.msgpack);

const wire = (value: Value): { readonly msgpack: Uint8Array } => ({ msgpack: encodeValue(value) });

/** An error as Terraform shows it. */
export function failure(provider: string, error: unknown): object {
  const detail = error instanceof Error ? error.message : String(error);
  return { diagnostics: [{ severity: ERROR, summary: `The stand-in of provider ${provider} failed`, detail }] };
}

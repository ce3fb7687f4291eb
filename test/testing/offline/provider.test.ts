import { failure, StandInProvider, type Request } from "../../../lib/testing/offline/protocol/provider";
import { decodeValue, encodeValue, UNKNOWN, type Value } from "../../../lib/testing/offline/protocol/values";
import { METHOD_NAMES, wireDescriptor } from "../../../lib/testing/offline/protocol/wire";
import { NOTHING, SCHEMAS } from "./thing";

interface Wire {
  readonly msgpack: Uint8Array;
}

const wire = (value: Value): Wire => ({ msgpack: encodeValue(value) });

function provider(
  config: Value = { region: "eu-west-1", default_tags: [{ tags: { team: "data" } }] },
): StandInProvider {
  const one = new StandInProvider(SCHEMAS);
  one.answer("ConfigureProvider", { config: wire(config) }, "me");
  return one;
}

function planned(prior: Value, config: Value, proposed = config): Value {
  const request: Request = {
    type_name: "aws_thing",
    prior_state: wire(prior),
    config: wire(config),
    proposed_new_state: wire(proposed),
  };
  const { planned_state } = provider().answer("PlanResourceChange", request, "me") as { planned_state: Wire };
  return decodeValue(planned_state.msgpack);
}

function applied(plan: Value, of = provider()): Readonly<Record<string, Value>> {
  const request: Request = { type_name: "aws_thing", planned_state: wire(plan) };
  const { new_state } = of.answer("ApplyResourceChange", request, "me") as { new_state: Wire };
  return decodeValue(new_state.msgpack) as Readonly<Record<string, Value>>;
}

describe("a plan", () => {
  test("of something new knows what is configured, and what the provider's configuration says", () => {
    expect(planned(null, { ...NOTHING, name: "a", tags: { zone: "raw" } })).toEqual({
      ...NOTHING,
      id: UNKNOWN,
      name: "a",
      arn: UNKNOWN,
      account_id: UNKNOWN,
      created_at: UNKNOWN,
      policy: UNKNOWN,
      hosts: UNKNOWN,
      nodes: UNKNOWN,
      groups: UNKNOWN,
      anything: UNKNOWN,
      region: "eu-west-1",
      tags: { zone: "raw" },
      tags_all: { team: "data", zone: "raw" },
    });
  });

  test("of what is there keeps it, but for sums of what changes", () => {
    const prior = { ...NOTHING, name: "a", arn: "arn:a", region: "eu-west-1", tags_all: { team: "data" } };
    const proposed = { ...prior, name: "b", tags: { zone: "raw" } };
    expect(planned(prior, { ...NOTHING, name: "b", tags: { zone: "raw" } }, proposed)).toEqual({
      ...proposed,
      tags_all: { team: "data", zone: "raw" },
    });
  });

  test("leaves a sum alone that is configured, and does not know one of what is unknown", () => {
    const own = { ...NOTHING, name: "a", tags_all: { only: "this" } };
    expect(planned(null, own)).toMatchObject({ tags_all: { only: "this" } });
    expect(planned(null, { ...NOTHING, name: "a", tags: UNKNOWN })).toMatchObject({ tags: UNKNOWN, tags_all: UNKNOWN });
  });

  test("knows what is chosen in blocks that were there, and not in new ones", () => {
    const prior = {
      ...NOTHING,
      disk: [{ size: 1, key: "k1" }],
      mount: [{ size: 1, key: "k2" }],
      timeouts: { size: 1, key: null },
      named: { a: { size: 1, key: "k3" } },
    };
    const proposed = {
      ...prior,
      disk: [
        { size: 2, key: "k1" },
        { size: 3, key: null },
      ],
      mount: [
        { size: 1, key: "k2" },
        { size: 4, key: null },
      ],
      named: { a: { size: 1, key: "k3" }, b: { size: 5, key: null } },
    };
    expect(planned(prior, proposed)).toMatchObject({
      disk: [
        { size: 2, key: "k1" },
        { size: 3, key: UNKNOWN },
      ],
      mount: [
        { size: 1, key: "k2" },
        { size: 4, key: UNKNOWN },
      ],
      timeouts: { size: 1, key: null },
      named: { a: { size: 1, key: "k3" }, b: { size: 5, key: UNKNOWN } },
    });
  });

  test("leaves blocks of unknown number unknown", () => {
    expect(planned(null, { ...NOTHING, name: "a", disk: UNKNOWN })).toMatchObject({ disk: UNKNOWN });
  });

  test("of a destruction is nothing", () => {
    expect(planned({ ...NOTHING, name: "a" }, null)).toBeNull();
  });

  test("holds nothing that is written only", () => {
    expect(planned(null, { ...NOTHING, name: "a", password_wo: "secret" })).toMatchObject({ password_wo: null });
  });

  test("of a client that never configured the provider knows no region", () => {
    const request = {
      type_name: "aws_thing",
      proposed_new_state: wire({ ...NOTHING, name: "a" }),
      config: wire(NOTHING),
    };
    const { planned_state } = provider().answer("PlanResourceChange", request, "another") as { planned_state: Wire };
    expect(decodeValue(planned_state.msgpack)).toMatchObject({ region: UNKNOWN, tags_all: {} });
  });
});

describe("an apply", () => {
  const plan = planned(null, { ...NOTHING, name: "a", disk: [{ size: 1, key: null }] });

  test("makes up what was unknown, in the forms that such values have", () => {
    const { id, arn, ...rest } = applied(plan);
    expect(id).toMatch(/^aws_thing-id-[0-9a-f]{8}$/);
    expect(arn).toMatch(/^arn:aws:thing:eu-west-1:000000000000:aws_thing\/[0-9a-f]{8}$/);
    expect(rest).toMatchObject({
      name: "a",
      note: null,
      account_id: "000000000000",
      created_at: "2000-01-01T00:00:00Z",
      policy: "{}",
      hosts: [expect.stringMatching(/^aws_thing-hosts-/)],
      nodes: [
        {
          url: expect.stringMatching(/^https:\/\/[0-9a-f]{8}\.offline\.invalid$/) as string,
          port: 0,
          up: false,
          labels: {},
        },
      ],
      groups: [],
      disk: [{ size: 1, key: expect.stringMatching(/^aws_thing-key-/) as string }],
    });
  });

  test("makes up the same on every machine, and another for a second resource like it", () => {
    const one = provider();
    const first = applied(plan, one);
    expect(applied(plan, one)["id"]).not.toBe(first["id"]);
    expect(applied(plan)["id"]).toBe(first["id"]);
  });

  test("settles what is unknown inside a value", () => {
    const inside = {
      ...NOTHING,
      name: "a",
      tags: { zone: UNKNOWN },
      hosts: ["h", UNKNOWN],
      nodes: [{ url: UNKNOWN, port: 1, up: true, labels: { a: "b" } }],
    };
    expect(applied(inside)).toMatchObject({
      tags: { zone: expect.stringMatching(/^aws_thing-tags-/) as string },
      hosts: ["h", expect.stringMatching(/^aws_thing-hosts-/)],
      nodes: [{ url: expect.stringMatching(/^https:/) as string, port: 1, up: true, labels: { a: "b" } }],
    });
  });

  test("of a destruction leaves nothing", () => {
    expect(applied(null)).toBeNull();
  });
});

test("a query finds three where it finds several, and takes the region of its provider", () => {
  const request = { type_name: "aws_thing", config: wire({ ...NOTHING, name: "a" }) };
  const { state } = provider().answer("ReadDataSource", request, "me") as { state: Wire };
  const found = decodeValue(state.msgpack) as Readonly<Record<string, Value>>;
  expect(found).toMatchObject({ name: "a", note: null, region: "eu-west-1" });
  expect(new Set(found["hosts"] as string[]).size).toBe(3);
});

test("an import brings the identifier and what the provider chooses, not what is configured", () => {
  const answer = provider().answer("ImportResourceState", { type_name: "aws_thing", id: "i-1" }, "me");
  const { imported_resources } = answer as { imported_resources: readonly { type_name: string; state: Wire }[] };
  const state = decodeValue(imported_resources[0]?.state.msgpack ?? Buffer.from([0xc0]));
  expect(imported_resources[0]?.type_name).toBe("aws_thing");
  expect(state).toMatchObject({
    id: "i-1",
    name: null,
    arn: expect.stringMatching(/^arn:/) as string,
    groups: null,
    disk: [],
  });
});

test("a state from before is read as the schema has it now", () => {
  const json = {
    id: "1",
    name: "a",
    gone: "since",
    anything: { type: "string", value: "x" },
    nodes: [{ url: "u", port: 1 }],
    tags: { a: "b" },
    disk: [{ size: 1 }],
    named: { a: { size: 2 } },
    timeouts: { size: 3 },
  };
  const raw_state = { json: Buffer.from(JSON.stringify(json)) };
  const { upgraded_state } = provider().answer("UpgradeResourceState", { type_name: "aws_thing", raw_state }, "me") as {
    upgraded_state: Wire;
  };
  expect(decodeValue(upgraded_state.msgpack)).toEqual({
    ...NOTHING,
    id: "1",
    name: "a",
    anything: [new Uint8Array(Buffer.from('"string"')), "x"],
    nodes: [{ url: "u", port: 1, up: null, labels: null }],
    tags: { a: "b" },
    disk: [{ size: 1, key: null }],
    named: { a: { size: 2, key: null } },
    timeouts: { size: 3, key: null },
  });
});

test("a read finds what was there", () => {
  const current_state = wire({ ...NOTHING, name: "a" });
  expect(provider().answer("ReadResource", { type_name: "aws_thing", current_state }, "me")).toEqual({
    new_state: current_state,
  });
});

describe("what is written only", () => {
  const request = { type_name: "aws_thing", config: wire({ ...NOTHING, name: "a", password_wo: "secret" }) };

  test("is refused where Terraform is too old to keep it out of its state", () => {
    expect(provider().answer("ValidateResourceConfig", request, "me")).toEqual({
      diagnostics: [
        {
          severity: 1,
          summary: "password_wo is write-only",
          detail: "Write-only arguments need Terraform 1.11 or later.",
        },
      ],
    });
  });

  test("is accepted where Terraform says that it does", () => {
    const able = { ...request, client_capabilities: { write_only_attributes_allowed: true } };
    expect(provider().answer("ValidateResourceConfig", able, "me")).toEqual({});
  });
});

test("a type that no module describes is an error that names the bindings", () => {
  const request = { type_name: "aws_nothing", planned_state: wire(null) };
  expect(() => provider().answer("ApplyResourceChange", request, "me")).toThrow(
    "@cdktf/provider-aws@1.0.0 knows no resource aws_nothing",
  );
});

test("an error reaches Terraform as one of its own", () => {
  expect(failure("aws", new Error("no such thing"))).toEqual({
    diagnostics: [{ severity: 1, summary: "The stand-in of provider aws failed", detail: "no such thing" }],
  });
});

test("the wire has every method, with the protocol's own numbers", () => {
  const { nested } = wireDescriptor() as unknown as {
    nested: { tfplugin6: { nested: Record<string, { methods?: object; fields?: Record<string, object> }> } };
  };
  const messages = nested.tfplugin6.nested;
  expect(Object.keys(messages["Provider"]?.methods ?? {})).toEqual(METHOD_NAMES);
  expect(messages["Attribute"]?.fields?.["write_only"]).toEqual({ type: "bool", id: 11 });
  expect(messages["Schemas"]?.fields?.["resource_schemas"]).toEqual({ keyType: "string", type: "Schema", id: 2 });
  expect(messages["Block"]?.fields?.["attributes"]).toEqual({ rule: "repeated", type: "Attribute", id: 2 });
});

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { constructPaths, destructible, withLocalState } from "../../../lib/testing/offline/runner/configuration";
import { describe as said, diagnosticsIn } from "../../../lib/testing/offline/runner/diagnostics";
import { needsOf } from "../../../lib/testing/offline/runner/needs";
import { counts, isEmpty, listed, readPlan } from "../../../lib/testing/offline/runner/plan";
import { withRemoteStates } from "../../../lib/testing/offline/runner/remote-states";
import { Workspace } from "../../../lib/testing/offline/runner/workspace";

describe("what a stack needs", () => {
  test("is each provider with the types that are used of it", () => {
    const stack = {
      terraform: {
        required_providers: {
          aws: { source: "aws" },
          beta: { source: "hashicorp/google-beta" },
          dog: { source: "DataDog/datadog" },
        },
      },
      provider: { aws: [{ alias: "us" }], azurerm: [{}] },
      resource: {
        aws_s3_bucket: { one: { provider: "aws.us" }, two: {} },
        google_storage_bucket: { hub: { provider: "beta" } },
        terraform_data: { clock: {} },
      },
      data: { aws_region: { here: {} }, terraform_remote_state: { other: {} } },
      check: { health: { data: { http: { page: {} } } } },
    };
    expect(needsOf(stack)).toEqual({
      providers: [
        { source: "hashicorp/aws", provider: "aws", resources: ["aws_s3_bucket"], dataSources: ["aws_region"] },
        {
          source: "hashicorp/google-beta",
          provider: "google-beta",
          resources: ["google_storage_bucket"],
          dataSources: [],
        },
        { source: "DataDog/datadog", provider: "datadog", resources: [], dataSources: [] },
        { source: "hashicorp/azurerm", provider: "azurerm", resources: [], dataSources: [] },
        { source: "hashicorp/http", provider: "http", resources: [], dataSources: ["http"] },
      ],
      modules: false,
    });
  });

  test("is everything where modules hide what they use", () => {
    expect(needsOf({ module: { vpc: { source: "./vpc" } } })).toEqual({ providers: [], modules: true });
  });
});

describe("a stack's configuration", () => {
  test("loses its backend", () => {
    const stack = { terraform: { backend: { s3: {} }, cloud: {}, required_providers: {} }, resource: {} };
    expect(withLocalState(stack)).toEqual({ terraform: { required_providers: {} }, resource: {} });
  });

  test("loses what keeps it from being destroyed, and nothing else of its lifecycle", () => {
    const stack = {
      resource: {
        aws_s3_bucket: {
          kept: { lifecycle: { prevent_destroy: true, ignore_changes: ["tags"] } },
          free: { bucket: "x" },
        },
      },
    };
    expect(destructible(stack)).toEqual({
      resource: { aws_s3_bucket: { kept: { lifecycle: { ignore_changes: ["tags"] } }, free: { bucket: "x" } } },
    });
    expect(destructible({})).toEqual({});
  });

  test("says which construct stands behind an address", () => {
    const block = (at: string): object => ({ "//": { metadata: { path: at } } });
    const stack = {
      resource: { aws_s3_bucket: { pos: block("lake/pos/Resource"), raw: {} } },
      data: { aws_region: { here: block("lake/here") } },
    };
    expect([...constructPaths(stack)]).toEqual([
      ["aws_s3_bucket.pos", "lake/pos/Resource"],
      ["data.aws_region.here", "lake/here"],
    ]);
  });
});

describe("diagnostics", () => {
  const error = { severity: "error", summary: "No", detail: "that\n  will not do", address: "aws_s3_bucket.x" };

  test("of a command that prints events come once each, in one line, in order", () => {
    const event = (diagnostic: object): string => JSON.stringify({ type: "diagnostic", diagnostic });
    const other = { severity: "warning", summary: "Hm", snippet: { context: "resource.aws_sqs_queue.q" } };
    const out = [event(error), "no JSON", '{"type":"version"}', event(other), event(error)].join("\n");
    expect(diagnosticsIn(out).map(said)).toEqual(["Hm [aws_sqs_queue.q]", "No [aws_s3_bucket.x]: that will not do"]);
  });

  test("of validate come from one document", () => {
    expect(diagnosticsIn(JSON.stringify({ valid: false, diagnostics: [error] })).map(said)).toEqual([
      "No [aws_s3_bucket.x]: that will not do",
    ]);
  });

  test("are none where nothing is said", () => {
    expect(diagnosticsIn("")).toEqual([]);
  });
});

describe("a plan", () => {
  const change = (address: string, actions: readonly string[], more: object = {}): object => ({
    address,
    mode: "managed",
    change: { actions },
    ...more,
  });

  const plan = readPlan(
    {
      resource_changes: [
        change("aws_z.updated", ["update"]),
        change("aws_a.replaced", ["delete", "create"]),
        change("aws_b.new", ["create"]),
        change("aws_c.gone", ["delete"]),
        change("aws_d.same", ["no-op"]),
        change("aws_e.moved", ["no-op"], { previous_address: "aws_e.old" }),
        change("aws_f.forgotten", ["forget"]),
        change("data.aws_g.read", ["read"]),
        { address: "aws_h.imported", change: { actions: ["no-op"], importing: { id: "h" } } },
        change("terraform_data.unknown_until_apply", ["create"]),
      ],
      output_changes: { arn: { actions: ["create"] }, same: { actions: ["no-op"] } },
    },
    "terraform_data.unknown_until_apply",
  );

  test("counts as Terraform does", () => {
    expect(counts(plan)).toBe("2 to add, 1 to change, 2 to destroy");
  });

  test("lists what changes, with Terraform's signs", () => {
    expect(listed(plan)).toBe(
      [
        "  -/+ aws_a.replaced",
        "  + aws_b.new",
        "  - aws_c.gone",
        "  -> aws_e.moved (was aws_e.old)",
        "  . aws_f.forgotten",
        "  <+ aws_h.imported",
        "  ~ aws_z.updated",
        "  <= data.aws_g.read",
        "  + output arn",
      ].join("\n"),
    );
    expect(listed(plan, 2)).toBe("  -/+ aws_a.replaced\n  + aws_b.new\n  and 7 more");
  });

  test("is empty where nothing but reading is to be done", () => {
    expect(isEmpty(plan)).toBe(false);
    expect(isEmpty(readPlan({}))).toBe(true);
    expect(isEmpty(readPlan({ resource_changes: [change("data.aws_g.read", ["read"])] }))).toBe(true);
    expect(isEmpty(readPlan({ output_changes: { arn: { actions: ["update"] } } }))).toBe(false);
  });
});

describe("folders", () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "runner-"));

  afterAll(() => {
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  function write(file: string, content: string): void {
    fs.mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
    fs.writeFileSync(path.join(scratch, file), content);
  }

  test("a workspace is a copy without what other runs left, and goes when it is closed", () => {
    write("stack/cdk.tf.json", "{}");
    write("stack/assets/zip/HASH/archive.zip", "zip");
    write("stack/.terraform/modules/modules.json", "old");
    write("stack/.terraform.lock.hcl", "old");
    write("stack/plan", "old");
    write("stack/terraform.lake.tfstate", "old");
    const workspace = new Workspace();
    workspace.write(path.join(scratch, "stack"), { resource: {} }, { "names.tftest.hcl": "run" });
    expect(fs.readdirSync(workspace.folder).sort()).toEqual(["assets", "cdk.tf.json", "names.tftest.hcl"]);
    expect(fs.readFileSync(path.join(workspace.folder, "cdk.tf.json"), "utf8")).toBe('{\n "resource": {}\n}');
    workspace.close();
    expect(fs.existsSync(workspace.folder)).toBe(false);
  });

  test("another stack's state holds values of the types that it exports, and text where nobody knows", () => {
    write(
      "stacks/network/cdk.tf.json",
      JSON.stringify({
        output: {
          "cross-stack-output-aws_vpcmainarn": { value: "${aws_vpc.main.arn}" },
          "cross-stack-output-aws_subnetids": { value: "${data.aws_subnets.all.ids}" },
          "cross-stack-output-aws_eks_clusterdata": { value: "${aws_eks_cluster.main.certificate_authority[0].data}" },
          "cross-stack-output-made": { value: '${join("-", [aws_vpc.main.id])}' },
        },
      }),
    );
    const reference = "data.terraform_remote_state.cross-stack-reference-input-network.outputs";
    const stack = {
      data: {
        aws_region: { here: {} },
        terraform_remote_state: {
          "cross-stack-reference-input-network": { backend: "s3", config: { bucket: "states" }, workspace: "w" },
          foreign: { backend: "gcs" },
        },
      },
      resource: {
        aws_sqs_queue: {
          q: {
            name: `\${${reference}.cross-stack-output-aws_vpcmainarn}`,
            tags: {
              ids: `\${join("", ${reference}["cross-stack-output-aws_subnetids"])}`,
              data: `\${${reference}.cross-stack-output-aws_eks_clusterdata}`,
              made: `\${${reference}.cross-stack-output-made} \${data.terraform_remote_state.foreign.outputs.x}`,
            },
          },
        },
      },
    };
    const { stack: rewritten, files } = withRemoteStates(stack, path.join(scratch, "stacks", "lake"), __dirname);
    expect(rewritten["data"]).toEqual({
      aws_region: { here: {} },
      terraform_remote_state: {
        "cross-stack-reference-input-network": {
          backend: "local",
          config: { path: "cross-stack-reference-input-network.tfstate" },
        },
        foreign: { backend: "local", config: { path: "foreign.tfstate" } },
      },
    });
    const outputs = (name: string): unknown =>
      (JSON.parse(files[name] ?? "{}") as { readonly outputs?: unknown }).outputs;
    expect(outputs("cross-stack-reference-input-network.tfstate")).toEqual({
      "cross-stack-output-aws_vpcmainarn": { type: "string", value: expect.stringMatching(/^arn:aws:/) as string },
      "cross-stack-output-aws_subnetids": { type: ["list", "string"], value: [expect.any(String)] },
      "cross-stack-output-aws_eks_clusterdata": { type: "string", value: expect.any(String) as string },
      "cross-stack-output-made": { type: "string", value: expect.any(String) as string },
    });
    expect(outputs("foreign.tfstate")).toEqual({ x: { type: "string", value: expect.any(String) as string } });
  });

  test("a stack that reads no other's state stays as it is", () => {
    const stack = { resource: {} };
    expect(withRemoteStates(stack, scratch, __dirname)).toEqual({ stack, files: {} });
  });
});

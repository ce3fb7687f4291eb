import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack } from "cdktf";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { OfflineOptions, OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { filesOf, synthApp } from "../../../lib/testing/synth";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

const PROGRAM = "CLOUD_CONDUCTOR_STAND_INS";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "failures-"));
const before = { ...process.env };
const { folder } = filesOf(
  smallStack((stack) => {
    new SqsQueue(stack, "queue", { name: "q" });
  }),
);

afterEach(() => {
  process.env = { ...before };
});

afterAll(() => {
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** A runner that shares no process with the tests before. */
function opened(options: OfflineOptions = {}, of = folder): Promise<OfflineTerraform> {
  jest.resetModules();
  const fresh = jest.requireActual<{ readonly OfflineTerraform: typeof OfflineTerraform }>(
    "../../../lib/testing/offline/runner/offline-terraform",
  );
  return fresh.OfflineTerraform.openFolder(of, options);
}

function openedWith(program: string): Promise<OfflineTerraform> {
  const file = path.join(scratch, "stand-ins.cjs");
  fs.writeFileSync(file, program);
  process.env[PROGRAM] = file;
  return opened();
}

async function planWith(program: string): Promise<unknown> {
  const terraform = await openedWith(program);
  try {
    return await terraform.plan();
  } finally {
    terraform.close();
  }
}

/** A program of the stand-ins that does `deed` with the connections on its port. */
const onConnection = (deed: string, afterwards = ""): string => `
  process.on("disconnect", () => process.exit());
  process.on("message", ({ id, providers }) => {
    const server = require("node:net").createServer((socket) => { socket.on("error", () => {}); ${deed} });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      ${afterwards}
      process.send({ id, ports: { [providers[0].source]: port } });
    });
  });`;

describeWithTerraform("a run that breaks off", () => {
  test("a process that dies under Terraform is named, with its last words", async () => {
    await expect(planWith(onConnection('console.error("out of memory"); process.exit(7);'))).rejects.toThrow(
      "terraform plan of small broke off: the process of the stand-ins ended with 7: out of memory",
    );
  });

  test("a process that dies under a rehearsal is named", async () => {
    const terraform = await openedWith(onConnection("process.exit(7);"));
    await expect(terraform.rehearse()).rejects.toThrow(
      "terraform apply of small broke off: the process of the stand-ins ended with 7",
    );
    terraform.close();
  });

  test("a process that dies before it serves is named", async () => {
    await expect(planWith('console.error("no such module"); process.exit(1);')).rejects.toThrow(
      "The process of the stand-ins ended with 1: no such module",
    );
  });

  test("a port that closes is named", async () => {
    await expect(planWith(onConnection("", "server.close();"))).rejects.toThrow(
      "terraform plan of small broke off: the process of the stand-ins was ended by SIGKILL, as Terraform ends one whose port no longer answers",
    );
  });

  test("an answer that is not of the protocol is an error of Terraform's", async () => {
    await expect(planWith(onConnection('socket.end("HTTP/1.1 400 Bad Request\\r\\n\\r\\n");'))).rejects.toThrow(
      /^terraform plan of small failed:\n {2}Failed to load plugin schemas: .*Plugin did not respond: The plugin encountered an error/,
    );
  });

  test("a malformed reply is an error of Terraform's", async () => {
    const program = `
    const grpc = require(${JSON.stringify(require.resolve("@grpc/grpc-js"))});
    const bytes = (value) => value;
    const call = { path: "/tfplugin6.Provider/GetProviderSchema", requestStream: false, responseStream: false,
      requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes };
    process.on("disconnect", () => process.exit());
    process.on("message", ({ id, providers }) => {
      const server = new grpc.Server();
      server.addService({ GetProviderSchema: call }, { GetProviderSchema: (_, reply) => reply(null, Buffer.from([0xff, 0xff, 0xff])) });
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_, port) =>
        process.send({ id, ports: { [providers[0].source]: port } }));
    });`;
    await expect(planWith(program)).rejects.toThrow(
      /^terraform plan of small failed:\n {2}Failed to load plugin schemas: .*failed to unmarshal the received message/,
    );
  });

  test("a program that is not there is named", async () => {
    process.env[PROGRAM] = path.join(scratch, "nowhere.js");
    await expect(opened()).rejects.toThrow(
      `the program of the stand-ins is not at ${path.join(scratch, "nowhere.js")}`,
    );
  });

  test("a process that was killed is replaced by the next stack", async () => {
    const terraform = await opened();
    await terraform.plan();
    const { env } = (terraform as unknown as { lane: { env: Record<string, string> } }).lane;
    const { "hashicorp/aws": aws } = JSON.parse(env["TF_REATTACH_PROVIDERS"] ?? "{}") as Record<
      string,
      { Pid: number }
    >;
    process.kill(aws?.Pid ?? 0, "SIGKILL");
    await expect(terraform.plan()).rejects.toThrow(
      "terraform plan of small broke off: the process of the stand-ins was ended by SIGKILL, as Terraform ends one whose port no longer answers",
    );
    terraform.close();
  });

  test("bindings that are not installed are named", async () => {
    const app = synthApp((root) => {
      new TerraformStack(root, "other").addOverride("resource.hashicups_order.one", {});
    });
    const other = filesOf(app.stack("other"));
    await expect(opened({ project: scratch }, other.folder)).rejects.toThrow(
      `provider hashicups has no bindings to stand in for it: neither @cdktf/provider-hashicups nor @cdktn/provider-hashicups is installed where ${scratch} finds packages`,
    );
  });
});

test("a Terraform that takes too long is ended and named", async () => {
  const slow = path.join(scratch, "slow");
  fs.writeFileSync(slow, "#!/bin/sh\nexec sleep 30\n", { mode: 0o755 });
  process.env["TERRAFORM_BINARY_NAME"] = slow;
  const terraform = await opened({ timeoutSeconds: 1 });
  await expect(terraform.validate()).rejects.toThrow("slow validate -json did not end within 1 seconds");
  terraform.close();
});

test("a Terraform that is not there is named, and where to get one", async () => {
  process.env["TERRAFORM_BINARY_NAME"] = "/nowhere/terraform";
  await expect(opened()).rejects.toThrow(
    "$TERRAFORM_BINARY_NAME names /nowhere/terraform, which is not there; get one: https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install",
  );
  delete process.env["TERRAFORM_BINARY_NAME"];
  process.env["PATH"] = scratch;
  await expect(opened()).rejects.toThrow(
    "neither terraform nor tofu is on PATH; get one: https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install",
  );
});

test("a program that is no Terraform never passes for one", async () => {
  const other = path.join(scratch, "other");
  fs.writeFileSync(other, "#!/bin/sh\necho I am no Terraform\n", { mode: 0o755 });
  process.env["TERRAFORM_BINARY_NAME"] = other;
  const terraform = await opened();
  await expect(terraform.validate()).rejects.toThrow(
    "other validate of small failed:\n  it ended with 0: I am no Terraform",
  );
  await expect(terraform.plan()).rejects.toThrow("other show of small failed:\n  it ended with 0: I am no Terraform");
  terraform.close();
});

test("a binary that cannot be run is named", async () => {
  const broken = path.join(scratch, "broken");
  fs.writeFileSync(broken, "#!/nowhere/sh\n", { mode: 0o755 });
  process.env["TERRAFORM_BINARY_NAME"] = broken;
  const terraform = await opened();
  await expect(terraform.validate()).rejects.toThrow(`cannot run ${broken}: spawn ${broken} ENOENT`);
  terraform.close();
});

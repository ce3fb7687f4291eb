import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type net from "node:net";
import path from "node:path";
import { buildSync } from "esbuild";
import { freePort } from "../../../scripts/local/ports";
import { FakeMachine } from "./fake-machine";

/** The command as users run it: a process of its own, with its signals and its exit code. */
let machine: FakeMachine;
let aws: http.Server;

beforeEach(async () => {
  machine = new FakeMachine();
  machine.terraform();
  machine.python({});
  aws = http.createServer((_, response) => response.end("{}"));
  await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
  const { port } = aws.address() as net.AddressInfo;
  machine.variables["CLOUD_CONDUCTOR_AWS_ENDPOINT"] = `http://127.0.0.1:${port}`;
  machine.variables["CLOUD_CONDUCTOR_SAGEMAKER_PORT"] = String(await freePort());
});

afterEach(async () => {
  await new Promise((resolve) => aws.close(resolve));
  machine.remove();
});

const PROJECT = path.join(__dirname, "../../..");

function start(command: string): ChildProcess {
  // beside node_modules, where the bundle finds its packages
  const outfile = path.join(PROJECT, "dist", "scripts", `local-main-test-${process.pid}.cjs`);
  const entryPoints = [path.join(PROJECT, "scripts", "local", "main.ts")];
  buildSync({ entryPoints, outfile, bundle: true, packages: "external", platform: "node", format: "cjs" });
  const options = { cwd: machine.root, env: machine.variables };
  const child = spawn(process.execPath, [outfile, command], options);
  child.once("exit", () => {
    fs.rmSync(outfile, { force: true });
  });
  return child;
}

interface End {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(child: ChildProcess): Promise<End> {
  const end = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (end.stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (end.stderr += String(chunk)));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ ...end, code }));
  });
}

async function appears(file: string): Promise<void> {
  for (let turn = 0; turn < 400 && !fs.existsSync(file); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.each([
  { signal: "SIGINT", code: 130 },
  { signal: "SIGTERM", code: 143 },
] as const)("$signal during the deploy stops everything, exit code $code", async ({ signal, code }) => {
  const deploying = path.join(machine.root, "deploying");
  machine.cdktf(
    `require("node:fs").writeFileSync(${JSON.stringify(deploying)}, ""); setInterval(() => undefined, 1000);`,
  );
  const child = start("up");
  const end = ended(child);
  await appears(deploying);
  child.kill(signal);
  const { code: exitCode, stdout, stderr } = await end;
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: "" });
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
    new RegExp(`^ +\\d+\\.\\d s {2}interrupted by ${signal}, everything that was started is stopped$`),
  );
  expect(fs.existsSync(path.join(machine.root, ".local-cloud", "moto.json"))).toBe(false);
});

test("a failure is one line on the standard error, exit code 1", async () => {
  fs.rmSync(path.join(machine.bin, "terraform"));
  const { code, stderr } = await ended(start("up"));
  expect(code).toBe(1);
  expect(stderr).toBe(
    `terraform must answer \`version -json\` with a version of Terraform, got no such program in PATH ${machine.bin}. ` +
      "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.\n",
  );
});

test("an unknown command is refused, exit code 2", async () => {
  const { code, stderr } = await ended(start("sideways"));
  expect(code).toBe(2);
  expect(stderr).toBe('the command must be up or down, got "sideways"\n');
});

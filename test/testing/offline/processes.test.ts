import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { buildSync } from "esbuild";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { filesOf } from "../../../lib/testing/synth";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

const ROOT = path.resolve(__dirname, "..", "..", "..");
/** Beside node_modules, so that packages are found. */
const SCRATCH = path.join(ROOT, "dist", "scripts", `processes-${String(process.pid)}`);

const { folder } = filesOf(
  smallStack((stack) => {
    new SqsQueue(stack, "queue", { name: "q" });
    stack.addOverride("resource.terraform_data.slow", { provisioner: [{ "local-exec": { command: "sleep 60" } }] });
  }),
);

/**
 * What a user's own script would do: `plan` prints the counts, `apply` and `rehearse` stay in a provisioner for a minute, `deploy` in
 * a cdktf that does nothing else.
 */
const USER = `
  import { OfflineTerraform } from "${path.join(ROOT, "lib/testing/offline/runner/offline-terraform")}";
  import { deployOffline } from "${path.join(ROOT, "scripts/offline/deploy")}";
  const [command, folder] = process.argv.slice(2);
  const nothing = () => undefined;
  void (async () => {
    if (command === "deploy") await deployOffline({ root: folder, work: folder, globs: ["*"], progress: nothing, print: nothing });
    const terraform = await OfflineTerraform.openFolder(folder, { project: "${ROOT}" });
    console.log(terraform.folder);
    if (command === "plan") console.log((await terraform.plan()).add);
    else if (command === "apply") await terraform.apply();
    else await terraform.rehearse();
    terraform.close();
  })();`;

beforeAll(() => {
  buildSync({
    stdin: { contents: USER, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    packages: "external",
    platform: "node",
    outfile: path.join(SCRATCH, "user.cjs"),
    logLevel: "error",
  });
});

afterAll(() => {
  fs.rmSync(SCRATCH, { recursive: true, force: true });
});

/** A project with a synthesised app and with a cdktf that waits for a command of its own. */
function deployed(): string {
  const project = path.join(SCRATCH, "project");
  const stack = path.join(project, "cdktf.out", "stacks", "small");
  fs.cpSync(folder, stack, { recursive: true });
  const manifest = { stacks: { small: { workingDirectory: "stacks/small" } } };
  fs.writeFileSync(path.join(project, "cdktf.out", "manifest.json"), JSON.stringify(manifest));
  fs.mkdirSync(path.join(project, "node_modules", ".bin"), { recursive: true });
  const waiting = "#!/bin/sh\nsh -c 'sleep 60; true'\ntrue\n";
  fs.writeFileSync(path.join(project, "node_modules", ".bin", "cdktf"), waiting, { mode: 0o755 });
  return project;
}

interface User {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

function user(command: "plan" | "apply" | "rehearse" | "deploy"): User {
  const where = command === "deploy" ? deployed() : folder;
  const child = spawn(process.execPath, [path.join(SCRATCH, "user.cjs"), command, where], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(...chunk.toString("utf8").trim().split("\n")));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on("close", (code, signal) => {
      resolve(signal ?? code);
    });
  });
  return { child, lines, ended };
}

/** Everything that a process has started, and what that has started. */
function descendants(pid: number): readonly number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    all.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(
      fs.existsSync(`/proc/${String(pid)}/status`) ? fs.readFileSync(`/proc/${String(pid)}/status`, "utf8") : "",
    );
  } catch {
    return false;
  }
}

/** @throws Error when it does not come true in a minute */
async function eventually(what: string, test: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !test();) {
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describeWithTerraform("what runs Terraform", () => {
  test("two workers at once do not see each other", async () => {
    const users = [user("plan"), user("plan")];
    await expect(Promise.all(users.map(({ ended }) => ended))).resolves.toEqual([0, 0]);
    expect(users.map(({ lines }) => lines[1])).toEqual(["2", "2"]);
    expect(new Set(users.map(({ lines }) => lines[0])).size).toBe(2);
    expect(users.map(({ lines }) => fs.existsSync(lines[0] ?? ""))).toEqual([false, false]);
  });

  test.each([
    ["apply", "SIGINT"],
    ["rehearse", "SIGTERM"],
    ["deploy", "SIGTERM"],
  ] as const)("%s, ended by %s, leaves no process and no folder behind", async (command, signal) => {
    const { child, lines, ended } = user(command);
    const pid = child.pid ?? 0;
    // the stand-ins, Terraform or cdktf, its shell and the sleep in it
    await eventually("somebody sleeps", () => descendants(pid).length >= 4);
    const started = descendants(pid);
    child.kill(signal);
    await expect(ended).resolves.toBe(signal);
    await eventually("all have ended", () => !started.some(alive));
    expect(lines.filter((line) => fs.existsSync(line))).toEqual([]);
  });

  test("the stand-ins end with a process that is killed", async () => {
    const { child, ended, lines } = user("apply");
    const pid = child.pid ?? 0;
    await eventually("a provisioner runs", () => descendants(pid).length >= 4);
    const standIns = descendants(pid).filter((one) => commandOf(one).includes("stand-ins"));
    const rest = descendants(pid).filter((one) => !standIns.includes(one));
    child.kill("SIGKILL");
    await expect(ended).resolves.toBe("SIGKILL");
    await eventually("the stand-ins have ended", () => standIns.length === 1 && !standIns.some(alive));
    for (const one of rest.filter(alive)) process.kill(one, "SIGKILL");
    fs.rmSync(lines[0] ?? "", { recursive: true, force: true });
  });

  function commandOf(pid: number): string {
    return spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).stdout;
  }
});

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

/** What a user's own script would do: `plan` prints the counts, `apply` stays in a provisioner for a minute. */
const USER = `
  import { OfflineTerraform } from "${path.join(ROOT, "lib/testing/offline/runner/offline-terraform")}";
  const [command, folder] = process.argv.slice(2);
  void (async () => {
    const terraform = await OfflineTerraform.openFolder(folder, { project: "${ROOT}" });
    console.log(terraform.folder);
    if (command === "plan") console.log((await terraform.plan()).add);
    else await terraform.apply();
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

interface User {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

function user(command: "plan" | "apply"): User {
  const child = spawn(process.execPath, [path.join(SCRATCH, "user.cjs"), command, folder], {
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

  test.each(["SIGINT", "SIGTERM"] as const)("%s leaves no process and no folder behind", async (signal) => {
    const { child, lines, ended } = user("apply");
    const pid = child.pid ?? 0;
    // the stand-ins, Terraform, its shell and the sleep in it
    await eventually("a provisioner runs", () => descendants(pid).length >= 4);
    const started = descendants(pid);
    child.kill(signal);
    await expect(ended).resolves.toBe(signal);
    await eventually("all have ended", () => !started.some(alive));
    expect(fs.existsSync(lines[0] ?? "")).toBe(false);
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

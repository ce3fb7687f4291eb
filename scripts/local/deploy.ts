import fs from "node:fs";
import path from "node:path";
import { lastLines, LocalCloudError } from "./failure";
import { described, runCommand, type CommandOutcome } from "./run-command";
import { VARIABLES, type LocalCloudSettings } from "./settings";
import { deployedStacks, LOCAL_STACKS, type DeployedStack, type Workbench } from "./stacks";

/** Most of an apply waits for the provider's fixed pauses; more of them side by side is all that makes it shorter. */
const RESOURCES_AT_ONCE = "40";
const PROGRESS_EVERY_MS = 5_000;

/**
 * Deploys the local stacks with cdktf, the real Terraform and the real provider. The whole output goes to `deploy.log`.
 *
 * @throws LocalCloudError when it fails or takes too long
 */
export async function deploy(bench: Workbench): Promise<readonly DeployedStack[]> {
  const { settings, environment, run } = bench;
  const log = path.join(settings.folder, "deploy.log");
  run.progress(`cdktf deploy '${LOCAL_STACKS}', its output is ${path.relative(settings.root, log)}`);
  const watch = new Watch(log, run.progress);
  try {
    const outcome = await runCommand(path.join(settings.root, "node_modules", ".bin", "cdktf"), command(settings), {
      cwd: settings.root,
      environment,
      timeoutMs: settings.patience.deployMs,
      signal: run.abort.signal,
      onLine: watch.read,
    });
    assertDeployed(outcome, bench, log);
  } finally {
    watch.end();
  }
  return deployedStacks(bench);
}

const command = ({ synthesised }: LocalCloudSettings): readonly string[] => [
  ...["deploy", LOCAL_STACKS, "--auto-approve", "--skip-provider-lock", "--no-color"],
  ...["--terraform-parallelism", RESOURCES_AT_ONCE, "--output", synthesised],
];

function assertDeployed(outcome: CommandOutcome, { environment }: Workbench, log: string): void {
  if (outcome.kind === "exit" && outcome.code === 0) return;
  const where = `cdktf deploy '${LOCAL_STACKS}'`;
  if (outcome.kind === "timeout") {
    throw new LocalCloudError({
      where,
      rule: `end within ${outcome.timeoutMs / 1000} s`,
      value: `${lastLines(outcome.output, 1)} last`,
      remedy: `Read ${log}; ${VARIABLES.deploySeconds} gives it more time.`,
    });
  }
  if (outcome.kind === "exit" && PROVIDER_MISSING.test(outcome.output)) {
    throw new LocalCloudError({
      where: "terraform init",
      rule: "find the provider hashicorp/aws",
      value: errorIn(outcome.output) ?? "an error",
      remedy: "Let it reach registry.terraform.io, or name a configuration with a mirror in TF_CLI_CONFIG_FILE.",
    });
  }
  const value = outcome.kind === "exit" ? errorIn(outcome.output) : undefined;
  throw new LocalCloudError({
    where,
    rule: "succeed",
    value: value ?? described(outcome, environment),
    remedy: outcome.kind === "missing" ? "Run npm ci." : `Read ${log}.`,
  });
}

/** How `terraform init` fails where a provider cannot be had. */
const PROVIDER_MISSING = /Error: (Failed to query available provider packages|Failed to install provider)/;

/** Characters of an error that are shown; the rest stands in the log. */
const ERROR_LIMIT = 600;

/** The first error of an output in one line, without the name of the stack before each line and without a stack trace. */
function errorIn(output: string): string | undefined {
  const start = output.search(/\S*Error: /);
  if (start === -1) return undefined;
  const lines = output
    .slice(start)
    .split("\n")
    .map((line) => line.replace(/^[\w-]+-local\s+/, "").trim());
  const end = lines.findIndex((line, index) => index > 0 && /^(at |on .* line \d+|\d+ Stacks? )/.test(line));
  const text = lines.slice(0, end === -1 ? lines.length : end).join(" ");
  return JSON.stringify(text.replace(/\s+/g, " ").trim().slice(0, ERROR_LIMIT));
}

/** Keeps the output in a file and says, every few seconds, how many resources of each stack there are. */
class Watch {
  private readonly file: fs.WriteStream;
  private readonly timer: NodeJS.Timeout;
  private stack = "";
  private readonly planned = new Map<string, number>();
  private readonly created = new Map<string, number>();
  private reported = "";

  public constructor(
    log: string,
    private readonly progress: (text: string) => void,
  ) {
    this.file = fs.createWriteStream(log);
    this.timer = setInterval(() => {
      this.report();
    }, PROGRESS_EVERY_MS);
  }

  public readonly read = (line: string): void => {
    this.file.write(`${line}\n`);
    this.stack = /^([\w-]+-local)\s/.exec(line)?.[1] ?? this.stack;
    const plan = /Plan: (\d+) to add/.exec(line);
    if (plan !== null) this.planned.set(this.stack, Number(plan[1]));
    if (!line.includes(": Creation complete after ")) return;
    this.created.set(this.stack, (this.created.get(this.stack) ?? 0) + 1);
  };

  public end(): void {
    clearInterval(this.timer);
    this.report();
    this.file.end();
  }

  private report(): void {
    const growing = [...this.planned].filter(([, count]) => count > 0);
    const stacks = growing.map(([name, count]) => `${name} ${this.created.get(name) ?? 0} of ${count}`);
    const text = stacks.join(", ");
    if (text !== this.reported) this.progress(`resources created: ${text}`);
    this.reported = text;
  }
}

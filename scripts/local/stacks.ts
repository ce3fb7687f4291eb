import fs from "node:fs";
import path from "node:path";
import { cloudEnvironment, type CloudAddress } from "./address";
import type { Run } from "./context";
import { LocalCloudError } from "./failure";
import { described, runCommand, type CommandOutcome } from "./run-command";
import type { LocalCloudSettings } from "./settings";

/** The stacks of the local environment, as cdktf selects them. */
export const LOCAL_STACKS = "*-local";

/** A stack that stands in the local cloud. */
export interface DeployedStack {
  readonly name: string;
  /** Its synthesised folder, where Terraform runs. */
  readonly folder: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What Terraform needs to work on the stacks of a cloud. */
export interface Workbench {
  readonly settings: LocalCloudSettings;
  readonly environment: NodeJS.ProcessEnv;
  readonly run: Run;
}

export function workbench(
  settings: LocalCloudSettings,
  address: CloudAddress,
  terraformConfiguration: string | undefined,
  run: Run,
): Workbench {
  return { settings, environment: cloudEnvironment(settings, address, terraformConfiguration), run };
}

/** Runs terraform in the folder of a stack. */
export function terraformIn(
  folder: string,
  args: readonly string[],
  timeoutMs: number,
  { settings, environment, run }: Workbench,
  onLine?: (line: string) => void,
): Promise<CommandOutcome> {
  const options = { cwd: folder, environment, timeoutMs, signal: run.abort.signal, onLine };
  return runCommand(settings.terraform, args, options);
}

/** What cdktf synthesised last, in its order: the folder of each local stack and the stacks that it leans on. */
export function synthesisedStacks({ synthesised }: LocalCloudSettings): readonly SynthesisedStack[] {
  const file = path.join(synthesised, "manifest.json");
  if (!fs.existsSync(file)) return [];
  const { stacks } = JSON.parse(fs.readFileSync(file, "utf8")) as Manifest;
  return Object.values(stacks)
    .filter(({ name }) => name.endsWith(LOCAL_STACKS.slice(1)))
    .map(({ name, workingDirectory, dependencies }) => {
      return { name, folder: path.join(synthesised, workingDirectory), dependencies };
    });
}

export interface SynthesisedStack {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly workingDirectory: string; readonly dependencies: readonly string[] }
    >
  >;
}

/** The outputs of every local stack. @throws LocalCloudError when Terraform cannot say them */
export async function deployedStacks(bench: Workbench): Promise<readonly DeployedStack[]> {
  return Promise.all(
    synthesisedStacks(bench.settings).map(async ({ name, folder }) => {
      const outcome = await terraformIn(folder, ["output", "-json"], bench.settings.patience.questionMs, bench);
      if (outcome.kind === "exit" && outcome.code === 0) return { name, folder, outputs: outputsIn(outcome.stdout) };
      throw new LocalCloudError({
        where: `terraform output in ${folder}`,
        rule: "print the outputs of the stack",
        value: described(outcome, bench.environment),
        remedy: "Run npm run local:down, then npm run local again.",
      });
    }),
  );
}

/** An output of a stack. @throws LocalCloudError when the stack has none of that name */
export function output({ name, outputs }: DeployedStack, key: string): string {
  const value = outputs[key];
  if (value !== undefined) return value;
  throw new LocalCloudError({
    where: `stack ${name}`,
    rule: `have the output ${key}`,
    value: `the outputs ${Object.keys(outputs).join(", ")}`,
    remedy: "Add it where the stack declares its outputs, in stacks/.",
  });
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const outputs = JSON.parse(text) as Readonly<Record<string, { readonly value: unknown }>>;
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, String(value)]));
}

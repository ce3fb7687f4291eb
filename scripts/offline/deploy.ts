import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findTerraform, missingTerraform } from "../../lib/testing/offline/runner/binary";
import { undoneAtExit } from "../../lib/testing/offline/runner/cleanup";
import { run } from "../../lib/testing/offline/runner/command";
import { diagnosticsIn, describe } from "../../lib/testing/offline/runner/diagnostics";
import { OfflineTerraformError } from "../../lib/testing/offline/runner/failure";
import { needsOf, type StackJson } from "../../lib/testing/offline/runner/needs";
import { counts, isEmpty, listed, readPlan } from "../../lib/testing/offline/runner/plan";
import { standInsFor, type StandIns } from "../../lib/testing/offline/runner/stand-ins";
import type { ProviderNeed } from "../../lib/testing/offline/protocol/messages";
import { UsageError } from "./failure";
import type { Progress } from "./progress";
import { stacksIn, synthesise, type StackFolder } from "./synthesise";
import { keepStatesIn, stateFile } from "./temporary-state";

export const DEPLOY_USAGE = `npm run deploy:offline -- '<glob>'…
  cdktf deploy of stacks with stand-ins of their providers into a temporary state, then a second plan of each.`;

const OUTDIR = "cdktf.out";

/** The whole of a deploy. */
const DEPLOY_SECONDS = 900;
const PLAN_SECONDS = 300;

/** `npm run deploy:offline`. @returns the exit code */
export async function deploy(args: readonly string[], progress: Progress): Promise<number> {
  if (args.length === 0 || args.some((arg) => arg.startsWith("-")))
    throw new UsageError(`which stacks?\n${DEPLOY_USAGE}`);
  const binary = findTerraform();
  if (binary === undefined) throw new OfflineTerraformError(missingTerraform());
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-deploy-"));
  const remove = undoneAtExit(() => {
    fs.rmSync(work, { recursive: true, force: true });
  });
  try {
    progress("synthesising");
    synthesise(path.join(work, OUTDIR));
    return await deployIn(work, binary, args, progress);
  } finally {
    remove();
  }
}

/**
 * Deploys from a folder that holds a synthesised app in `cdktf.out`.
 *
 * @returns the exit code: 0 when every second plan is empty
 */
export async function deployIn(
  work: string,
  binary: string,
  globs: readonly string[],
  progress: Progress,
): Promise<number> {
  const [outdir, states] = [path.join(work, OUTDIR), path.join(work, "states")];
  const stacks = stacksIn(outdir);
  const json = keepStatesIn(states, stacks);
  progress("starting stand-ins of the providers");
  const standIns = await standInsFor(process.cwd(), needsOfAll([...json.values()]));
  try {
    const env = environment(work, binary, standIns);
    progress(`cdktf deploy ${globs.join(" ")}`);
    await cdktfDeploy(globs, outdir, env);
    const deployed = stacks.filter(({ name }) => fs.existsSync(stateFile(states, name)));
    progress(`deployed ${deployed.map(({ name }) => name).join(", ")}; planning again`);
    return await planAgain(deployed, binary, env);
  } finally {
    standIns.close();
  }
}

function environment(work: string, binary: string, { reattach }: StandIns): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^TF_(?!VAR_)|^NODE_OPTIONS$/.test(name));
  const own = { TF_REATTACH_PROVIDERS: reattach, TF_CLI_CONFIG_FILE: os.devNull, TERRAFORM_BINARY_NAME: binary };
  return { ...Object.fromEntries(kept), ...own, CDKTF_HOME: path.join(work, "home"), CHECKPOINT_DISABLE: "1", CI: "1" };
}

/** What all the stacks need, of each provider at once: they share the stand-ins. */
function needsOfAll(stacks: readonly StackJson[]): readonly ProviderNeed[] {
  const needs = new Map<string, ProviderNeed>();
  for (const need of stacks.flatMap((stack) => needsOf(stack).providers)) {
    const known = needs.get(need.source);
    needs.set(need.source, {
      ...need,
      resources: [...new Set([...(known?.resources ?? []), ...need.resources])],
      dataSources: [...new Set([...(known?.dataSources ?? []), ...need.dataSources])],
    });
  }
  return [...needs.values()];
}

/** With its output as it comes. */
async function cdktfDeploy(globs: readonly string[], outdir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const cdktf = path.join("node_modules", ".bin", "cdktf");
  const options = ["--skip-synth", "--auto-approve", "--skip-provider-lock", "--output", outdir];
  const child = spawn(cdktf, ["deploy", ...globs, ...options], {
    env,
    stdio: "inherit",
    timeout: DEPLOY_SECONDS * 1000,
  });
  const release = undoneAtExit(() => child.kill("SIGKILL"));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  release();
  if (code !== 0)
    throw new OfflineTerraformError(`cdktf deploy ended with ${code === null ? "a signal" : String(code)}`);
}

/** Each deployed stack is to be as configured. */
async function planAgain(stacks: readonly StackFolder[], binary: string, env: NodeJS.ProcessEnv): Promise<number> {
  const empty: boolean[] = [];
  for (const { name, folder } of stacks) {
    const terraform = (args: readonly string[]): ReturnType<typeof run> =>
      run({ binary, args, cwd: folder, env, timeoutSeconds: PLAN_SECONDS });
    const planned = await terraform(["plan", "-input=false", "-json", "-out=again"]);
    if (planned.code !== 0)
      throw new OfflineTerraformError(
        `the second plan of ${name} failed:\n${diagnosticsIn(planned.out).map(describe).join("\n")}`,
      );
    const again = readPlan(JSON.parse((await terraform(["show", "-json", "again"])).out) as Record<string, unknown>);
    empty.push(isEmpty(again));
    process.stdout.write(
      `${name}: ${isEmpty(again) ? "no changes" : `${counts(again)} after deploy\n${listed(again)}`}\n`,
    );
  }
  return empty.every((one) => one) ? 0 : 1;
}

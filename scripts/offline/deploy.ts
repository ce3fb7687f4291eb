import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findTerraform, missingTerraform } from "../../lib/testing/offline/runner/binary";
import { undoneAtExit } from "../../lib/testing/offline/runner/cleanup";
import { run, type Outcome } from "../../lib/testing/offline/runner/command";
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

/** A deploy of a synthesised app, which lies in `cdktf.out` below `work`. */
export interface OfflineDeploy {
  /** The repository: cdktf.json and the bindings are there. */
  readonly root: string;
  /** A folder for the app, its states and what cdktf keeps of its own. */
  readonly work: string;
  readonly globs: readonly string[];
  readonly progress: Progress;
  /** Takes what cdktf prints, and the results. */
  readonly print: (text: string) => void;
}

/** `npm run deploy:offline`. @returns the exit code */
export async function deploy(globs: readonly string[], progress: Progress): Promise<number> {
  if (globs.length === 0 || globs.some((glob) => glob.startsWith("-")))
    throw new UsageError(`which stacks?\n${DEPLOY_USAGE}`);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-deploy-"));
  const remove = undoneAtExit(() => {
    fs.rmSync(work, { recursive: true, force: true });
  });
  try {
    progress("synthesising");
    synthesise(path.join(work, OUTDIR));
    const print = (text: string): unknown => process.stdout.write(text);
    return await deployOffline({ root: process.cwd(), work, globs, progress, print });
  } finally {
    remove();
  }
}

/**
 * Deploys with stand-ins of the providers, and plans again what was deployed.
 *
 * @returns the exit code: 0 when every second plan is empty
 * @throws OfflineTerraformError when there is no Terraform, the deploy fails or a plan does
 */
export async function deployOffline(app: OfflineDeploy): Promise<number> {
  const { root, work, globs, progress } = app;
  const binary = findTerraform();
  if (binary === undefined) throw new OfflineTerraformError(missingTerraform());
  const [outdir, states] = [path.join(work, OUTDIR), path.join(work, "states")];
  const stacks = stacksIn(outdir);
  const json = keepStatesIn(states, stacks);
  progress("starting stand-ins of the providers");
  const standIns = await standInsFor(root, needsOfAll([...json.values()]));
  try {
    const env = environment(work, binary, standIns);
    progress(`cdktf deploy ${globs.join(" ")}`);
    await cdktfDeploy(app, outdir, env);
    const deployed = stacks.filter(({ name }) => fs.existsSync(stateFile(states, name)));
    progress(`deployed ${deployed.map(({ name }) => name).join(", ")}; planning again`);
    return await planAgain(deployed, { binary, env, print: app.print });
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

async function cdktfDeploy(
  { root, globs, print }: OfflineDeploy,
  outdir: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const cdktf = path.join(root, "node_modules", ".bin", "cdktf");
  const args = ["deploy", ...globs, "--skip-synth", "--auto-approve", "--skip-provider-lock", "--output", outdir];
  const { code } = await run({ binary: cdktf, args, cwd: root, env, timeoutSeconds: DEPLOY_SECONDS, print });
  if (code !== 0) throw new OfflineTerraformError(`cdktf deploy ended with ${String(code)}`);
}

interface Planning {
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
}

/** Each deployed stack is to be as configured. */
async function planAgain(stacks: readonly StackFolder[], { binary, env, print }: Planning): Promise<number> {
  const empty: boolean[] = [];
  for (const { name, folder } of stacks) {
    const terraform = (args: readonly string[]): Promise<Outcome> =>
      run({ binary, args, cwd: folder, env, timeoutSeconds: PLAN_SECONDS });
    const planned = await terraform(["plan", "-input=false", "-json", "-out=again"]);
    if (planned.code !== 0) {
      const said = diagnosticsIn(planned.out).map((one) => `\n  ${describe(one)}`);
      throw new OfflineTerraformError(`the second plan of ${name} failed:${said.join("")}`);
    }
    const again = readPlan(JSON.parse((await terraform(["show", "-json", "again"])).out) as Record<string, unknown>);
    empty.push(isEmpty(again));
    print(`${name}: ${isEmpty(again) ? "no changes" : `${counts(again)} after deploy\n${listed(again)}`}\n`);
  }
  return empty.every((one) => one) ? 0 : 1;
}

import path from "node:path";
import { parseArgs } from "node:util";
import { findTerraform, missingTerraform } from "../../lib/testing/offline/runner/binary";
import { OfflineTerraform } from "../../lib/testing/offline/runner/offline-terraform";
import { counts, listed, type Plan } from "../../lib/testing/offline/runner/plan";
import { UsageError } from "./failure";
import type { Progress } from "./progress";
import { stackIn, synthesise } from "./synthesise";

export const PLAN_USAGE = `npm run plan:offline -- <stack> [--providers stand-in|installed] [--json] [--brief] [--synthesised]
  Terraform's own plan of a stack, without an account.
  --providers installed  by the providers' own binaries, as terraform init finds them
  --json                 the plan as JSON on standard output, for cost and policy tools
  --brief                one line a resource
  --synthesised          what lies in cdktf.out, instead of synthesising first
  --where-possible       without a Terraform: say how to get one, and succeed`;

const OUTDIR = "cdktf.out";

const CHECKED = {
  "stand-in": "schema-checked against the installed bindings",
  installed: "checked by the providers' own binaries",
} as const;

type Providers = keyof typeof CHECKED;

interface Options {
  readonly stack: string;
  readonly providers: Providers;
  readonly json: boolean;
  readonly brief: boolean;
  readonly synthesised: boolean;
  readonly wherePossible: boolean;
}

function options(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      providers: { type: "string", default: "stand-in" },
      json: { type: "boolean", default: false },
      brief: { type: "boolean", default: false },
      synthesised: { type: "boolean", default: false },
      "where-possible": { type: "boolean", default: false },
    },
  });
  const { providers, "where-possible": wherePossible, ...flags } = values;
  const [stack] = positionals;
  if (stack === undefined || positionals.length > 1) throw new UsageError(`exactly one stack, please\n${PLAN_USAGE}`);
  if (!isProviders(providers)) throw new UsageError(`--providers must be stand-in or installed, got ${providers}`);
  return { stack, providers, wherePossible, ...flags };
}

const isProviders = (text: string): text is Providers => text in CHECKED;

/** `npm run plan:offline`. @returns the exit code */
export async function plan(args: readonly string[], progress: Progress): Promise<number> {
  const chosen = options(args);
  const { stack, providers, json, brief, synthesised, wherePossible } = chosen;
  if (wherePossible && findTerraform() === undefined) {
    process.stdout.write(`No plan of ${stack}: ${missingTerraform()}\n`);
    return 0;
  }
  if (!synthesised) {
    progress("synthesising");
    synthesise(OUTDIR);
  }
  const { folder } = stackIn(OUTDIR, stack);
  progress(
    `planning ${stack} with ${providers === "installed" ? "the installed providers" : "stand-ins of its providers"}`,
  );
  const terraform = await OfflineTerraform.openFolder(path.resolve(folder), { providers });
  try {
    const made = await terraform.plan();
    const text = json ? JSON.stringify(made.json) : brief ? summary(chosen, made) : await terraform.planText();
    process.stdout.write(`${text.trimEnd()}\n`);
    progress(`${stack}: ${counts(made)}; ${CHECKED[providers]}`);
    return 0;
  } finally {
    terraform.close();
  }
}

function summary({ stack, providers }: Options, made: Plan): string {
  const same = providers === "installed" ? " --providers installed" : "";
  const changes = listed(made, Number.MAX_SAFE_INTEGER);
  return `${stack}: Terraform plans ${counts(made)}\n${changes}\n\nAll of it: npm run plan:offline -- ${stack}${same}`;
}

import fs from "node:fs";
import path from "node:path";
import type { Run } from "./context";
import { LocalCloudError } from "./failure";
import { described, runCommand } from "./run-command";
import type { LocalCloudSettings } from "./settings";

/**
 * Makes sure that Terraform runs.
 *
 * @returns its version
 * @throws LocalCloudError when there is none, or it cannot even say its version
 */
export async function terraformVersion(settings: LocalCloudSettings, run: Run): Promise<string> {
  const { root, environment, terraform, patience } = settings;
  const outcome = await runCommand(terraform, ["version", "-json"], {
    cwd: root,
    environment: { ...environment, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" },
    timeoutMs: patience.questionMs,
    signal: run.abort.signal,
  });
  const version = outcome.kind === "exit" && outcome.code === 0 ? versionIn(outcome.stdout) : undefined;
  if (version !== undefined) return version;
  throw new LocalCloudError({
    where: terraform,
    rule: "answer `version -json` with a version of Terraform",
    value: described(outcome, environment),
    remedy: "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.",
  });
}

/**
 * The configuration of Terraform's command line: the user's, otherwise the mirror of `$REAL_PROVIDERS`, otherwise none, so
 * that the provider comes from the registry.
 */
export async function terraformConfiguration(settings: LocalCloudSettings, run: Run): Promise<string | undefined> {
  const { root, environment, realProviders, patience } = settings;
  const configured = environment["TF_CLI_CONFIG_FILE"];
  if (configured !== undefined && fs.existsSync(configured)) return configured;
  const plan = path.join(realProviders, "plan.mjs");
  if (!fs.existsSync(plan)) return undefined;
  const options = { cwd: root, environment, timeoutMs: patience.installMs, signal: run.abort.signal };
  const outcome = await runCommand(process.execPath, [plan, "--rc"], options);
  if (outcome.kind === "exit" && outcome.code === 0) return outcome.stdout.trim();
  throw new LocalCloudError({
    where: `node ${plan} --rc`,
    rule: "print the path of a provider mirror",
    value: described(outcome, environment),
    remedy: "Set TF_CLI_CONFIG_FILE to a configuration of your own, or REAL_PROVIDERS to a folder without plan.mjs.",
  });
}

function versionIn(text: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(text) as { readonly terraform_version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

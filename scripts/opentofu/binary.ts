import { spawnSync } from "node:child_process";
import { findTerraform } from "../../lib/testing/offline/runner/binary";

/** An engine that was found. */
export interface Engine {
  /** An absolute path. */
  readonly binary: string;
  /** `OpenTofu v1.9.4` */
  readonly release: string;
}

/** How to get one: one line. */
export const MISSING =
  "OpenTofu is not installed, so nothing was checked. Get it from https://opentofu.org/docs/intro/install, put tofu on PATH or its path into $TERRAFORM_BINARY_NAME, and run this again.";

/**
 * The OpenTofu that is installed: what `$TERRAFORM_BINARY_NAME` names, if it is one, else `tofu`, as `PATH` finds them.
 *
 * @returns nothing where there is none
 */
export function findOpenTofu(env: NodeJS.ProcessEnv = process.env): Engine | undefined {
  return [env, { ...env, TERRAFORM_BINARY_NAME: "tofu" }]
    .map(engineIn)
    .find((engine) => engine?.release.startsWith("OpenTofu ") === true);
}

/** The Terraform to compare with; nothing where there is none. */
export function findTerraformItself(env: NodeJS.ProcessEnv = process.env): Engine | undefined {
  const engine = engineIn({ ...env, TERRAFORM_BINARY_NAME: "terraform" });
  return engine?.release.startsWith("Terraform ") === true ? engine : undefined;
}

function engineIn(env: NodeJS.ProcessEnv): Engine | undefined {
  const binary = findTerraform(env);
  if (binary === undefined) return undefined;
  const { stdout } = spawnSync(binary, ["version"], { encoding: "utf8", env: { ...env, CHECKPOINT_DISABLE: "1" } });
  return { binary, release: stdout.split("\n")[0] ?? "" };
}

import { OfflineTerraformError } from "../../lib/testing/offline/runner/failure";
import { OfflineTerraform } from "../../lib/testing/offline/runner/offline-terraform";
import { counts, isEmpty, listed, type Plan } from "../../lib/testing/offline/runner/plan";
import { stackDifferences } from "../stack-differences";
import type { Engine } from "./binary";

/** How one stack fared. */
export interface Result {
  readonly fine: boolean;
  /** `lake-dev: 24 to add, 0 to change, 0 to destroy as by Terraform v1.11.4; applied, no changes, destroyed` */
  readonly text: string;
}

/** Which engines there are. */
export interface Engines {
  readonly tofu: Engine;
  /** Its plans are compared, where there is one. */
  readonly terraform: Engine | undefined;
}

/**
 * Plans a stack with stand-ins of its providers, applies it, plans again and destroys it, all by OpenTofu; the first plan is
 * to be Terraform's.
 *
 * @param folder `cdktf.out/stacks/<stack>`
 */
export async function tried(name: string, folder: string, { tofu, terraform }: Engines): Promise<Result> {
  try {
    const planned = await by(tofu, folder, (engine) => engine.plan());
    const expected = terraform && (await by(terraform, folder, (engine) => engine.plan()));
    const second = await by(tofu, folder, (engine) => engine.rehearse());
    return result(name, { planned, second, expected, terraform });
  } catch (error) {
    if (error instanceof OfflineTerraformError) return { fine: false, text: `${name}: ${error.message}` };
    throw error;
  }
}

/** The engine is chosen by cdktf's own variable. */
async function by<T>(engine: Engine, folder: string, act: (terraform: OfflineTerraform) => Promise<T>): Promise<T> {
  process.env["TERRAFORM_BINARY_NAME"] = engine.binary;
  const opened = await OfflineTerraform.openFolder(folder);
  try {
    return await act(opened);
  } finally {
    opened.close();
  }
}

/** What was planned, by whom. */
export interface Plans {
  readonly planned: Plan;
  /** After apply. */
  readonly second: Plan;
  readonly expected: Plan | undefined;
  readonly terraform: Engine | undefined;
}

/** The plans of one stack as a line, or as many as it takes to say what is wrong. */
export function result(name: string, { planned, second, expected, terraform }: Plans): Result {
  const differences = expected === undefined ? [] : stackDifferences(changes(planned), changes(expected), SIDES);
  if (differences.length > 0)
    return { fine: false, text: [`${name} is planned otherwise than by Terraform:`, ...differences].join("\n  ") };
  if (!isEmpty(second))
    return { fine: false, text: `${name} is not as configured after apply, ${counts(second)}:\n${listed(second)}` };
  const as = terraform === undefined ? "" : ` as by ${terraform.release}`;
  return { fine: true, text: `${name}: ${counts(planned)}${as}; applied, no changes, destroyed` };
}

const SIDES = { one: "by OpenTofu", other: "by Terraform" };

/** By address, so that one more is one difference. */
const changes = ({ changes: all, outputs }: Plan): object => ({
  ...Object.fromEntries(all.map(({ address, action }) => [address, action])),
  ...Object.fromEntries(Object.entries(outputs).map(([name, action]) => [`output ${name}`, action])),
});

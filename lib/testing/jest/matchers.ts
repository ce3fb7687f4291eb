import { findTerraform, missingTerraform } from "../offline/runner/binary";
import { OfflineTerraformError } from "../offline/runner/failure";
import type { OfflineOptions } from "../offline/runner/offline-terraform";
import { filesOf, type SynthesisedStack } from "../synth";
import { appliesCleanly, plans, valid, type PlanExpectation, type Verdict } from "./expectations";

/** Of jest's matcher context, what is used here. */
interface Context {
  readonly isNot?: boolean;
}

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** `1`: without a Terraform these expectations fail instead of being skipped, as on a build server that should have one. */
const REQUIRED = "CLOUD_CONDUCTOR_TERRAFORM_REQUIRED";

type Expectation<O> = (stack: SynthesisedStack, options?: O) => Promise<Verdict>;

function matcher<O>(name: string, expectation: Expectation<O>) {
  return async function (this: Context, stack: SynthesisedStack, options?: O): Promise<Result> {
    if (findTerraform() === undefined) return skipped(`expect(${filesOf(stack).name}).${name}()`, this.isNot === true);
    const { pass, message } = await expectation(stack, options);
    return { pass, message: () => message };
  };
}

/** The matchers that `cloud-conductor/testing/jest` adds to jest's `expect`. */
export const terraformMatchers = {
  toBeValidTerraform: matcher<OfflineOptions>("toBeValidTerraform", valid),
  toPlan: matcher<PlanExpectation>("toPlan", plans),
  toApplyCleanly: matcher<OfflineOptions>("toApplyCleanly", appliesCleanly),
};

/** Nobody looked, and everybody sees that nobody did. */
function skipped(what: string, isNot: boolean): Result {
  if (process.env[REQUIRED] === "1")
    throw new OfflineTerraformError(`${what} needs a Terraform: ${missingTerraform()}`);
  process.stderr.write(`SKIPPED ${what}: ${missingTerraform()}\n`);
  return { pass: !isNot, message: () => `${what} was skipped` };
}

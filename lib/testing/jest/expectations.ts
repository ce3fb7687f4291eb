import { describe, errorsIn } from "../offline/runner/diagnostics";
import { TerraformRefusal } from "../offline/runner/failure";
import { OfflineTerraform, type OfflineOptions } from "../offline/runner/offline-terraform";
import { counts, isEmpty, listed } from "../offline/runner/plan";
import { filesOf, type SynthesisedStack } from "../synth";

/** What a plan is to do; what is left out is not looked at. */
export interface PlanExpectation extends OfflineOptions {
  readonly add?: number;
  readonly change?: number;
  readonly destroy?: number;
}

/** What became of an expectation, for a reviewer to read. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: string;
}

/** Whether Terraform has nothing against a stack before it looks at any state. */
export function valid(stack: SynthesisedStack, options: OfflineOptions = {}): Promise<Verdict> {
  const { name } = filesOf(stack);
  return withTerraform(stack, options, async (terraform) => {
    const errors = errorsIn(await terraform.validate());
    const lines = errors.map((one) => `\n  ${describe(one)}`);
    return errors.length === 0
      ? { pass: true, message: `${name} is valid Terraform, expected that it is not` }
      : { pass: false, message: `${name} is not valid Terraform:${lines.join("")}` };
  });
}

/** Whether a stack plans, and as many changes as expected. */
export function plans(stack: SynthesisedStack, expected: PlanExpectation = {}): Promise<Verdict> {
  const { name } = filesOf(stack);
  return withTerraform(stack, expected, async (terraform) => {
    const plan = await terraform.plan();
    const wanted = wantedCounts(expected);
    const pass = (["add", "change", "destroy"] as const).every((kind) => (expected[kind] ?? plan[kind]) === plan[kind]);
    return {
      pass,
      message: `${name} plans ${counts(plan)}, expected ${pass ? "not " : ""}${wanted}:\n${listed(plan)}`,
    };
  });
}

function wantedCounts({ add, change, destroy }: PlanExpectation): string {
  const wanted = Object.entries({ add, change, destroy }).flatMap(([kind, count]) =>
    count === undefined ? [] : [`${String(count)} to ${kind}`],
  );
  return wanted.join(", ") || "that it plans";
}

/** Whether a stack can be applied, is then as configured, and can be destroyed. */
export function appliesCleanly(stack: SynthesisedStack, options: OfflineOptions = {}): Promise<Verdict> {
  const { name } = filesOf(stack);
  return withTerraform(stack, options, async (terraform) => {
    const second = await terraform.rehearse();
    if (!isEmpty(second))
      return {
        pass: false,
        message: `${name} is not as configured after apply: a second plan has ${counts(second)}:\n${listed(second)}`,
      };
    return { pass: true, message: `${name} applies cleanly, expected that it does not` };
  });
}

/** What Terraform has against the stack is an answer; that there is none, because something broke, is not. */
async function withTerraform(
  stack: SynthesisedStack,
  options: OfflineOptions,
  judge: (terraform: OfflineTerraform) => Promise<Verdict>,
): Promise<Verdict> {
  const terraform = await OfflineTerraform.open(stack, options);
  try {
    return await judge(terraform);
  } catch (error) {
    if (error instanceof TerraformRefusal) return { pass: false, message: error.message };
    throw error;
  } finally {
    terraform.close();
  }
}

import { eventsIn } from "./diagnostics";
import { record } from "./needs";
import { readPlan, type Plan } from "./plan";

const FOLDER = "rehearsal";
const FILE = `${FOLDER}/stack.tftest.hcl`;

/** The stand-ins' answers to a refresh are what is in the state: nothing is lost without one. */
const STEPS = `run "apply" {
  command = apply
}

run "second_plan" {
  command = plan
  plan_options {
    refresh = false
  }
}
`;

/** What lies beside the stack while it is rehearsed. */
export const REHEARSAL_FILES: Readonly<Record<string, string>> = { [FILE]: STEPS };

/** Tests of the stack's own are another matter. */
export const REHEARSAL_OPTIONS: readonly string[] = [
  `-test-directory=${FOLDER}`,
  `-filter=${FILE}`,
  "-json",
  "-verbose",
];

/** The command that failed first, as a reader knows it. */
export function failedStep(out: string): string {
  const events = eventsIn(out);
  const at = events.findIndex((event) => event["type"] === "diagnostic" && event["@level"] === "error");
  const tearingDown = events.slice(0, at).some((event) => record(event["test_file"])["progress"] === "teardown");
  const step = events[at]?.["@testrun"];
  if (typeof step !== "string") return "test";
  return tearingDown ? "destroy" : step.replaceAll("_", " ");
}

/** The plan that `terraform test` made after apply; nothing where it did not come to it. */
export function secondPlanIn(out: string): Plan | undefined {
  const printed = eventsIn(out).find((event) => event["type"] === "test_plan");
  return printed && readPlan(record(printed["test_plan"]));
}

import path from "node:path";
import { described } from "../../scripts/local/run-command";
import { terraformIn, type Workbench } from "../../scripts/local/stacks";
import { EMULATOR_GAPS } from "./emulator-gaps";
import { bench, stack, STACKS } from "./local-cloud";

/** `type.attribute` of everything that a plan would change, and the whole address of what it would create or delete. */
async function planned(folder: string, on: Workbench): Promise<readonly string[]> {
  const file = path.join(on.settings.folder, `${path.basename(folder)}.plan`);
  const plan = await terraformIn(folder, ["plan", "-detailed-exitcode", "-input=false", `-out=${file}`], 60_000, on);
  if (plan.kind !== "exit" || ![0, 2].includes(plan.code)) throw new Error(described(plan, on.environment));
  if (plan.code === 0) return [];
  const shown = await terraformIn(folder, ["show", "-json", file], 30_000, on);
  if (shown.kind !== "exit" || shown.code !== 0) throw new Error(described(shown, on.environment));
  const { resource_changes: changes = [], output_changes: outputs = {} } = JSON.parse(shown.stdout) as Plan;
  const changedOutputs = Object.entries(outputs).filter(([, { actions }]) => actions.join() !== "no-op");
  return [...changes.flatMap(differences), ...changedOutputs.map(([name]) => `output.${name}`)];
}

interface Change {
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly after_unknown: Readonly<Record<string, unknown>>;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: Change;
}

interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

function differences({ address, type, change }: ResourceChange): readonly string[] {
  const { actions, before, after, after_unknown: unknown } = change;
  if (actions.join() === "no-op" || actions.join() === "read") return [];
  if (actions.join() !== "update" || before === null || after === null) return [`${actions.join(", ")} ${address}`];
  const names = [...new Set([...Object.keys(after), ...Object.keys(unknown)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return changed.map((name) => `${type}.${name}`);
}

test("a plan after apply is empty, but for the gaps of the emulator that are listed", async () => {
  const on = bench();
  const plans = await Promise.all(STACKS.map((name) => planned(stack(name).folder, on)));
  const listed = EMULATOR_GAPS.flatMap(({ resourceType, attributes }) =>
    attributes.map((attribute) => `${resourceType}.${attribute}`),
  );
  expect([...new Set(plans.flat())].sort()).toEqual([...listed].sort());
}, 120_000);

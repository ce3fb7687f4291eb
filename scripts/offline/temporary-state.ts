import fs from "node:fs";
import path from "node:path";
import { withLocalState } from "../../lib/testing/offline/runner/configuration";
import { record, type StackJson } from "../../lib/testing/offline/runner/needs";
import type { StackFolder } from "./synthesise";

/** How cdktf names the state of another stack. */
const CROSS_STACK = "cross-stack-reference-input-";

/**
 * Has every stack of a synthesised app keep its state in one folder, and read those of the others there.
 *
 * @returns the stacks as they are now, by name
 */
export function keepStatesIn(states: string, stacks: readonly StackFolder[]): ReadonlyMap<string, StackJson> {
  fs.mkdirSync(states, { recursive: true });
  return new Map(
    stacks.map(({ name, folder }) => {
      const file = path.join(folder, "cdk.tf.json");
      const stack = withStateAt(JSON.parse(fs.readFileSync(file, "utf8")) as StackJson, name, states);
      fs.writeFileSync(file, JSON.stringify(stack, undefined, 2));
      return [name, stack];
    }),
  );
}

/** Where a stack's state is. */
export const stateFile = (states: string, stack: string): string => path.join(states, `${stack}.tfstate`);

function withStateAt(stack: StackJson, name: string, states: string): StackJson {
  const local = withLocalState(stack);
  const backend = { local: { path: stateFile(states, name) } };
  const kept = { ...local, terraform: { ...record(local["terraform"]), backend } };
  const data = record(stack["data"]);
  const others = Object.keys(record(data["terraform_remote_state"]));
  if (others.length === 0) return kept;
  const read = others.map((id) => [
    id,
    { backend: "local", config: { path: stateFile(states, id.replace(CROSS_STACK, "")) } },
  ]);
  return { ...kept, data: { ...data, terraform_remote_state: Object.fromEntries(read) as unknown } };
}

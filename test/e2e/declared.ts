import fs from "node:fs";
import path from "node:path";
import { stateFile } from "../../scripts/local/settings";
import { bench, stack, type STACKS } from "./local-cloud";

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

interface Synthesised {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/**
 * The resources of one type as a stack declares them: what was synthesised, with the attributes of other resources (`${a.b.c}`)
 * put in from the state.
 */
export function declared(name: (typeof STACKS)[number], type: string): readonly unknown[] {
  const state = JSON.parse(fs.readFileSync(stateFile(bench().settings, name), "utf8")) as State;
  const text = fs.readFileSync(path.join(stack(name).folder, "cdk.tf.json"), "utf8");
  const { resource } = JSON.parse(text) as Synthesised;
  return Object.values(resource[type] ?? {}).map((one) => JSON.parse(resolved(JSON.stringify(one), state)) as unknown);
}

const resolved = (json: string, { resources }: State): string =>
  json.replace(/\$\{(\w+)\.([\w-]+)\.(\w+)\}/g, (reference, type: string, name: string, attribute: string) => {
    const found = resources.find((one) => one.type === type && one.name === name);
    const value = found?.instances[0]?.attributes[attribute];
    return typeof value === "string" ? value : reference;
  });

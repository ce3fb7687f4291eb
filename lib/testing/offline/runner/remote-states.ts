import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fake } from "../protocol/fakes";
import { findProviderPackage } from "../schema/provider-package";
import { ProviderSchemas } from "../schema/provider-schemas";
import type { TypeExpression } from "../schema/schema";
import { typeAt } from "../schema/type-at";
import { record, type StackJson } from "./needs";

/** A stack whose neighbours' states are made up, and the files that hold them. */
export interface WithRemoteStates {
  readonly stack: StackJson;
  /** File name → content, to lie beside the stack. */
  readonly files: Readonly<Record<string, string>>;
}

/** How cdktf names the state of another stack. */
const CROSS_STACK = "cross-stack-reference-input-";

const REFERENCE = /data\.terraform_remote_state\.([\w-]+)\.outputs(?:\.([\w-]+)|\[\\"([^"\\]+)\\"\])/g;

/** `${aws_eks_cluster.main.certificate_authority[0].data}` */
const ATTRIBUTE = /^\$\{(data\.)?([a-z][a-z0-9_]*)\.[\w-]+\.([\w.[\]"-]+)\}$/;

/**
 * Gives a stack that reads the states of others something to read: outputs with made-up values, of the type of what the other
 * stack exports where its JSON lies beside this one, else text.
 *
 * @param folder the stack's own, with those of the other stacks beside it
 * @param project where the bindings are installed
 */
export function withRemoteStates(stack: StackJson, folder: string, project: string): WithRemoteStates {
  const data = record(stack["data"]);
  const states = Object.keys(record(data["terraform_remote_state"]));
  if (states.length === 0) return { stack, files: {} };
  const outputs = outputsRead(stack);
  const entries = states.map((name) => {
    const types = exportedTypes(producerOf(name, folder), project);
    return [name, `${name}.tfstate`, stateFile(name, [...(outputs.get(name) ?? [])].sort(), types)] as const;
  });
  const local = entries.map(([name, file]) => [name, { backend: "local", config: { path: file } }] as const);
  return {
    stack: { ...stack, data: { ...data, terraform_remote_state: Object.fromEntries(local) } },
    files: Object.fromEntries(entries.map(([, file, content]) => [file, content])),
  };
}

function outputsRead(stack: StackJson): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map<string, Set<string>>();
  for (const [, name = "", dotted, quoted] of JSON.stringify(stack).matchAll(REFERENCE))
    read.set(name, (read.get(name) ?? new Set()).add(dotted ?? quoted ?? ""));
  return read;
}

function producerOf(name: string, folder: string): StackJson {
  const file = path.join(folder, "..", name.replace(CROSS_STACK, ""), "cdk.tf.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as StackJson) : {};
}

type TypeOf = (output: string) => TypeExpression;

function exportedTypes(producer: StackJson, project: string): TypeOf {
  return (output) => {
    const { value } = record(record(producer["output"])[output]);
    const [, data, type = "", steps = ""] = ATTRIBUTE.exec(typeof value === "string" ? value : "") ?? [];
    const bindings = findProviderPackage(type.split("_")[0] ?? "", project);
    const block = bindings && new ProviderSchemas(bindings).find(data === undefined ? "resource" : "data", type);
    const words = steps.split(/[.[\]"]+/).filter((word) => word !== "");
    return (block && typeAt(block, words)) ?? "string";
  };
}

function stateFile(name: string, outputs: readonly string[], typeOf: TypeOf): string {
  const values = outputs.map((output) => {
    const type = typeOf(output);
    const seed = createHash("sha256").update(`${name}.${output}`).digest("hex").slice(0, 8);
    // cdktf ends the name of such an output with that of the attribute
    const provider = /^cross-stack-output-(?:data)?([a-z]+)_/.exec(output)?.[1] ?? "aws";
    const attribute = output.endsWith("arn") ? "arn" : "id";
    const wanted = { provider, type: `${provider}_output`, attribute, seed, region: "offline-1" };
    return [output, { type, value: fake(type, wanted, 1) }] as const;
  });
  const lineage = "00000000-0000-4000-8000-000000000000";
  const state = {
    version: 4,
    terraform_version: "1.5.0",
    serial: 1,
    lineage,
    outputs: Object.fromEntries(values),
    resources: [],
  };
  return JSON.stringify(state, undefined, 2);
}

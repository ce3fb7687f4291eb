import { buildSync } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { withoutMetadata } from "../../lib/testing/mask";
import { record, type StackJson } from "../../lib/testing/offline/runner/needs";
import { stackDifferences } from "../stack-differences";
import type { Program } from "./measure";
import { STACK } from "./platform";
import { rawProgram } from "./raw-program";

/** Two programs that make the same resources. */
export interface Pair {
  readonly ours: Program;
  readonly raw: Program;
  /** The raw one with cdktf's stack capture off, as ours has it. */
  readonly lean: Program;
  readonly resources: number;
}

/** Where programs are built and run. */
export interface Workshop {
  /** The repository: sources, bindings and the zips of the handlers are there. */
  readonly root: string;
  /** The code of the functions: what `npm run bundle` made, or one constant zip. */
  readonly handlers: "bundled" | "placeholder";
  /** Takes the programs and what they synthesise. */
  readonly folder: string;
  readonly run: (program: Program) => unknown;
}

/**
 * Builds the program of ours and the raw one, both by esbuild with the same options, and runs each once.
 *
 * @param copies how often the platform stands in the stack
 * @throws Error with the differences when the two do not make the same resources
 */
export function buildPair({ root, handlers, folder, run }: Workshop, copies: number): Pair {
  const place = (side: string): string => path.join(folder, `${side}-${String(copies)}`);
  const modules = path.join(folder, "node_modules");
  if (!fs.existsSync(modules)) fs.symlinkSync(path.join(root, "node_modules"), modules, "junction");
  const ours: Program = {
    name: `ours, ${String(copies)}×`,
    file: built(path.join(root, "scripts", "bench", "ours.ts"), `${place("ours")}.cjs`),
    args: [place("ours"), String(copies), handlers],
  };
  run(ours);
  const json = stackIn(place("ours"));
  const source = `${place("raw")}.ts`;
  fs.writeFileSync(source, rawProgram({ name: STACK, folder: path.join(place("ours"), "stacks", STACK), json }, root));
  const raw: Program = {
    name: `raw, ${String(copies)}×`,
    file: built(source, `${place("raw")}.cjs`),
    args: [place("raw")],
  };
  run(raw);
  assertSame(json, stackIn(place("raw")));
  return { ours, raw, lean: withoutCapture(raw, root, folder), resources: resourcesIn(json) };
}

function withoutCapture(raw: Program, root: string, folder: string): Program {
  const source = path.join(folder, "lean.ts");
  const capture = path.join(root, "stacks", "stack-capture");
  fs.writeFileSync(source, `import { limitStackCapture } from ${JSON.stringify(capture)};\nlimitStackCapture();\n`);
  return { ...raw, name: `${raw.name}, no stack capture`, preload: [built(source, path.join(folder, "lean.cjs"))] };
}

function built(entry: string, outfile: string): string {
  buildSync({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    outfile,
    logLevel: "error",
  });
  return outfile;
}

const stackIn = (outdir: string): StackJson =>
  JSON.parse(fs.readFileSync(path.join(outdir, "stacks", STACK, "cdk.tf.json"), "utf8")) as StackJson;

const resourcesIn = (stack: StackJson): number =>
  Object.values(record(stack["resource"])).reduce<number>((sum, byId) => sum + Object.keys(record(byId)).length, 0);

/** The folder of an asset is called by a hash, and cdktf's own is another one. */
const ASSET = /(?<=assets\/[^/"]+\/)[0-9A-F]{32}(?=\/)/g;

const MOST = 20;

/** @throws Error naming what only one of them has, or has otherwise */
export function assertSame(ours: StackJson, raw: StackJson): void {
  const [one, other] = [ours, raw].map(
    (stack) => JSON.parse(JSON.stringify(withoutMetadata(stack)).replace(ASSET, "<hash>")) as unknown,
  );
  const differences = stackDifferences(one, other, { one: "in ours", other: "in raw" });
  if (differences.length > 0)
    throw new Error(`the programs do not make the same resources:\n  ${differences.slice(0, MOST).join("\n  ")}`);
}

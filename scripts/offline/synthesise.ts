import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { UsageError } from "./failure";

/** One synthesised stack. */
export interface StackFolder {
  readonly name: string;
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

/**
 * Synthesises the app into a folder.
 *
 * @throws Error with what the app said when it fails
 */
export function synthesise(outdir: string): void {
  const run = spawnSync("npm", ["run", "--silent", "synth"], {
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  if (run.status !== 0) throw new Error(`npm run synth failed:\n${run.stderr}${run.stdout}`);
}

/** The stacks of a synthesised app, in the order of its manifest. */
export function stacksIn(outdir: string): readonly StackFolder[] {
  const file = path.join(outdir, "manifest.json");
  if (!fs.existsSync(file)) throw new UsageError(`${outdir} holds no manifest.json: synthesise first (npm run synth)`);
  const { stacks } = JSON.parse(fs.readFileSync(file, "utf8")) as Manifest;
  return Object.entries(stacks).map(([name, stack]) => ({ name, folder: path.join(outdir, stack.workingDirectory) }));
}

/** @throws UsageError naming the stacks there are */
export function stackIn(outdir: string, name: string): StackFolder {
  const stacks = stacksIn(outdir);
  const found = stacks.find((stack) => stack.name === name);
  if (found) return found;
  throw new UsageError(
    `there is no stack ${name} in ${outdir}; there is ${stacks.map((stack) => stack.name).join(", ")}`,
  );
}

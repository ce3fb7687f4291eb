/** `npm run cdktn [-- <release>]`: every stack and example, synthesised under cdktn as well, is to be the same. */
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { undoneAtExit } from "../../lib/testing/offline/runner/cleanup";
import { repositoryRoot } from "../bundle/repository";
import { exampleNames } from "../example-names";
import { printedProgress } from "../offline/progress";
import { compareApps, readApps, report, type SynthesisedApp } from "./compare";
import { installCdktn } from "./install";

/** The release that the README names. */
const CDKTN = "0.24.0";

const progress = printedProgress((text) => process.stderr.write(text));

/** @returns the exit code */
function main([release = CDKTN]: readonly string[]): number {
  const root = repositoryRoot();
  process.chdir(root);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-cdktn-"));
  const remove = undoneAtExit(() => {
    fs.rmSync(work, { recursive: true, force: true });
  });
  try {
    progress(`installing cdktn ${release}`);
    const [cdktf, cdktn] = [path.join(work, "cdktf"), path.join(work, "cdktn")];
    installCdktn(root, cdktn, release);
    fs.mkdirSync(cdktf);
    fs.symlinkSync(path.join(root, "node_modules"), path.join(cdktf, "node_modules"), "junction");
    progress("synthesising under both");
    const [one, other] = [synthesised(root, cdktf, "cdktf"), synthesised(root, cdktn, "cdktn")];
    const comparisons = compareApps(one, other);
    if (one.by.slice("cdktf".length) === other.by.slice("cdktn".length))
      throw new Error(`both were synthesised by one library: ${one.by}`);
    process.stdout.write(`${report(comparisons, one, other)}\n`);
    return comparisons.every(({ differences }) => differences.length === 0) ? 0 : 1;
  } finally {
    remove();
  }
}

/** Both run in the repository: what is found from the working directory is the same. */
function synthesised(root: string, folder: string, library: string): SynthesisedApp {
  const program = path.join(folder, "synthesise-all.cjs");
  const outdir = path.join(folder, "out");
  buildSync({
    entryPoints: [path.join(root, "scripts", "cdktn", "synthesise-all.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    outfile: program,
    logLevel: "error",
  });
  const links = ["--preserve-symlinks", "--preserve-symlinks-main"];
  const { status, stderr } = spawnSync(process.execPath, [...links, program, outdir, ...exampleNames(root)], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the app cannot be synthesised under ${library}:\n${stderr.trim()}`);
  return readApps(outdir, library);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

/** `npm run opentofu`: every stack and example, planned, applied and destroyed by OpenTofu with stand-ins of the providers. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { undoneAtExit } from "../../lib/testing/offline/runner/cleanup";
import { repositoryRoot } from "../bundle/repository";
import { bundleStandIns } from "../offline/bundle-stand-ins";
import { printedProgress } from "../offline/progress";
import { stacksIn, synthesise, type StackFolder } from "../offline/synthesise";
import { findOpenTofu, findTerraformItself, MISSING } from "./binary";
import { tried, type Engines, type Result } from "./lane";

const EXAMPLES = path.join("cdktf.out", "examples");

const progress = printedProgress((text) => process.stderr.write(text));

/** @returns the exit code */
async function main(): Promise<number> {
  const tofu = findOpenTofu();
  if (tofu === undefined) {
    process.stderr.write(`${MISSING}\n`);
    return 1;
  }
  process.chdir(repositoryRoot());
  bundleStandIns(process.cwd());
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-opentofu-"));
  const remove = undoneAtExit(() => {
    fs.rmSync(work, { recursive: true, force: true });
  });
  try {
    return await all({ tofu, terraform: findTerraformItself() }, synthesised(work));
  } finally {
    remove();
  }
}

async function all(engines: Engines, stacks: readonly StackFolder[]): Promise<number> {
  const { tofu, terraform } = engines;
  progress(
    `${String(stacks.length)} stacks by ${tofu.release}, ${terraform?.release ?? "without a Terraform beside it"}`,
  );
  const results: Result[] = [];
  for (const { name, folder } of stacks) {
    const result = await tried(name, folder, engines);
    process.stdout.write(`${result.text}\n`);
    results.push(result);
  }
  const failed = results.filter(({ fine }) => !fine).length;
  process.stdout.write(
    `${String(results.length - failed)} of ${String(results.length)} stacks are fine under ${tofu.release}\n`,
  );
  return failed === 0 ? 0 : 1;
}

/** The stacks of every environment, then those of the examples. */
function synthesised(work: string): readonly StackFolder[] {
  progress("synthesising");
  synthesise(work);
  const { status, stderr } = spawnSync("npm", ["run", "--silent", "synth:examples"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`npm run synth:examples failed:\n${stderr}`);
  const examples = fs.readdirSync(EXAMPLES).flatMap((example) =>
    stacksIn(path.join(EXAMPLES, example)).map(({ name, folder }) => ({
      name: `examples/${example}/${name}`,
      folder: path.resolve(folder),
    })),
  );
  return [...stacksIn(work), ...examples];
}

void main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });

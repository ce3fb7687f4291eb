/** `npm run bench:synth [-- --rounds 15]`: how long synthesis takes, beside the same resources without a library. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleHandlers } from "../bundle/bundle-handlers";
import { repositoryRoot } from "../bundle/repository";
import { Meter, type Program } from "./measure";
import { buildPair, type Workshop } from "./programs";
import { lastLine, table } from "./report";
import { measured } from "./series";

const ROUNDS = "15";
const MORE = 4;

function rounds(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: "string", default: ROUNDS } } });
  const count = Number(values.rounds);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--rounds must be a whole number from 1, got ${values.rounds}`);
  return count;
}

function bench(count: number): void {
  const root = repositoryRoot();
  bundleHandlers({ root });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-bench-"));
  try {
    const meter = new Meter(folder, root);
    const run = (program: Program) => meter.run(program);
    const workshop: Workshop = { root, handlers: "bundled", folder, run };
    const [once, more] = [buildPair(workshop, 1), buildPair(workshop, MORE)];
    process.stderr.write(`the same resources in both; ${String(count)} rounds of five programs each\n`);
    const series = measured(once, more, count, run);
    process.stdout.write(`${table(series, { once: once.resources, more: more.resources })}\n${lastLine(series)}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

try {
  bench(rounds(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

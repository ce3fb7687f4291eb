/**
 * `npm run check`: format, lint, types, tests. What only reads runs side by side, in as many lanes as the smallest runner
 * has cores; the tests use all cores themselves and come after, when the rest is in order.
 */
import { spawnSync } from "node:child_process";
import { runLanes, told, type Part } from "./lanes";

const npm = (script: string): Part => ({ name: script, command: "npm", args: ["run", "--silent", script] });

/** Lint takes longer than the two others together. */
const LANES = [[npm("lint")], [npm("format:check"), npm("typecheck")]];

async function main(): Promise<number> {
  const passed = await runLanes(LANES, (outcome) => process.stdout.write(told(outcome)));
  if (!passed) {
    process.stdout.write("== the tests were not run\n");
    return 1;
  }
  return spawnSync("npm", ["test"], { stdio: "inherit" }).status ?? 1;
}

void main().then((code) => {
  process.exitCode = code;
});

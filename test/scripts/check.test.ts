import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runLanes, told, type Outcome, type Part } from "../../scripts/check/lanes";

const node = (name: string, script: string): Part => ({ name, command: process.execPath, args: ["-e", script] });
jest.setTimeout(30_000);

const fails = 'console.error("wrong"); process.exitCode = 3';

async function run(lane: readonly Part[]): Promise<{ passed: boolean; outcomes: readonly Outcome[] }> {
  const outcomes: Outcome[] = [];
  const passed = await runLanes([lane], (outcome) => outcomes.push(outcome));
  return { passed, outcomes };
}

describe("the lanes of the check", () => {
  test("run side by side, and each is told in one piece", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "check-"));
    const file = path.join(folder, "told");
    const waits = `console.log("begun"); const timer = setInterval(() => {
      if (!fs.existsSync(${JSON.stringify(file)})) return;
      clearInterval(timer);
      console.log("ended");
    }, 20)`;
    const outcomes: Outcome[] = [];
    const lanes = [[node("slow", waits)], [node("quick", 'console.log("done")'), node("next", "")]];
    try {
      const passed = await runLanes(lanes, (outcome) => {
        outcomes.push(outcome);
        if (outcome.name === "next") fs.writeFileSync(file, "");
      });
      expect(passed).toBe(true);
      expect(outcomes.map(({ name, output }) => [name, output])).toEqual([
        ["quick", "done\n"],
        ["next", ""],
        ["slow", "begun\nended\n"],
      ]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  test("fail with any of their parts, which stops none of the others", async () => {
    const { passed, outcomes } = await run([node("wrong", fails), node("next", 'console.log("done")')]);
    expect(passed).toBe(false);
    expect(outcomes.map(({ name, passed: fine, output }) => [name, fine, output])).toEqual([
      ["wrong", false, "wrong\n"],
      ["next", true, "done\n"],
    ]);
  });

  test("fail with a command that is not there, or is ended", async () => {
    const missing: Part = { name: "missing", command: "no-such-command", args: [] };
    const { passed, outcomes } = await run([missing, node("killed", 'process.kill(process.pid, "SIGKILL")')]);
    expect(passed).toBe(false);
    expect(outcomes.map(({ passed: fine, output }) => [fine, output])).toEqual([
      [false, "spawn no-such-command ENOENT"],
      [false, ""],
    ]);
  });

  test("are told with what they wrote", () => {
    expect(told({ name: "lint", passed: true, seconds: 61.2, output: "" })).toBe("== lint: 61 s\n");
    expect(told({ name: "lint", passed: false, seconds: 3.7, output: "\n1 problem\n\n" })).toBe(
      "== lint: failed after 4 s\n1 problem\n",
    );
  });
});

import { spawn } from "node:child_process";
import { undoneAtExit } from "../../lib/testing/offline/runner/cleanup";

/** One command of the check. */
export interface Part {
  /** What it is called in the output: `lint`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** How a part went. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** All that it wrote, in order. */
  readonly output: string;
}

/**
 * Runs lanes side by side, and the parts of a lane one after the other; a part that fails stops none of the others.
 *
 * @param tell is called with each part as it ends, so that no two mix their lines
 * @returns whether all passed
 */
export async function runLanes(
  lanes: readonly (readonly Part[])[],
  tell: (outcome: Outcome) => void,
): Promise<boolean> {
  const lane = async (parts: readonly Part[]): Promise<boolean> => {
    let passed = true;
    for (const part of parts) {
      const outcome = await runPart(part);
      tell(outcome);
      passed &&= outcome.passed;
    }
    return passed;
  };
  return (await Promise.all(lanes.map(lane))).every(Boolean);
}

function runPart({ name, command, args }: Part): Promise<Outcome> {
  const start = performance.now();
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...colour } });
  const release = undoneAtExit(() => child.kill());
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    const end = (passed: boolean, more = ""): void => {
      release();
      const seconds = (performance.now() - start) / 1000;
      resolve({ name, passed, seconds, output: `${Buffer.concat(chunks).toString("utf8")}${more}` });
    };
    child.on("error", ({ message }) => {
      end(false, message);
    });
    child.on("close", (code) => {
      end(code === 0);
    });
  });
}

/** A part as it is told: `== lint: 61 s`, then what it wrote. */
export function told({ name, passed, seconds, output }: Outcome): string {
  const head = `== ${name}: ${passed ? "" : "failed after "}${seconds.toFixed(0)} s\n`;
  const body = output.trim();
  return body === "" ? head : `${head}${body}\n`;
}

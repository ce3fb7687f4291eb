import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { undoneAtExit } from "./cleanup";
import { OfflineTerraformError } from "./failure";

/** One run of a binary. */
export interface Command {
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutSeconds: number;
  /** Takes what it prints while it prints it. @default - only the outcome holds it */
  readonly print?: (text: string) => void;
}

/** How it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Whether a command can be ended together with its children. */
const IN_GROUPS = process.platform !== "win32";

/** From the request to stop until it is made to. */
const GRACE_MILLISECONDS = 5_000;

/**
 * Runs a command to its end. Only one that cannot start, or does not end in time, is an error; it is ended with this process.
 *
 * @throws OfflineTerraformError
 */
export async function run({ binary, args, cwd, env, timeoutSeconds, print }: Command): Promise<Outcome> {
  const child = spawn(binary, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: IN_GROUPS });
  const release = undoneAtExit(() => {
    killAll(child);
  });
  const deadline = { passed: false };
  const timer = setTimeout(() => {
    deadline.passed = true;
    stop(child);
  }, timeoutSeconds * 1000);
  try {
    const { code, signal, out, err } = await ended(child, print);
    if (code !== undefined && !deadline.passed) return { code, out, err };
    const how = deadline.passed
      ? `did not end within ${String(timeoutSeconds)} seconds`
      : `was ended by ${signal ?? "a signal"}`;
    throw new OfflineTerraformError(`${[path.basename(binary), ...args].join(" ")} ${how}`);
  } finally {
    clearTimeout(timer);
    release();
  }
}

function stop(child: ChildProcess): void {
  child.kill("SIGINT");
  setTimeout(() => {
    killAll(child);
  }, GRACE_MILLISECONDS).unref();
}

/** Ends a command and what it has started itself: providers, provisioners. */
function killAll(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(IN_GROUPS ? -child.pid : child.pid, "SIGKILL");
  } catch {
    // it has just ended
  }
}

interface Ended {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly out: string;
  readonly err: string;
}

function ended(child: ChildProcess, print?: (text: string) => void): Promise<Ended> {
  const [out, err] = [collected(child.stdout, print), collected(child.stderr, print)];
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      reject(new OfflineTerraformError(`cannot run ${child.spawnfile}: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      resolve({ code: code ?? undefined, signal: signal ?? undefined, out: out(), err: err() });
    });
  });
}

function collected(stream: NodeJS.ReadableStream | null, print?: (text: string) => void): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    print?.(chunk.toString("utf8"));
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

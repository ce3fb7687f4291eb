import { spawn, type ChildProcess } from "node:child_process";
import readline from "node:readline";
import { lastLines } from "./failure";

/** What a command needs around it. */
export interface CommandOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds until the command is interrupted. */
  readonly timeoutMs: number;
  /** Interrupts the command; the call then fails with the signal's reason. */
  readonly signal: AbortSignal;
  /** Sees each line of both outputs. */
  readonly onLine?: (line: string) => void;
}

/** How a command ended. `output` holds the last 64 Ki characters of both its outputs, `stdout` all of one. */
export type CommandOutcome =
  | { readonly kind: "missing" }
  | { readonly kind: "timeout"; readonly timeoutMs: number; readonly output: string }
  | { readonly kind: "exit"; readonly code: number; readonly output: string; readonly stdout: string };

const TAIL_LIMIT = 65_536;
/** A process that is asked to end gets so long to save its state. */
const GRACE_MS = 8_000;
/** A grandchild may hold the pipes of a command that has ended. */
const DRAIN_MS = 1_000;

/**
 * Runs a program to its end, in a process group of its own: a Ctrl-C reaches it through `signal` alone, and nothing that
 * it starts outlives it.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  const { cwd, environment, timeoutMs, signal } = options;
  signal.throwIfAborted();
  const child = spawn(program, args, { cwd, env: environment, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const output = new Output(child, options.onLine);
  const limit = new Limit(child, timeoutMs, signal);
  try {
    const code = await ended(child);
    signal.throwIfAborted();
    if (code === undefined) return { kind: "missing" };
    if (limit.passed) return { kind: "timeout", timeoutMs, output: output.tail };
    return { kind: "exit", code, output: output.tail, stdout: output.stdout };
  } finally {
    limit.lift();
  }
}

/** How a command that failed ended, as the `value` of a problem. */
export function described(outcome: CommandOutcome, environment: NodeJS.ProcessEnv): string {
  if (outcome.kind === "missing") return `no such program in PATH ${environment["PATH"] ?? ""}`;
  const end = outcome.kind === "timeout" ? `no end within ${outcome.timeoutMs / 1000} s` : `exit code ${outcome.code}`;
  return `${end} after ${lastLines(outcome.output, 3)}`;
}

/** Sends a signal to a process and all that it has started; says whether there was anybody. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends a process when its time is over or the run is: first a request, then force. */
class Limit {
  public passed = false;
  private force: NodeJS.Timeout | undefined;
  private readonly timer: NodeJS.Timeout;

  public constructor(
    private readonly child: ChildProcess,
    timeoutMs: number,
    private readonly signal: AbortSignal,
  ) {
    this.timer = setTimeout(() => {
      this.passed = true;
      this.end();
    }, timeoutMs);
    signal.addEventListener("abort", this.end, { once: true });
  }

  /** The process has ended; what it may have left behind ends too. */
  public lift(): void {
    clearTimeout(this.timer);
    clearTimeout(this.force);
    this.signal.removeEventListener("abort", this.end);
    if (this.force !== undefined) this.send("SIGKILL");
  }

  private readonly end = (): void => {
    if (this.force !== undefined) return;
    this.send("SIGINT");
    this.force = setTimeout(() => {
      this.send("SIGKILL");
    }, GRACE_MS);
  };

  private send(signal: NodeJS.Signals): void {
    if (this.child.pid !== undefined) signalGroup(this.child.pid, signal);
  }
}

/** The exit code, 128 for an end by a signal; nothing where the program could not be started. */
function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(undefined));
    child.once("close", (code) => resolve(code ?? 128));
    child.once("exit", (code) => setTimeout(() => resolve(code ?? 128), DRAIN_MS).unref());
  });
}

/** What a process says, line by line. */
class Output {
  public tail = "";
  public stdout = "";

  public constructor(child: ChildProcess, onLine: (line: string) => void = () => undefined) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      readline.createInterface({ input: stream }).on("line", (line) => {
        this.tail = `${this.tail}${line}\n`.slice(-TAIL_LIMIT);
        if (stream === child.stdout) this.stdout += `${line}\n`;
        onLine(line);
      });
    }
  }
}

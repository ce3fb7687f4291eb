/** One thing that is wrong around the local cloud. */
export interface Problem {
  /** What it is about: a program, a file, a variable. */
  readonly where: string;
  /** What must hold, as the rest of a sentence that begins with `must`. */
  readonly rule: string;
  /** What was found instead. */
  readonly value: string;
  /** Sentences: what to do. */
  readonly remedy: string;
}

/** Why there is no local cloud: `<where> must <rule>, got <value>. <remedy>`, one line a problem. */
export class LocalCloudError extends Error {
  public override readonly name = "LocalCloudError";

  public constructor(...problems: readonly Problem[]) {
    super(
      problems.map(({ where, rule, value, remedy }) => `${where} must ${rule}, got ${value}. ${remedy}`).join("\n"),
    );
  }
}

/** Somebody pressed Ctrl-C, or the machine asked the process to end. */
export class Interrupted extends Error {
  public override readonly name = "Interrupted";

  public constructor(public readonly signal: "SIGINT" | "SIGTERM") {
    super(`interrupted by ${signal}`);
  }
}

/** The last lines of an output that say something, as one line of an error. */
export function lastLines(output: string, count: number): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length === 0 ? "no output" : JSON.stringify(lines.slice(-count).join(" | "));
}

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** One run of a whole process. */
export interface Measurement {
  /** From start to end, in milliseconds. */
  readonly wall: number;
  /** Of all its threads, user and system, in milliseconds; the machine's other work does not count. */
  readonly cpu: number;
  /** The most memory that it held, in bytes. */
  readonly rss: number;
}

/** A program and its arguments. */
export interface Program {
  readonly name: string;
  /** A file that node runs. */
  readonly file: string;
  readonly args: readonly string[];
  /** Modules that are loaded before it. @default - none */
  readonly preload?: readonly string[];
}

/**
 * Writes, as a process ends, what it used. Linux hands the peak of the starting process on to `maxRSS`, so the peak of
 * the process's own memory is read where the system tells it.
 */
const METER = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let peak = maxRSS;
  try { peak = Number(/^VmHWM:\\s+(\\d+) kB/m.exec(require("fs").readFileSync("/proc/self/status", "utf8"))[1]); } catch {}
  require("fs").writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, rss: peak * 1024 }));
});
`;

/** Measures programs in one working directory; `folder` takes what the measuring needs. */
export class Meter {
  private readonly preload: string;

  public constructor(
    folder: string,
    private readonly cwd: string,
  ) {
    this.preload = path.join(folder, "meter.cjs");
    fs.writeFileSync(this.preload, METER);
  }

  /** @throws Error with what a program said that failed */
  public run({ name, file, args, preload = [] }: Program): Measurement {
    const start = process.hrtime.bigint();
    const { status, signal, stderr, output, error } = spawnSync(
      process.execPath,
      [...[this.preload, ...preload].flatMap((one) => ["--require", one]), file, ...args],
      { cwd: this.cwd, stdio: ["ignore", "ignore", "pipe", "pipe"], encoding: "utf8", env: environment() },
    );
    const wall = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`${name} ended with ${String(status ?? signal)}: ${error?.message ?? stderr}`);
    return { wall, ...(JSON.parse(output[3] ?? "") as Omit<Measurement, "wall">) };
  }
}

/** Both sides run as from a plain shell, not as a test runner or the cdktf CLI would have them. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|JEST_|CDKTF_|CLOUD_CONDUCTOR_)/.test(name)),
  );

/** The middle one; of an even number the mean of the two in the middle. @throws Error for none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}

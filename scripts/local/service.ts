import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { poll, type Run } from "./context";
import { lastLines, LocalCloudError } from "./failure";
import { assertPortFree, isPortFree } from "./ports";
import { signalGroup } from "./run-command";

/** A program that answers on a port of the loopback until it is stopped. */
export interface ServiceDefinition {
  /** Of its files: `<name>.json`, `<name>.log`. */
  readonly name: string;
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly port: number;
  /** Variable that moves the port. */
  readonly portVariable: string;
  /** Answers as soon as the service is ready. */
  readonly readyUrl: string;
  /** Certificate that the service shows, in PEM. */
  readonly certificate?: string;
}

/** What is known of a service that was started: the content of `<name>.json`. */
export interface ServiceRecord {
  readonly name: string;
  readonly title: string;
  readonly pid: number;
  readonly port: number;
  /** Part of its command line, so that a process which got the same id later is left alone. */
  readonly marker: string;
}

export interface RunningService extends ServiceRecord {
  /** Says that the end of the process is meant; without it, an end is the failure of the run. */
  release(): void;
}

export const logFile = (folder: string, name: string): string => path.join(folder, `${name}.log`);

/**
 * Starts a service that outlives this process. If it ends while this process runs, the run is aborted.
 *
 * @throws LocalCloudError when its port is taken
 */
export async function startService(service: ServiceDefinition, folder: string, run: Run): Promise<RunningService> {
  await assertPortFree(service.title, service.port, service.portVariable);
  const child = spawnDetached(service, folder);
  const { name, title, port } = service;
  const record = { name, title, pid: child.pid ?? 0, port, marker: service.command.slice(1).join(" ") };
  let meant = false;
  const fail = (how: string): void => {
    if (!meant) run.abort.abort(diedError(service, record.pid, how, folder));
  };
  child.once("exit", (code, signal) => fail(code === null ? `the end by ${String(signal)}` : `exit code ${code}`));
  child.once("error", (error) => fail(error.message));
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(record)}\n`);
  return { ...record, release: () => (meant = true) };
}

/** @throws LocalCloudError when the service does not answer in time; the reason of the run's end, if it ends before */
export async function waitUntilReady(
  service: ServiceDefinition,
  folder: string,
  timeoutMs: number,
  run: Run,
): Promise<void> {
  const ready = async (): Promise<true | undefined> =>
    (await answers(service.readyUrl, service.certificate)) ? true : undefined;
  if (await poll(ready, { timeoutMs, everyMs: 100 }, run.abort)) return;
  throw new LocalCloudError({
    where: `${service.title} at ${service.readyUrl}`,
    rule: `answer within ${timeoutMs / 1000} s`,
    value: `no answer, its log ends ${lastLines(read(logFile(folder, service.name)), 3)}`,
    remedy: `Read ${logFile(folder, service.name)}.`,
  });
}

/** The services recorded in a folder whose processes still run. */
export function runningServices(folder: string, names: readonly string[]): readonly ServiceRecord[] {
  return names.flatMap((name) => {
    const record = recordIn(read(path.join(folder, `${name}.json`)));
    return record !== undefined && isAlive(record) ? [record] : [];
  });
}

/** Ends a service and all that it has started, first by request, then by force. Repeating it does nothing. */
export async function stopService(record: ServiceRecord, folder: string, timeoutMs: number): Promise<void> {
  if (isAlive(record)) {
    signalGroup(record.pid, "SIGTERM");
    // a process that ends loses its command line first and its port a moment later
    const gone = async (): Promise<true | undefined> =>
      !isAlive(record) && (await isPortFree(record.port)) ? true : undefined;
    await poll(gone, { timeoutMs, everyMs: 50 }, new AbortController());
    signalGroup(record.pid, "SIGKILL");
  }
  fs.rmSync(path.join(folder, `${record.name}.json`), { force: true });
}

/** Ends a service at once: the last thing a process does before it ends itself. */
export function killService(record: ServiceRecord): void {
  if (isAlive(record)) signalGroup(record.pid, "SIGKILL");
}

/** Whether something answers `GET url` without an error of its own. */
export function answers(url: string, certificate?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: 2_000, agent: false as const };
    const answered = (response: http.IncomingMessage): void => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    };
    const request = url.startsWith("https:")
      ? https.get(url, { ...options, ca: certificate }, answered)
      : http.get(url, options, answered);
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}

function spawnDetached({ name, command, environment }: ServiceDefinition, folder: string): ChildProcess {
  const log = fs.openSync(logFile(folder, name), "w");
  const [program, ...args] = command;
  try {
    const child = spawn(program, args, { env: environment, cwd: folder, detached: true, stdio: ["ignore", log, log] });
    child.unref();
    return child;
  } finally {
    fs.closeSync(log);
  }
}

function diedError({ name, title }: ServiceDefinition, pid: number, how: string, folder: string): LocalCloudError {
  const log = logFile(folder, name);
  return new LocalCloudError({
    where: `${title} (process ${pid})`,
    rule: "run as long as the local cloud",
    value: `${how}, its log ends ${lastLines(read(log), 3)}`,
    remedy: `Read ${log}.`,
  });
}

/** What a process that was killed while writing has left is no record. */
function recordIn(text: string): ServiceRecord | undefined {
  try {
    return JSON.parse(text) as ServiceRecord;
  } catch {
    return undefined;
  }
}

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

function isAlive({ pid, marker }: ServiceRecord): boolean {
  return pid > 0 && commandLine(pid).includes(marker);
}

/** Empty where there is no such process, or it has ended and nobody has asked how. */
function commandLine(pid: number): string {
  if (fs.existsSync("/proc/self/cmdline")) return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}

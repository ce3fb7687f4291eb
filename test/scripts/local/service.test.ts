import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { killService, runningServices, stopService, type ServiceRecord } from "../../../scripts/local/service";

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "service-"));
});

afterEach(() => {
  child?.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true });
});

const MARKER = "an-emulator-of-the-test";

/** A process as a service starts one, and its record. */
async function running(body: string, marker = MARKER): Promise<ServiceRecord> {
  const script = `${body}; console.log("up"); setInterval(() => undefined, 1000);`;
  const started = spawn(process.execPath, ["-e", script, MARKER], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  child = started;
  await new Promise((resolve) => started.stdout.once("data", resolve));
  const record = { name: "moto", title: "moto", pid: started.pid ?? 0, port: 0, marker };
  fs.writeFileSync(path.join(folder, "moto.json"), JSON.stringify(record));
  return record;
}

const exited = (): Promise<unknown> =>
  new Promise((resolve) => child?.once("exit", (code, signal) => resolve(signal ?? code)));

test("a service is stopped on request", async () => {
  const record = await running("process.on('SIGTERM', () => process.exit(0))");
  const end = exited();
  await stopService(record, folder, 2_000);
  await expect(end).resolves.toBe(0);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("a service that does not listen is stopped by force", async () => {
  const record = await running("process.on('SIGTERM', () => undefined)");
  const end = exited();
  await stopService(record, folder, 300);
  await expect(end).resolves.toBe("SIGKILL");
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("a service is killed at once", async () => {
  const record = await running("process.on('SIGTERM', () => undefined)");
  const end = exited();
  killService(record);
  await expect(end).resolves.toBe("SIGKILL");
});

test("a process that got the same id later is left alone", async () => {
  const record = await running("", "another-command");
  expect(runningServices(folder, ["moto"])).toEqual([]);
  await stopService(record, folder, 300);
  killService(record);
  expect([child?.exitCode, child?.signalCode]).toEqual([null, null]);
});

test("running services are found by their records, and half a record is none", async () => {
  const record = await running("");
  fs.writeFileSync(path.join(folder, "ministack.json"), '{"name":"minis');
  expect(runningServices(folder, ["ministack", "moto", "other"])).toEqual([record]);
});

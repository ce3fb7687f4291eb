import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";

/**
 * Runs in the context of the process itself: test runners hand modules a copy of `process` whose events never fire, and
 * load each module once for every test file, while the process ends once.
 */
const ONCE_A_PROCESS = `(remove) => {
  const key = Symbol.for("cloud-conductor.temporary-folders");
  if (process[key] === undefined) {
    const folders = new Set();
    process.once("exit", () => { for (const folder of folders) remove(folder, { recursive: true, force: true }); });
    Object.defineProperty(process, key, { value: folders });
  }
  return process[key];
}`;

const foldersOfProcess = (): Set<string> =>
  (vm.runInThisContext(ONCE_A_PROCESS) as (remove: typeof fs.rmSync) => Set<string>)(fs.rmSync);

/** An empty folder that is removed when the process ends. */
export function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-"));
  foldersOfProcess().add(folder);
  return folder;
}

/** Removes a folder of {@link newFolder} before the process ends. */
export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  foldersOfProcess().delete(folder);
}

import fs from "node:fs";
import path from "node:path";
import type { Handed } from "./setup";

/** Stops what the setup has started, whatever became of the tests. */
export default async function teardown(): Promise<void> {
  const { e2e } = globalThis as Handed;
  if (e2e === undefined) return;
  await e2e.cloud.stop();
  fs.rmSync(path.join(e2e.settings.folder, "run.json"), { force: true });
}

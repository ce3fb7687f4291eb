import fs from "node:fs";
import path from "node:path";
import { dropCloud, type LocalCloud } from "../../scripts/local/cloud";
import { printedProgress, type Run } from "../../scripts/local/context";
import { Interrupted, LocalCloudError } from "../../scripts/local/failure";
import { freePort } from "../../scripts/local/ports";
import { runningServices } from "../../scripts/local/service";
import { stateFolder, type LocalCloudSettings } from "../../scripts/local/settings";
import { terraformConfiguration } from "../../scripts/local/terraform";
import { deployedCloud } from "../../scripts/local/up";
import { describeCloud, settings } from "./local-cloud";

/** The whole run, so that nothing waits for ever. */
const LIMIT_MS = 295_000;

// The repository supports Node 20, and so do the pinned versions of the SDK.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** What the teardown gets. */
export interface Handed {
  e2e?: { readonly cloud: LocalCloud; readonly settings: LocalCloudSettings };
}

/** Starts a cloud of its own and deploys the local stacks into it, before the first test. */
export default async function setup(): Promise<void> {
  const mine = settings({ aws: await freePort(), sagemaker: await freePort(), plainAws: await freePort() });
  const abort = new AbortController();
  const run: Run = { progress: printedProgress((text) => process.stderr.write(text)), abort };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => abort.abort(new Interrupted(signal)));
  setTimeout(() => abort.abort(tooLong()), LIMIT_MS).unref();
  await begin(mine);
  const { cloud, stacks } = await deployedCloud(mine, run);
  (globalThis as Handed).e2e = { cloud, settings: mine };
  abort.signal.addEventListener("abort", () => {
    cloud.kill();
    process.stderr.write(`${(abort.signal.reason as Error).message}\n`);
    process.exit(1);
  });
  const { plainAws = 0 } = mine.ports;
  describeCloud({
    ports: mine.ports,
    address: cloud.address,
    plainAws: `http://127.0.0.1:${plainAws}`,
    terraformConfiguration: await terraformConfiguration(mine, run),
    stacks,
  });
}

/** Makes sure that nobody else is at it, and clears away what a run has left that was killed. */
async function begin(mine: LocalCloudSettings): Promise<void> {
  fs.mkdirSync(mine.folder, { recursive: true });
  const [other] = runningServices(mine.folder, ["run"]);
  if (other !== undefined && other.pid !== process.pid) {
    throw new LocalCloudError({
      where: `${mine.folder}, where the end-to-end tests run,`,
      rule: "be used by one run at a time",
      value: `process ${other.pid}`,
      remedy: "Wait until it has ended, or end it.",
    });
  }
  await dropCloud(mine);
  for (const left of [mine.synthesised, stateFolder(mine)]) fs.rmSync(left, { recursive: true, force: true });
  const record = { name: "run", title: "npm run e2e", pid: process.pid, port: 0, marker: "jest" };
  fs.writeFileSync(path.join(mine.folder, "run.json"), `${JSON.stringify(record)}\n`);
}

const tooLong = (): LocalCloudError =>
  new LocalCloudError({
    where: "npm run e2e",
    rule: `end within ${LIMIT_MS / 1000} s`,
    value: "no end",
    remedy: "Its logs are in .local-cloud/e2e.",
  });

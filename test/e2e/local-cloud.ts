import fs from "node:fs";
import path from "node:path";
import type { CloudAddress } from "../../scripts/local/address";
import type { Run } from "../../scripts/local/context";
import { settingsFrom, type LocalCloudSettings } from "../../scripts/local/settings";
import { workbench, type DeployedStack, type Workbench } from "../../scripts/local/stacks";

/** What the setup of the end-to-end tests tells the tests. */
export interface DeployedCloud {
  readonly ports: LocalCloudSettings["ports"];
  readonly address: CloudAddress;
  /** The same AWS without TLS. */
  readonly plainAws: string;
  readonly terraformConfiguration?: string;
  readonly stacks: readonly DeployedStack[];
}

const ROOT = path.join(__dirname, "../..");
const FOLDER = path.join(ROOT, ".local-cloud", "e2e");
const FILE = path.join(FOLDER, "cloud.json");

/** The local stacks. */
export const STACKS = ["lake-local", "retraining-local"] as const;

/** A cloud apart from the one of `npm run local`: its own folder, state and ports, and never an endpoint of the user's. */
export function settings(ports: LocalCloudSettings["ports"]): LocalCloudSettings {
  const standard = settingsFrom(process.env, ROOT);
  const patience = { ...standard.patience, deployMs: 220_000, destroyMs: 120_000, loopMs: 30_000 };
  return { ...standard, folder: FOLDER, synthesised: path.join(FOLDER, "cdktf.out"), ports, own: {}, patience };
}

export function describeCloud(cloud: DeployedCloud): void {
  fs.writeFileSync(FILE, `${JSON.stringify(cloud)}\n`);
}

/** The cloud that the setup has deployed. */
export const deployedCloud = (): DeployedCloud => JSON.parse(fs.readFileSync(FILE, "utf8")) as DeployedCloud;

/** A stack of the cloud, by its name. */
export function stack(name: (typeof STACKS)[number]): DeployedStack {
  const found = deployedCloud().stacks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no stack ${name}`);
  return found;
}

/** Terraform on the deployed stacks. */
export function bench(): Workbench {
  const { ports, address, terraformConfiguration } = deployedCloud();
  const run: Run = { progress: () => undefined, abort: new AbortController() };
  return workbench(settings(ports), address, terraformConfiguration, run);
}

import fs from "node:fs";
import path from "node:path";
import { cloudAddress, findCloud, SERVICES, type CloudAddress } from "./address";
import { poll, type Run } from "./context";
import { awsAddress, certificateFiles, ministack, moto, sagemakerAddress, type CertificateFiles } from "./emulators";
import { LocalCloudError } from "./failure";
import { assertPortFree } from "./ports";
import { emulatorPython } from "./python";
import { described, runCommand } from "./run-command";
import {
  answers,
  killService,
  logFile,
  runningServices,
  startService,
  stopService,
  waitUntilReady,
  type RunningService,
  type ServiceDefinition,
} from "./service";
import { stateFolder, VARIABLES, type LocalCloudSettings } from "./settings";

/** A local cloud that answers. */
export interface LocalCloud {
  readonly address: CloudAddress;
  /** Ends what this run has started, and forgets the state of the stacks that have gone with it. */
  stop(): Promise<void>;
  /** Ends it at once: for a process that is about to end itself. */
  kill(): void;
  /** Lets it go on when this process ends. */
  leave(): void;
}

/**
 * Makes sure that there is a local cloud: the user's own endpoints, the one that runs already, or a new one.
 *
 * @throws LocalCloudError when it cannot be had; whatever was started is stopped again
 */
export async function raiseCloud(settings: LocalCloudSettings, run: Run): Promise<LocalCloud> {
  fs.mkdirSync(path.join(settings.folder, "tmp"), { recursive: true });
  const existing = findCloud(settings);
  if (existing !== undefined) {
    await assertAnswers(existing, settings, run);
    run.progress(`the local cloud is up already at ${existing.aws}`);
    return cloudOf(existing, [], settings);
  }
  await dropCloud(settings);
  await assertPortsFree(settings);
  return startCloud(settings, await emulatorPython(settings, run), run);
}

/**
 * Stops whatever is recorded, and forgets the state of stacks that have gone with it.
 *
 * @returns the titles of what was running
 */
export async function dropCloud(settings: LocalCloudSettings): Promise<readonly string[]> {
  const { folder, patience } = settings;
  const records = runningServices(folder, SERVICES);
  await Promise.all(records.map((record) => stopService(record, folder, patience.stopMs)));
  if (settings.own.aws === undefined) forgetStacks(settings);
  return records.map(({ title }) => title);
}

async function startCloud(settings: LocalCloudSettings, python: string, run: Run): Promise<LocalCloud> {
  const { folder, own, ports, patience } = settings;
  const aws = own.aws ?? awsAddress(ports.aws);
  const sagemaker = own.sagemaker ?? sagemakerAddress(ports.sagemaker);
  const started: RunningService[] = [];
  try {
    for (const service of await servicesOf(settings, python, sagemaker, run)) {
      started.push(await startService(service, folder, run));
      await waitUntilReady(service, folder, patience.readyMs, run);
      run.progress(
        `${service.title} is ready, its log is ${path.relative(settings.root, logFile(folder, service.name))}`,
      );
    }
    const address = cloudAddress(settings, aws, sagemaker);
    await assertAnswers(address, settings, run);
    return cloudOf(address, started, settings);
  } catch (error) {
    await cloudOf(cloudAddress(settings, aws, sagemaker), started, settings).stop();
    throw error;
  }
}

/** Before anything is installed: a taken port is the quickest thing to find out. */
async function assertPortsFree({ own, ports }: LocalCloudSettings): Promise<void> {
  if (own.aws === undefined) await assertPortFree("MiniStack", ports.aws, VARIABLES.awsPort);
  if (own.sagemaker === undefined) await assertPortFree("moto", ports.sagemaker, VARIABLES.sagemakerPort);
}

/** What has to be started: an endpoint of the user's own replaces its emulator. */
async function servicesOf(
  settings: LocalCloudSettings,
  python: string,
  sagemaker: string,
  run: Run,
): Promise<readonly ServiceDefinition[]> {
  return [
    ...(settings.own.sagemaker === undefined ? [moto(settings, python)] : []),
    ...(settings.own.aws === undefined
      ? [ministack(settings, python, await makeCertificate(settings, python, run), sagemaker)]
      : []),
  ];
}

function cloudOf(address: CloudAddress, started: readonly RunningService[], settings: LocalCloudSettings): LocalCloud {
  const release = (): void => started.forEach((service) => service.release());
  return {
    address,
    stop: async () => {
      release();
      await Promise.all(started.map((one) => stopService(one, settings.folder, settings.patience.stopMs)));
      if (started.some(({ name }) => name === "ministack")) forgetStacks(settings);
    },
    kill: () => {
      release();
      started.forEach(killService);
    },
    leave: release,
  };
}

/** The emulator keeps nothing on disk: the state of its stacks speaks of what no longer exists. */
function forgetStacks(settings: LocalCloudSettings): void {
  const folder = stateFolder(settings);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const file of files.filter((name) => /-local\.tfstate\b/.test(name))) fs.rmSync(path.join(folder, file));
}

async function makeCertificate(
  { root, folder, environment, patience }: LocalCloudSettings,
  python: string,
  { abort }: Run,
): Promise<CertificateFiles & { readonly certificate: string }> {
  const files = certificateFiles(folder);
  const script = path.join(root, "scripts", "local", "certificate.py");
  const outcome = await runCommand(python, [script, files.certificateFile, files.keyFile], {
    cwd: folder,
    environment,
    timeoutMs: patience.questionMs,
    signal: abort.signal,
  });
  if (outcome.kind === "exit" && outcome.code === 0) {
    return { ...files, certificate: fs.readFileSync(files.certificateFile, "utf8") };
  }
  throw new LocalCloudError({
    where: `${python} certificate.py`,
    rule: "write a certificate for 127.0.0.1",
    value: described(outcome, environment),
    remedy: `Remove ${path.dirname(path.dirname(python))}, so that it is made anew.`,
  });
}

/** Asks both endpoints once, a while long. */
async function assertAnswers(
  { aws, sagemaker, certificateFile }: CloudAddress,
  { own, patience }: LocalCloudSettings,
  run: Run,
): Promise<void> {
  const certificate = certificateFile === undefined ? undefined : fs.readFileSync(certificateFile, "utf8");
  const endpoints = [
    { url: aws, certificate, own: own.aws, variable: VARIABLES.awsEndpoint },
    { url: sagemaker, own: own.sagemaker, variable: VARIABLES.sagemakerEndpoint },
  ];
  for (const endpoint of endpoints) {
    const listens = async (): Promise<true | undefined> =>
      (await answers(endpoint.url, endpoint.certificate)) ? true : undefined;
    if (await poll(listens, { timeoutMs: patience.questionMs, everyMs: 200 }, run.abort)) continue;
    throw new LocalCloudError({
      where: endpoint.own === undefined ? endpoint.url : `${endpoint.variable} ${endpoint.url}`,
      rule: "answer over HTTP",
      value: `no answer within ${patience.questionMs / 1000} s`,
      remedy: endpoint.own === undefined ? "Run npm run local:down and try again." : "Start that emulator first.",
    });
  }
}

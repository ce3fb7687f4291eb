import { raiseCloud, type LocalCloud } from "./cloud";
import type { Run } from "./context";
import { demonstrate } from "./demonstrate";
import { deploy } from "./deploy";
import { LocalCloudError } from "./failure";
import type { LocalCloudSettings } from "./settings";
import { workbench, type DeployedStack } from "./stacks";
import { terraformConfiguration, terraformVersion } from "./terraform";

/** The stack whose loop is shown. */
const RETRAINING = "retraining-local";

/** `npm run local`: a cloud, the stacks in it, and an object that becomes a training job. What fails leaves nothing running. */
export async function up(settings: LocalCloudSettings, run: Run): Promise<void> {
  const { cloud, stacks } = await deployedCloud(settings, run);
  try {
    const retraining = stacks.find(({ name }) => name === RETRAINING);
    if (retraining !== undefined) await demonstrate(cloud.address, retraining, settings.patience.loopMs, run);
    run.progress(`AWS is ${cloud.address.aws}, SageMaker is ${cloud.address.sagemaker}; they go on running`);
    run.progress("npm run local:down destroys the stacks and stops them");
    run.abort.signal.throwIfAborted();
    cloud.leave();
  } catch (error) {
    throw await endOf(cloud, error, run);
  }
}

/** A local cloud with the local stacks in it. When it cannot be had, what was started is stopped again. */
export async function deployedCloud(
  settings: LocalCloudSettings,
  run: Run,
): Promise<{ readonly cloud: LocalCloud; readonly stacks: readonly DeployedStack[] }> {
  run.progress(`Terraform ${await terraformVersion(settings, run)}`);
  const configuration = await terraformConfiguration(settings, run);
  const cloud = await raiseCloud(settings, run);
  try {
    return { cloud, stacks: await deploy(workbench(settings, cloud.address, configuration, run)) };
  } catch (error) {
    throw await endOf(cloud, error, run);
  }
}

/** An emulator that dies is seen first by those who speak to it, and a moment later by us. */
const MOMENT_MS = 200;

/** Stops what was started; says why it had to be. */
async function endOf(cloud: LocalCloud, error: unknown, { abort }: Run): Promise<unknown> {
  if (!(error instanceof LocalCloudError)) await new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
  await cloud.stop();
  return abort.signal.aborted ? abort.signal.reason : error;
}

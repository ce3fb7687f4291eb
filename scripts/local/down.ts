import { findCloud } from "./address";
import { dropCloud } from "./cloud";
import type { Run } from "./context";
import { destroy } from "./destroy";
import type { LocalCloudSettings } from "./settings";
import { workbench } from "./stacks";
import { terraformConfiguration } from "./terraform";

/** `npm run local:down`: the stacks go, then the emulators; these go even if the stacks cannot. */
export async function down(settings: LocalCloudSettings, run: Run): Promise<void> {
  const address = findCloud(settings);
  try {
    if (address !== undefined) {
      const configuration = await terraformConfiguration(settings, run);
      await destroy(workbench(settings, address, configuration, run), address);
    }
  } finally {
    const stopped = await dropCloud(settings);
    run.progress(stopped.length === 0 ? "no emulator was running" : `${stopped.join(" and ")} stopped`);
  }
}

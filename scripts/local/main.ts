/** `npm run local` and `npm run local:down`. */
import process from "node:process";
import { printedProgress, type Run } from "./context";
import { down } from "./down";
import { Interrupted, LocalCloudError } from "./failure";
import { settingsFrom, type LocalCloudSettings } from "./settings";
import { up } from "./up";

const COMMANDS: Readonly<Record<string, (settings: LocalCloudSettings, run: Run) => Promise<void>>> = { up, down };

/** Exit codes of a process that a signal has ended: 128 and the number of the signal. */
const EXIT_CODE = { SIGINT: 130, SIGTERM: 143 } as const;

// The repository supports Node 20, and so do the pinned versions of the SDK.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

async function main(name: string): Promise<number> {
  const command = COMMANDS[name];
  if (command === undefined) {
    process.stderr.write(`the command must be ${Object.keys(COMMANDS).join(" or ")}, got ${JSON.stringify(name)}\n`);
    return 2;
  }
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => abort.abort(new Interrupted(signal)));
  }
  const progress = printedProgress((text) => process.stdout.write(text));
  try {
    await command(settingsFrom(process.env, process.cwd()), { progress, abort });
    return 0;
  } catch (error) {
    return report(error, progress);
  }
}

function report(error: unknown, progress: (text: string) => void): number {
  if (error instanceof Interrupted) {
    progress(`${error.message}, everything that was started is stopped`);
    return EXIT_CODE[error.signal];
  }
  if (!(error instanceof LocalCloudError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return 1;
}

void main(process.argv[2] ?? "").then((code) => {
  process.exitCode = code;
});

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Run } from "./context";
import { LocalCloudError } from "./failure";
import { described, runCommand, type CommandOutcome } from "./run-command";
import { VARIABLES, type LocalCloudSettings } from "./settings";

/** What the pinned emulators ask for. https://pypi.org/project/ministack/1.5.33/ */
const MINIMUM_PYTHON = [3, 10] as const;
const PRINT_VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
const REQUIREMENTS = "requirements-local.txt";

/**
 * A virtual environment with the emulators, made only when there is none for these requirements. It is built aside and
 * then renamed, so that an interrupted run leaves no half of one.
 *
 * @returns the path of its Python
 * @throws LocalCloudError when Python is missing or too old, or a package cannot be installed
 */
export async function emulatorPython(settings: LocalCloudSettings, run: Run): Promise<string> {
  const version = await pythonVersion(settings, run);
  const requirements = fs.readFileSync(path.join(settings.root, REQUIREMENTS), "utf8");
  const wanted = createHash("sha256").update(`${version}\n${requirements}`).digest("hex");
  const stamp = path.join(settings.virtualEnvironment, "requirements.sha256");
  const python = path.join(settings.virtualEnvironment, "bin", "python");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) {
    run.progress(`Python ${version}, emulators installed`);
    return python;
  }
  run.progress(`Python ${version}, installing the emulators of ${REQUIREMENTS} into ${shown(settings)} (once)`);
  await install(settings, wanted, run);
  return python;
}

async function pythonVersion(settings: LocalCloudSettings, run: Run): Promise<string> {
  const outcome = await python(settings, settings.python, ["-c", PRINT_VERSION], settings.patience.questionMs, run);
  const version = outcome.kind === "exit" && outcome.code === 0 ? outcome.stdout.trim() : undefined;
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  if (major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1])) return version ?? "";
  throw new LocalCloudError({
    where: settings.python,
    rule: `be Python ${MINIMUM_PYTHON.join(".")} or later`,
    value: version === undefined ? described(outcome, settings.environment) : `Python ${version}`,
    remedy: `Install Python, or name its program in ${VARIABLES.python}; or name running emulators in ${VARIABLES.awsEndpoint} and ${VARIABLES.sagemakerEndpoint}.`,
  });
}

async function install(settings: LocalCloudSettings, stamp: string, run: Run): Promise<void> {
  const { virtualEnvironment, patience, root } = settings;
  const unfinished = `${virtualEnvironment}.${process.pid}`;
  const requirements = path.join(root, REQUIREMENTS);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"];
  try {
    const made = await python(settings, settings.python, ["-m", "venv", unfinished], patience.installMs, run);
    assertInstalled(`${settings.python} -m venv`, made, VENV_REMEDY, settings.environment);
    const inside = path.join(unfinished, "bin", "python");
    const arguments_ = [...pip, "--no-deps", "--requirement", requirements];
    const installed = await python(settings, inside, arguments_, patience.installMs, run);
    assertInstalled(`pip install --requirement ${REQUIREMENTS}`, installed, PIP_REMEDY, settings.environment);
    fs.writeFileSync(path.join(unfinished, "requirements.sha256"), stamp);
    fs.rmSync(virtualEnvironment, { recursive: true, force: true });
    fs.renameSync(unfinished, virtualEnvironment);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
}

const VENV_REMEDY = "On Debian and Ubuntu, install python3-venv.";
const PIP_REMEDY =
  "Check the network, or point PIP_INDEX_URL to an index that can be reached; then run it again, nothing is left behind.";

function assertInstalled(where: string, outcome: CommandOutcome, remedy: string, environment: NodeJS.ProcessEnv): void {
  if (outcome.kind === "exit" && outcome.code === 0) return;
  throw new LocalCloudError({ where, rule: "succeed", value: described(outcome, environment), remedy });
}

function python(
  { root, environment }: LocalCloudSettings,
  program: string,
  args: readonly string[],
  timeoutMs: number,
  { abort }: Run,
): Promise<CommandOutcome> {
  return runCommand(program, args, { cwd: root, environment, timeoutMs, signal: abort.signal });
}

const shown = ({ root, virtualEnvironment }: LocalCloudSettings): string => path.relative(root, virtualEnvironment);

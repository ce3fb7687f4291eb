import path from "node:path";
import { LocalCloudError, type Problem } from "./failure";

/** How long each step may take, in milliseconds. */
export interface Patience {
  /** A question to a program: its version, its outputs. */
  readonly questionMs: number;
  /** The virtual environment and its packages. */
  readonly installMs: number;
  /** From the start of an emulator to its first answer. */
  readonly readyMs: number;
  readonly deployMs: number;
  readonly destroyMs: number;
  /** From a polite request to end until the end is enforced. */
  readonly stopMs: number;
  /** From an uploaded object to its training job. */
  readonly loopMs: number;
}

const PATIENCE: Patience = {
  questionMs: 60_000,
  installMs: 300_000,
  readyMs: 60_000,
  deployMs: 600_000,
  destroyMs: 300_000,
  stopMs: 8_000,
  loopMs: 60_000,
};

/** What the local cloud is made from. Every path is absolute. */
export interface LocalCloudSettings {
  /** The project: `cdktf.json`, `requirements-local.txt`. */
  readonly root: string;
  /** Processes, logs and the certificate of this cloud. */
  readonly folder: string;
  /** Python's virtual environment, shared by all local clouds of the project. */
  readonly virtualEnvironment: string;
  /** Where `cdktf deploy` synthesises to; the state of the stacks lies beside it. */
  readonly synthesised: string;
  /** The environment of the user. */
  readonly environment: NodeJS.ProcessEnv;
  readonly python: string;
  readonly terraform: string;
  /** Folder with a `plan.mjs` that offers a provider mirror, where there is no other. */
  readonly realProviders: string;
  readonly ports: { readonly aws: number; readonly sagemaker: number; readonly plainAws?: number };
  /** Endpoints of the user's own; nothing is started in their place. */
  readonly own: { readonly aws?: string; readonly sagemaker?: string };
  readonly patience: Patience;
}

/** Variables that change where the local cloud is found. */
export const VARIABLES = {
  awsEndpoint: "CLOUD_CONDUCTOR_AWS_ENDPOINT",
  sagemakerEndpoint: "CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT",
  awsPort: "CLOUD_CONDUCTOR_AWS_PORT",
  sagemakerPort: "CLOUD_CONDUCTOR_SAGEMAKER_PORT",
  python: "CLOUD_CONDUCTOR_PYTHON",
  deploySeconds: "CLOUD_CONDUCTOR_DEPLOY_SECONDS",
} as const;

/**
 * The settings of the cloud of `npm run local`.
 *
 * @throws LocalCloudError that names every variable with an impossible value
 */
export function settingsFrom(environment: NodeJS.ProcessEnv, root: string): LocalCloudSettings {
  const problems: Problem[] = [];
  const settings = {
    root,
    folder: path.join(root, ".local-cloud"),
    virtualEnvironment: path.join(root, ".local-cloud", "venv"),
    synthesised: path.join(root, "cdktf.out"),
    environment,
    python: valueOf(environment, VARIABLES.python) ?? "python3",
    terraform: valueOf(environment, "TERRAFORM_BINARY_NAME") ?? "terraform",
    realProviders: path.resolve(root, valueOf(environment, "REAL_PROVIDERS") ?? "../shared/real-providers"),
    ports: {
      aws: number(environment, VARIABLES.awsPort, [1, 65_535], 4566, problems),
      sagemaker: number(environment, VARIABLES.sagemakerPort, [1, 65_535], 5005, problems),
    },
    own: {
      aws: endpoint(environment, VARIABLES.awsEndpoint, problems),
      sagemaker: endpoint(environment, VARIABLES.sagemakerEndpoint, problems),
    },
    patience: {
      ...PATIENCE,
      deployMs: 1000 * number(environment, VARIABLES.deploySeconds, [1, 3600], PATIENCE.deployMs / 1000, problems),
    },
  };
  if (problems.length > 0) throw new LocalCloudError(...problems);
  return settings;
}

/** Where Terraform keeps the state of a stack: `../../../.terraform-state` of its synthesised folder. */
export const stateFolder = (settings: LocalCloudSettings): string =>
  path.join(path.dirname(settings.synthesised), ".terraform-state");

/** The file with the state of a stack. */
export const stateFile = (settings: LocalCloudSettings, stack: string): string =>
  path.join(stateFolder(settings), `${stack}.tfstate`);

function valueOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}

function number(
  environment: NodeJS.ProcessEnv,
  name: string,
  [minimum, maximum]: readonly [number, number],
  standard: number,
  problems: Problem[],
): number {
  const value = valueOf(environment, name);
  if (value === undefined) return standard;
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= minimum && parsed <= maximum) return parsed;
  const rule = `be a whole number from ${minimum} to ${maximum}`;
  problems.push({ where: name, rule, value: JSON.stringify(value), remedy: `Without it, it is ${standard}.` });
  return standard;
}

function endpoint(environment: NodeJS.ProcessEnv, name: string, problems: Problem[]): string | undefined {
  const value = valueOf(environment, name);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && !isAws(url)) return url.origin;
  problems.push({
    where: name,
    rule: "be the http or https address of an emulator, never one of AWS itself",
    value: JSON.stringify(value),
    remedy: "Without it, `npm run local` starts an emulator of its own.",
  });
  return undefined;
}

const isAws = ({ hostname }: URL): boolean => /(^|\.)(amazonaws\.com(\.cn)?|aws\.dev|api\.aws)$/.test(hostname);

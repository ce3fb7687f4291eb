import { TerraformStack, type TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { literal, matching, object } from "./checks";
import { ConstructValidationError } from "./errors";
import type { IncidentRoute } from "./incident-route";
import { AWS_REGION } from "./regions";
import { tagProblems, type Tags } from "./tags";

/** Where a stack stands, as plain data. What a construct needs and nobody declared is an error that names it. */
export interface Environment {
  /** Short name: `dev`, `staging`, `prod`. */
  readonly name: string;
  /** Tags of everything below, see {@link Tags}. */
  readonly tags?: Tags;
  /** The environment's key to removing data; the construct's own `dataRemoval` is the other one. */
  readonly dataRemoval: "kept" | "allowed";
  /** 12 digits, and a region such as `eu-west-1`. */
  readonly aws?: { readonly accountId: string; readonly region: string };
  /** A project by id and by number (digits), and a region such as `us-central1`. */
  readonly google?: { readonly projectId: string; readonly projectNumber: string; readonly region: string };
  /** A subscription (UUID), a resource group that exists, a location such as `westeurope`, and where needed the Entra tenant (UUID). */
  readonly azure?: {
    readonly subscriptionId: string;
    readonly resourceGroupName: string;
    readonly location: string;
    /** Of those who may use keys and secrets. @default - not known; what needs it says so */
    readonly tenantId?: string;
  };
}

/** What a stack adds to its environment: objects instead of data. */
export interface EnvironmentOptions {
  /** Whom the alarms below tell. @default - alarms have no actions */
  readonly route?: IncidentRoute;
  /** @default - the stack's default provider */
  readonly awsProvider?: TerraformProvider;
  /** @default - the stack's default provider */
  readonly azurermProvider?: TerraformProvider;
  /** @default - the stack's default provider */
  readonly googleProvider?: TerraformProvider;
}

interface EnvironmentUse {
  readonly environment: Environment;
  readonly options: EnvironmentOptions;
}

const USE = Symbol.for("cloud-conductor.environment");

/**
 * Declares the environment of a stack or of any subtree; the nearest declaration counts. Constructs read it when they
 * are made, so it is declared before them.
 *
 * @throws ConstructValidationError when a value is none that its cloud could have
 */
export function useEnvironment(scope: IConstruct, environment: Environment, options: EnvironmentOptions = {}): void {
  const problems = environmentProblems(environment);
  if (problems.length > 0) throw new ConstructValidationError(scope.node.path, problems);
  Object.defineProperty(scope, USE, { value: { environment, options } satisfies EnvironmentUse, configurable: true });
}

/** Literal facts by their place in {@link Environment}: names, policies and tags are made of them. */
const FACTS: readonly (readonly [path: string, pattern: RegExp, rule: string])[] = [
  ["name", /^[\w-]{1,63}$/, "1-63 letters, digits, underscores or hyphens"],
  ["dataRemoval", /^(kept|allowed)$/, 'one of "kept", "allowed"'],
  ["aws.accountId", /^\d{12}$/, "12 digits"],
  ["aws.region", AWS_REGION.pattern, AWS_REGION.rule],
  ["google.projectId", /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "6-30 lower-case letters, digits or hyphens, a letter first"],
  ["google.projectNumber", /^\d+$/, "digits"],
  ["google.region", /^[a-z]+(-[a-z]+)*\d*$/, "a location such as us-central1"],
  ["azure.subscriptionId", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a UUID"],
  [
    "azure.resourceGroupName",
    /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u,
    "1-90 letters, digits or any of _().- without a dot last",
  ],
  ["azure.location", /^[a-z]+\d*$/, "a location such as westeurope"],
  ["azure.tenantId", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a UUID"],
];
/** What few constructs need, so that an environment may leave it out. */
const OPTIONAL_FACTS: readonly string[] = ["azure.tenantId"];

function environmentProblems(environment: Environment): readonly string[] {
  const shape = object("environment", environment);
  if (shape.length > 0) return shape;
  const clouds = (["aws", "google", "azure"] as const).filter((cloud) => environment[cloud] !== undefined);
  const wrong = clouds.flatMap((cloud) => object(`environment.${cloud}`, environment[cloud]));
  const facts = FACTS.filter(([path]) => !path.includes(".") || clouds.some((cloud) => path.startsWith(`${cloud}.`)));
  if (wrong.length > 0) return wrong;
  return facts
    .flatMap(([path, pattern, rule]) => factProblems(environment, path, pattern, rule))
    .concat(tagProblems("environment.tags", environment.tags));
}

function factProblems(environment: Environment, path: string, pattern: RegExp, rule: string): readonly string[] {
  const value = path
    .split(".")
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], environment);
  if (value === undefined && OPTIONAL_FACTS.includes(path)) return [];
  const at = `environment.${path}`;
  return [...literal(at, value), ...matching(at, value, pattern, rule)];
}

const nearestUse = (scope: IConstruct): EnvironmentUse | undefined =>
  [...scope.node.scopes].reverse().flatMap((one) => {
    const use = Reflect.get(one, USE) as EnvironmentUse | undefined;
    return use ? [use] : [];
  })[0];

/** The nearest environment, if any stack or subtree declared one. */
export const environmentOf = (scope: IConstruct): Environment | undefined => nearestUse(scope)?.environment;

/** The route of the nearest environment. */
export const routeOf = (scope: IConstruct): IncidentRoute | undefined => nearestUse(scope)?.options.route;

/**
 * A fact of the environment that a construct cannot do without.
 *
 * @param fact its place in {@link Environment}, such as `azure.resourceGroupName`
 * @throws ConstructValidationError when no environment declares it
 */
export function environmentFact(
  scope: IConstruct,
  fact: string,
  read: (environment: Environment) => string | undefined,
): string {
  const environment = environmentOf(scope);
  const value = environment && read(environment);
  if (value !== undefined) return value;
  const got = environment ? `an environment "${environment.name}" without it` : "no environment";
  throw new ConstructValidationError(scope.node.path, [
    `environment.${fact} must be declared with useEnvironment(…) on the stack or above the construct, got ${got}`,
  ]);
}

const PROVIDER_OPTION = { aws: "awsProvider", azure: "azurermProvider", google: "googleProvider" } as const;

/** The provider that the nearest environment names for a cloud. */
export const environmentProvider = (
  scope: IConstruct,
  cloud: keyof typeof PROVIDER_OPTION,
): TerraformProvider | undefined => nearestUse(scope)?.options[PROVIDER_OPTION[cloud]];

/** The stack of a construct, by id. */
export const stackId = (scope: IConstruct): string => TerraformStack.of(scope).node.id;

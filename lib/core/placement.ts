import { TerraformStack, type TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { problem } from "./checks";
import { environmentProvider } from "./environment";

/** The clouds the library speaks to. */
export type Cloud = "aws" | "azure" | "google";

/** Where one construct stands; wins over the environment and does not count to a construct's own props. */
export interface PlacementProps {
  /** @default - the provider of the environment, else the stack's default one */
  readonly provider?: TerraformProvider;
}

/** AWS can place each resource in a region of its own (provider aws 6). */
export interface AwsPlacementProps extends PlacementProps {
  /** Region of this construct's resources, such as `us-west-2`. @default - the provider's region */
  readonly region?: string;
}

interface Placement {
  readonly region?: string;
  readonly provider?: TerraformProvider;
}

const PLACE = Symbol.for("cloud-conductor.placement");

/**
 * Records where a construct stands, for {@link placed}, and answers with what is wrong with it:
 * a provider of another stack would be written into this one as an unknown alias.
 */
export function place(scope: IConstruct, cloud: Cloud, props: AwsPlacementProps): string[] {
  const provider = props.provider ?? environmentProvider(scope, cloud);
  const region = props.region === undefined ? {} : { region: props.region };
  const placement: Placement = provider === undefined ? region : { ...region, provider };
  Object.defineProperty(scope, PLACE, { value: placement });
  const own = TerraformStack.of(scope);
  if (provider === undefined || TerraformStack.of(provider) === own) return [];
  return [problem("provider", `a provider of stack "${own.node.id}"`, provider.node.path)];
}

const placementOf = (scope: IConstruct): Placement => (Reflect.get(scope, PLACE) ?? {}) as Placement;

/** A child's configuration with the construct's provider and, where one was given, its region. */
export const placed = <T extends object>(scope: IConstruct, config: T): T & Placement => ({
  ...config,
  ...placementOf(scope),
});

/** As {@link placed}, for resources without a region (IAM and every resource of Azure and Google). */
export function placedGlobally<T extends object>(scope: IConstruct, config: T): T & Pick<Placement, "provider"> {
  const { provider } = placementOf(scope);
  return provider === undefined ? config : { ...config, provider };
}

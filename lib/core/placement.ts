import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { given, matching, problem } from "./checks";
import { environmentProvider } from "./environment";
import { AWS_REGION } from "./regions";

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

/** A construct's own region and provider; what is missing is the provider's region and the stack's default provider. */
export interface Placement {
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
  return [
    ...given(props.region, (value) => matching("region", value, AWS_REGION.pattern, AWS_REGION.rule)),
    ...given(provider, (value) => providerProblems(scope, cloud, value)),
  ];
}

/** A provider's local name in Terraform: the type of every one of its resources begins with it. */
const PROVIDER_TYPE: Record<Cloud, string> = { aws: "aws", azure: "azurerm", google: "google" };

function providerProblems(scope: IConstruct, cloud: Cloud, provider: unknown): readonly string[] {
  const type = PROVIDER_TYPE[cloud];
  if (!TerraformProvider.isTerraformProvider(provider) || provider.terraformResourceType !== type)
    return [problem("provider", `a provider of type ${type}`, provider)];
  const own = TerraformStack.of(scope);
  return TerraformStack.of(provider) === own
    ? []
    : [problem("provider", `a provider of stack "${own.node.id}"`, provider)];
}

/** Where a construct stands, as {@link place} recorded it: what a construct that belongs beside another one takes over. */
export const placementOf = (scope: IConstruct): Placement => (Reflect.get(scope, PLACE) ?? {}) as Placement;

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

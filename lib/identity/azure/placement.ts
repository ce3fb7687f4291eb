import type { IConstruct } from "constructs";
import { given, text } from "../../core/checks";
import { environmentFact } from "../../core/environment";
import { place, type PlacementProps } from "../../core/placement";

/** Where a construct of Azure stands; wins over the environment and does not count to its own props. */
export interface AzurePlacementProps extends PlacementProps {
  /** @default - the environment's resource group */
  readonly resourceGroupName?: string;
  /** Such as `westeurope`. @default - the environment's location */
  readonly location?: string;
}

/** Resource group and location as every resource of Azure takes them. */
export interface AzurePlace {
  readonly resourceGroupName: string;
  readonly location: string;
}

/** Records the provider of a construct and answers with what is wrong with where it is to stand. */
export const placeInAzure = (scope: IConstruct, props: AzurePlacementProps): string[] => [
  ...place(scope, "azure", props),
  ...given(props.resourceGroupName, (name) => text("resourceGroupName", name)),
  ...given(props.location, (location) => text("location", location)),
];

/**
 * The resource group and location of a construct.
 *
 * @throws ConstructValidationError when neither the props nor the environment say one
 */
export const azurePlace = (scope: IConstruct, { resourceGroupName, location }: AzurePlacementProps): AzurePlace => ({
  resourceGroupName:
    resourceGroupName ??
    environmentFact(scope, "azure.resourceGroupName", (environment) => environment.azure?.resourceGroupName),
  location: location ?? environmentFact(scope, "azure.location", (environment) => environment.azure?.location),
});

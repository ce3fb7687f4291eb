import { DataFactoryManagedPrivateEndpoint } from "@cdktf/provider-azurerm/lib/data-factory-managed-private-endpoint";
import type { Construct } from "constructs";
import { physicalName, stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { PART_NAME } from "./factory-name";

/** What a private endpoint leads to. */
export interface PrivateTarget {
  /** Construct path or resource id, literal: there is one endpoint for each. */
  readonly name: string;
  readonly resourceId: string;
  /** The part of the resource, such as `dfs` of a storage account. */
  readonly part: string;
}

/** The private endpoints of a factory's managed network, one a target. Each waits until the target's owner approves of it. */
export class PrivateEndpoints {
  private readonly endpoints = new Map<string, DataFactoryManagedPrivateEndpoint>();

  public constructor(
    private readonly factory: Construct,
    private readonly factoryId: string,
  ) {}

  /** The endpoint of a target, made when it is first asked for. */
  public to({ name, resourceId, part }: PrivateTarget): DataFactoryManagedPrivateEndpoint {
    const id = `Private-${part}-${stableHash(name)}`;
    const known = this.endpoints.get(id);
    if (known) return known;
    const endpoint = new DataFactoryManagedPrivateEndpoint(
      this.factory,
      id,
      placedGlobally(this.factory, {
        name: physicalName(this.factory, PART_NAME, id),
        dataFactoryId: this.factoryId,
        targetResourceId: resourceId,
        subresourceName: part,
      }),
    );
    this.endpoints.set(id, endpoint);
    return endpoint;
  }
}

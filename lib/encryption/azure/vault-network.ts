import { having, list, matching, problem, text } from "../../core/checks";
import { PUBLIC_RANGE } from "../../identity/azure/public-range";

/** From where the public address of a vault can be reached; entries may be tokens. */
export interface VaultNetworks {
  /** Public IPv4 addresses or ranges such as `203.0.113.0/24`. @default - none */
  readonly ipRanges?: readonly string[];
  /** Resource ids of subnets with the service endpoint Microsoft.KeyVault. @default - none */
  readonly subnetIds?: readonly string[];
}

/** From where the keys of a vault can be reached. There is no way to open it to everybody. */
export class VaultNetwork {
  /** Through private endpoints alone; Azure's own services, such as Storage, are let through. */
  public static closed(): VaultNetwork {
    return new VaultNetwork(false, {});
  }

  /** Through its public address too, from these networks alone: whoever deploys keys is in one of them. */
  public static selected(networks: VaultNetworks): VaultNetwork {
    return new VaultNetwork(true, networks);
  }

  private constructor(
    public readonly isPublic: boolean,
    public readonly networks: VaultNetworks,
  ) {}
}

const RULE = "VaultNetwork.closed() or VaultNetwork.selected({ ipRanges, subnetIds })";

/** The problems of a network prop. */
export function vaultNetworkProblems(path: string, network: VaultNetwork): string[] {
  const shape = having(path, network, "networks", RULE);
  if (shape.length > 0 || !network.isPublic) return shape;
  const { ipRanges = [], subnetIds = [] } = network.networks;
  const entries = [
    ...list(`${path}.ipRanges`, ipRanges, (range, at) => matching(at, range, PUBLIC_RANGE.pattern, PUBLIC_RANGE.rule)),
    ...list(`${path}.subnetIds`, subnetIds, (id, at) => text(at, id)),
  ];
  if (entries.length > 0 || ipRanges.length + subnetIds.length > 0) return entries;
  return [problem(path, "selected with at least one range or subnet, or closed", "none")];
}

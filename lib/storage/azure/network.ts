import { having, list, matching, problem, text } from "../../core/checks";
import { PUBLIC_RANGE } from "../../identity/azure/public-range";

/** From where a public endpoint can be reached; entries may be tokens. */
export interface SelectedNetworks {
  /** Public IPv4 addresses or ranges such as `203.0.113.0/24`. @default - none */
  readonly ipRanges?: readonly string[];
  /** Resource ids of subnets with the service endpoint Microsoft.Storage. @default - none */
  readonly subnetIds?: readonly string[];
}

/** From where the data of a storage account can be reached. There is no way to open it to everybody. */
export class StorageNetwork {
  /** Through private endpoints alone: the account has no public address. */
  public static closed(): StorageNetwork {
    return new StorageNetwork(false, {});
  }

  /** Through its public address too, from these networks alone. */
  public static selected(networks: SelectedNetworks): StorageNetwork {
    return new StorageNetwork(true, networks);
  }

  private constructor(
    public readonly isPublic: boolean,
    public readonly networks: SelectedNetworks,
  ) {}
}

/** https://learn.microsoft.com/azure/storage/common/storage-network-security */
const MOST_ENTRIES = 400;

/** The problems of a network prop. */
export function networkProblems(path: string, network: StorageNetwork): string[] {
  const rule = "StorageNetwork.closed() or StorageNetwork.selected({ ipRanges, subnetIds })";
  const shape = having(path, network, "networks", rule);
  if (shape.length > 0 || !network.isPublic) return shape;
  const { ipRanges = [], subnetIds = [] } = network.networks;
  const entries = [
    ...list(`${path}.ipRanges`, ipRanges, (range, at) => matching(at, range, PUBLIC_RANGE.pattern, PUBLIC_RANGE.rule)),
    ...list(`${path}.subnetIds`, subnetIds, (id, at) => text(at, id)),
  ];
  if (entries.length > 0) return entries;
  const count = ipRanges.length + subnetIds.length;
  if (count === 0) return [problem(path, "selected with at least one range or subnet, or closed", "none")];
  const many = Math.max(ipRanges.length, subnetIds.length);
  return many > MOST_ENTRIES ? [problem(path, `at most ${String(MOST_ENTRIES)} entries of a kind`, many)] : [];
}

import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { having, isToken, oneOf, problem, text } from "../../core/checks";

/** How soon what is written into one region of a pair is in the other one. https://cloud.google.com/storage/docs/availability-durability */
export const DualRegionReplication = {
  /** Most objects within an hour, all within twelve. */
  DEFAULT: "DEFAULT",
  /** All within 15 minutes; billed by the gigabyte. */
  TURBO: "ASYNC_TURBO",
} as const;
export type DualRegionReplication = (typeof DualRegionReplication)[keyof typeof DualRegionReplication];

/** Regions in which two make a pair, by what their names begin with. https://cloud.google.com/storage/docs/locations#location-dr */
const CONTINENTS = [
  { begins: /^us-/, location: "US" },
  { begins: /^europe-/, location: "EU" },
  { begins: /^asia-/, location: "ASIA" },
] as const;

/** Where a bucket keeps its objects; it stays there for ever. */
export class BucketLocation {
  /** One region: the shortest way for what is computed there, and the most writes. */
  public static region(region: string): BucketLocation {
    return new BucketLocation(region);
  }

  /** Several regions of a continent that Google chooses: `US`, `EU`, `ASIA`; or one of its own pairs, such as `NAM4`. */
  public static multiRegion(location: string): BucketLocation {
    return new BucketLocation(location);
  }

  /** Two regions of one continent: either may fail as a whole, and nothing has to be switched over. */
  public static dualRegion(
    one: string,
    other: string,
    { replication = DualRegionReplication.DEFAULT }: { readonly replication?: DualRegionReplication } = {},
  ): BucketLocation {
    const continent = CONTINENTS.find(({ begins }) => [one, other].every((region) => begins.test(region)));
    return new BucketLocation(continent?.location ?? "", [one, other], replication);
  }

  private constructor(
    /** As Cloud Storage takes it. */
    public readonly location: string,
    /** The two regions of a pair. */
    public readonly regions?: readonly [string, string],
    public readonly replication?: DualRegionReplication,
  ) {}
}

/** The problems of a place. */
export function locationProblems(location: string | BucketLocation): readonly string[] {
  if (isToken(location) || typeof location === "string") return text("location", location);
  const shape = having("location", location, "location", "a region by name, or a BucketLocation");
  if (shape.length > 0) return shape;
  const { regions, replication } = location;
  if (regions === undefined) return text("location", location.location);
  const paired = location.location !== "" && regions[0] !== regions[1];
  const rule = "two different regions whose names both begin with us-, europe- or asia-";
  return [
    ...(paired ? [] : [problem("location", rule, regions.join(", "))]),
    ...oneOf("location.replication", replication, Object.values(DualRegionReplication)),
  ];
}

/** A pair as the bucket says it, in capitals, as Cloud Storage answers. */
export function placementOf(
  location: string | BucketLocation | undefined,
): Pick<StorageBucketConfig, "customPlacementConfig" | "rpo"> {
  if (location === undefined || typeof location === "string" || location.regions === undefined) return {};
  const dataLocations = location.regions.map((region) => region.toUpperCase());
  return { customPlacementConfig: { dataLocations }, rpo: location.replication };
}

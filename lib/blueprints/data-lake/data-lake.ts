import { Construct } from "constructs";
import type { DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import type { Cloud } from "../../core/placement";
import type { Tags } from "../../core/tags";
import type { LifecycleRule } from "../../storage/lifecycle";
import type { NoncurrentVersions } from "../../storage/noncurrent";
import type { Transition } from "../../storage/transitions";
import type { ObjectRetention } from "../../storage/retention";
import { ZONE_LIFECYCLE, ZONES, type Zone } from "../../storage/zones";
import type { CloudNames, LakeCloud, PerZone, ZoneBucketProps, ZoneCopy } from "./lake-cloud";
import { lakeProblems } from "./problems";

/** One zone of a lake: `raw: { expireAfterDays: 90 }`. */
export interface ZoneProps<Names extends Cloud = Cloud> {
  /** Clouds of the lake that have the zone. @default - all of them */
  readonly on?: readonly Names[];
  /** Moves to colder tiers. @default - the zone's own, as far as they come before the expiry */
  readonly transitions?: readonly Transition[];
  /** Days until an object is removed; its last version then stays as a noncurrent one. @default - the zone's own, for most never */
  readonly expireAfterDays?: number;
  /** What happens to versions that were replaced or deleted. @default - the zone's own */
  readonly noncurrentVersions?: NoncurrentVersions;
  /**
   * How long nobody can remove or change what was written. It belongs to a bucket from its beginning on, and nothing may
   * expire before: a zone with an expiry of its own says a later one. @default - not at all
   */
  readonly retention?: ObjectRetention;
  /** Copies from the first of the zone's clouds to others of them. @default - none */
  readonly copies?: readonly ZoneCopy<Names>[];
}

type Zones<Names extends Cloud> = Partial<Readonly<Record<Zone, ZoneProps<Names>>>>;

/** A misspelt zone, or a misspelt prop of one, does not compile. */
type Known<Given> = {
  readonly [Z in keyof Given]: Z extends Zone
    ? { readonly [P in keyof Given[Z]]: P extends keyof ZoneProps ? Given[Z][P] : never }
    : never;
};

/** A lake: zones on clouds. */
export interface DataLakeProps<Clouds extends readonly LakeCloud[], Given> extends DataRemovalProps {
  /** `[onAws({ name: "acme" }), onGoogle({ name: "acme" })]`; each once, where data comes in first. */
  readonly clouds: Clouds;
  /** The zones that there are, each with what is different from its own meaning: `{ raw: {}, curated: {} }`. */
  readonly zones: Given & Known<Given>;
  /** Of every bucket, which also says its zone. @default - the environment's tags */
  readonly tags?: Tags;
}

/** A data lake on one cloud or several: a bucket for each zone on each cloud, all with one meaning. */
export class DataLake<
  const Clouds extends readonly LakeCloud[],
  const Given extends Zones<CloudNames<Clouds>>,
> extends Construct {
  /** `lake.buckets.aws.raw`, in the class of its cloud. */
  public readonly buckets: PerZone<Clouds, Given>;
  /** `lake.paths.aws.raw`, as engines take it: `s3://…/`, `abfss://…@….dfs.core.windows.net/`, `gs://…/`. */
  public readonly paths: PerZone<Clouds, Given, string>;
  /**
   * The paths by logical names, for outputs, parameters and variables: `raw_data` on the first cloud that has the zone,
   * `raw_data_google` on another one.
   */
  public readonly logicalPaths: Readonly<Record<string, string>>;

  public constructor(scope: Construct, id: string, props: DataLakeProps<Clouds, Given>) {
    super(scope, id);
    assertValid(this, lakeProblems(props));
    const placed = props.clouds.map((cloud) => this.placeOn(cloud, props));
    this.buckets = byCloud(placed, ({ bucket }) => bucket) as PerZone<Clouds, Given>;
    this.paths = byCloud(placed, ({ path }) => path) as PerZone<Clouds, Given, string>;
    this.logicalPaths = logicalPathsOf(placed);
    for (const zone of ZONES) copyZone(zone, (props.zones as Zones<Cloud>)[zone]?.copies ?? [], placed);
    for (const { cloud, scope: on } of placed) cloud.publish?.(on, this.logicalPaths);
  }

  private placeOn(cloud: LakeCloud, { zones, ...props }: DataLakeProps<Clouds, Given>): OnCloud {
    const scope = new Construct(this, cloud.cloud);
    const given: Zones<Cloud> = zones;
    const here = ZONES.filter((zone) => given[zone] && (given[zone].on ?? [cloud.cloud]).includes(cloud.cloud));
    return {
      cloud,
      scope,
      zones: here.map((zone) => {
        const bucket = cloud.buckets?.[zone] ?? cloud.bucket(scope, zone, bucketProps(zone, given[zone] ?? {}, props));
        return { zone, bucket, path: cloud.pathOf(bucket) };
      }),
    };
  }
}

interface OnCloud {
  readonly cloud: LakeCloud;
  readonly scope: Construct;
  readonly zones: readonly PlacedZone[];
}

interface PlacedZone {
  readonly zone: Zone;
  readonly bucket: Construct;
  readonly path: string;
}

/** What opens a bucket stands with the bucket, what copies with the copy. */
function copyZone(zone: Zone, copies: readonly ZoneCopy[], placed: readonly OnCloud[]): void {
  const there = placed.flatMap(({ cloud, scope, zones }) =>
    zones.filter((one) => one.zone === zone).map(({ bucket }) => ({ cloud, scope, bucket })),
  );
  const [source] = there;
  for (const { to, everyHours } of copies) {
    const target = there.find(({ cloud }) => cloud.cloud === to);
    const transfers = target?.cloud.transfers;
    if (!source || !target || !transfers) continue;
    const from = source.cloud.openToGoogle?.(source.scope, zone, source.bucket, transfers.subjectId);
    if (from) transfers.copy(target.scope, { zone, from, destination: target.bucket, everyHours });
  }
}

const byCloud = (placed: readonly OnCloud[], read: (zone: PlacedZone) => unknown): object =>
  Object.fromEntries(
    placed.map(({ cloud, zones }) => [cloud.cloud, Object.fromEntries(zones.map((zone) => [zone.zone, read(zone)]))]),
  );

/** Clouds come in the order of the props, so a cloud that is added at the end changes no name. */
function logicalPathsOf(placed: readonly OnCloud[]): Readonly<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const { cloud, zones } of placed)
    for (const { zone, path } of zones) {
      const name = `${zone}_data`;
      paths[name in paths ? `${name}_${cloud.cloud}` : name] = path;
    }
  return paths;
}

function bucketProps(
  zone: Zone,
  props: ZoneProps,
  { dataRemoval, tags }: Pick<ZoneBucketProps, "dataRemoval"> & { readonly tags?: Tags },
): ZoneBucketProps {
  const own = ZONE_LIFECYCLE[zone];
  const { expireAfterDays = own.expireAfterDays, noncurrentVersions = own.noncurrentVersions } = props;
  const before = own.transitions.filter(({ afterDays }) => afterDays < (expireAfterDays ?? Infinity));
  const rule: LifecycleRule = { transitions: props.transitions ?? before, expireAfterDays };
  const ages = expireAfterDays !== undefined || (rule.transitions ?? []).length > 0;
  const lifecycle = ages ? [rule] : [];
  return { lifecycle, noncurrentVersions, retention: props.retention, tags: tags ?? {}, dataRemoval };
}

import type { Construct } from "constructs";
import type { Cloud } from "../../core/placement";
import type { BucketProps } from "../../storage/bucket";
import type { Zone } from "../../storage/zones";

/** What a zone means to the bucket that holds it, whatever the cloud. */
export type ZoneBucketProps = Required<Pick<BucketProps, "lifecycle" | "noncurrentVersions" | "tags">> &
  Pick<BucketProps, "retention" | "dataRemoval">;

/** A cloud that a lake stands on: `onAws(…)`, `onAzure(…)`, `onGoogle(…)`. It brings its provider, so that the lake needs none. */
export interface LakeCloud<N extends Cloud = Cloud, B extends Construct = Construct> {
  readonly cloud: N;
  /** Buckets that are there already, each as one zone; they keep their own lifecycle. */
  readonly buckets?: Partial<Readonly<Record<Zone, B>>>;
  /** Makes the bucket of a zone. */
  bucket(scope: Construct, zone: Zone, props: ZoneBucketProps): B;
  /** Where engines find a bucket: `s3://acme-raw-dev/`. */
  pathOf(bucket: B): string;
  /** Tells others where the zones are. */
  publish?(scope: Construct, paths: Readonly<Record<string, string>>): void;
}

/** Names of a lake's clouds. */
export type CloudNames<Clouds extends readonly LakeCloud[]> = Clouds[number]["cloud"];

/** The clouds of a zone: those it is said to be on, otherwise all. */
type CloudsOf<Props, Names> = Props extends { readonly on: readonly (infer On)[] } ? On : Names;

/** A value for each zone of each cloud, `aws.raw`; where the clouds are chosen by data, a cloud may be missing. */
export type PerZone<Clouds extends readonly LakeCloud[], Zones, Value = undefined> = number extends Clouds["length"]
  ? Partial<AllZones<Clouds, Zones, Value>>
  : AllZones<Clouds, Zones, Value>;

type AllZones<Clouds extends readonly LakeCloud[], Zones, Value> = {
  readonly [C in Clouds[number] as C["cloud"]]: {
    readonly [Z in keyof Zones as C["cloud"] extends CloudsOf<Zones[Z], CloudNames<Clouds>> ? Z : never]: [
      Value,
    ] extends [undefined]
      ? ReturnType<C["bucket"]>
      : Value;
  };
};

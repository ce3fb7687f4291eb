import type { Construct } from "constructs";
import type { Cloud } from "../../core/placement";
import type { S3TransferTrust } from "../../replication/references";
import type { BucketProps } from "../../storage/bucket";
import type { AwsBucketRef } from "../../storage/references";
import type { Zone } from "../../storage/zones";

/** What a zone means to the bucket that holds it, whatever the cloud. */
export type ZoneBucketProps = Required<Pick<BucketProps, "lifecycle" | "noncurrentVersions" | "tags">> &
  Pick<BucketProps, "retention" | "dataRemoval">;

/** A copy of a zone on another cloud: `{ to: "google", everyHours: 1 }`. */
export interface ZoneCopy<Names extends Cloud = Cloud> {
  readonly to: Names;
  /** 1, 2, 3, 4, 6, 8, 12 or 24. */
  readonly everyHours: number;
}

/** A bucket that is opened to the service of another cloud that copies from it. */
export interface OpenedBucket {
  readonly source: AwsBucketRef;
  readonly trust: S3TransferTrust;
}

/** How one zone comes to a cloud from another one, again and again. */
export interface ZoneTransfer<B> {
  readonly zone: Zone;
  readonly from: OpenedBucket;
  readonly destination: B;
  readonly everyHours: number;
}

/** What copies into a cloud. */
export interface LakeTransfers<B> {
  /** Who copies: the number of Google's service agent. */
  readonly subjectId: string;
  copy(scope: Construct, transfer: ZoneTransfer<B>): void;
}

/** A cloud that a lake stands on: `onAws(…)`, `onAzure(…)`, `onGoogle(…)`. It brings its provider, so that the lake needs none. */
export interface LakeCloud<N extends Cloud = Cloud, B extends Construct = Construct> {
  readonly cloud: N;
  /** Buckets that are there already, each as one zone; they keep their own lifecycle. */
  readonly buckets?: Partial<Readonly<Record<Zone, B>>>;
  /** Makes the bucket of a zone. */
  bucket(scope: Construct, zone: Zone, props: ZoneBucketProps): B;
  /** Where engines find a bucket: `s3://acme-raw-dev/`. */
  pathOf(bucket: B): string;
  /** Opens a bucket to Google's service agent. @default - it is not copied to other clouds */
  openToGoogle?(scope: Construct, zone: Zone, bucket: B, subjectId: string): OpenedBucket;
  /** @default - nothing is copied into it */
  readonly transfers?: LakeTransfers<B>;
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

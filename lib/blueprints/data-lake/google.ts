import { environmentOf } from "../../core/environment";
import type { PlacementProps } from "../../core/placement";
import { GoogleBucket } from "../../storage/google/bucket";
import type { BucketEncryption } from "../../storage/google/encryption";
import type { Zone } from "../../storage/zones";
import type { LakeCloud } from "./lake-cloud";

/** A lake on Cloud Storage. */
export interface LakeOnGoogleProps extends PlacementProps {
  /** First part of the buckets' names: `acme` makes `acme-raw-dev` in the environment `dev`. */
  readonly name: string;
  /** Region, dual-region or multi-region, such as `europe-west1` or `EU`. @default - the environment's region */
  readonly location?: string;
  /** Of every bucket. @default BucketEncryption.googleManaged() */
  readonly encryption?: BucketEncryption;
  /** Buckets that are there already, each as one zone. @default - none */
  readonly buckets?: Partial<Readonly<Record<Zone, GoogleBucket>>>;
}

/** Puts a lake on Cloud Storage: a bucket a zone. */
export const onGoogle = ({
  name,
  location,
  encryption,
  buckets,
  provider,
}: LakeOnGoogleProps): LakeCloud<"google", GoogleBucket> => ({
  cloud: "google",
  buckets,
  bucket: (scope, zone, props) => {
    const environment = environmentOf(scope)?.name;
    return new GoogleBucket(scope, zone, {
      ...props,
      tags: { ...props.tags, zone },
      // two environments in one app must not meet in a name that all of Google Cloud shares
      bucketName: environment === undefined ? `${name}-${zone}` : `${name}-${zone}-${environment}`,
      location,
      encryption,
      provider,
    });
  },
  pathOf: ({ bucketName }) => `gs://${bucketName}/`,
});

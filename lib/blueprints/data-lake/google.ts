import { environmentOf } from "../../core/environment";
import type { PlacementProps } from "../../core/placement";
import { Schedule } from "../../core/schedule";
import { S3ToGcsTransfer } from "../../replication/google/s3-to-gcs-transfer";
import { GoogleBucket } from "../../storage/google/bucket";
import type { BucketEncryption } from "../../storage/google/encryption";
import type { Zone } from "../../storage/zones";
import type { LakeCloud, LakeTransfers } from "./lake-cloud";

/** A lake on Cloud Storage. */
export interface LakeOnGoogleProps extends PlacementProps {
  /** First part of the buckets' names: `acme` makes `acme-raw-dev` in the environment `dev`. */
  readonly name: string;
  /** Region, dual-region or multi-region, such as `europe-west1` or `EU`. @default - the environment's region */
  readonly location?: string;
  /** Of every bucket. @default BucketEncryption.googleManaged() */
  readonly encryption?: BucketEncryption;
  /**
   * The number of the project's service agent of Storage Transfer, which other clouds let in: `subjectId` of the data source
   * `google_storage_transfer_project_service_account`. @default - nothing is copied to Google
   */
  readonly transferSubjectId?: string;
  /** Buckets that are there already, each as one zone. @default - none */
  readonly buckets?: Partial<Readonly<Record<Zone, GoogleBucket>>>;
}

/** Puts a lake on Cloud Storage: a bucket a zone. */
export const onGoogle = ({
  name,
  location,
  encryption,
  transferSubjectId,
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
  transfers: transferSubjectId === undefined ? undefined : transfersFrom(transferSubjectId, { provider }),
});

const transfersFrom = (subjectId: string, { provider }: PlacementProps): LakeTransfers<GoogleBucket> => ({
  subjectId,
  copy: (scope, { zone, from, destination, everyHours }) => {
    new S3ToGcsTransfer(scope, `${zone}-from-aws`, {
      ...from,
      destination,
      schedule: everyHours === 24 ? Schedule.daily() : Schedule.everyHours(everyHours),
      provider,
    });
  },
});

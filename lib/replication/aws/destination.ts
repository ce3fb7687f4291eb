import { flag, given, having, isToken, objects, oneOf, problem } from "../../core/checks";
import type { AwsBucket, IAwsBucket } from "../../storage/aws/bucket";
import { STORAGE_CLASS } from "../../storage/aws/lifecycle";
import type { StorageTier } from "../../storage/tier";
import { copiedPrefixes, overlapProblems, placedPrefixes, prefixProblems, type CopiedObjects } from "../prefixes";
import { apartByTags, objectTagProblems } from "./object-tags";

/** Where copies go, and of what. */
export interface S3ReplicationDestination extends CopiedObjects {
  /** Another bucket of S3, own or referred to, in any region and account. Its objects must have versions. */
  readonly bucket: IAwsBucket;
  /** Only objects with all of these tags, up to 10; literal. @default - whatever their tags */
  readonly objectTags?: Readonly<Record<string, string>>;
  /** Tier of the copies. @default - that of the original */
  readonly tier?: StorageTier;
  /**
   * Replication Time Control: 99.99 % of the objects within 15 minutes, and events of those that take longer. Billed by
   * the gigabyte. @default false
   */
  readonly timeControl?: boolean;
  /**
   * Whether S3 publishes how far the copies are behind and what failed, which the alarms need; always with time control.
   * Billed by the rule as metrics of one's own are. @default true
   */
  readonly metrics?: boolean;
  /** Whether a deletion in the source hides the copy too; versions are never deleted. Not with `objectTags`. @default false */
  readonly deleteMarkers?: boolean;
  /**
   * Whether what is changed of copies that lie in the source (their tags and locks) is copied too: said of both of two
   * buckets that replicate to each other. @default false
   */
  readonly replicaModifications?: boolean;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html */
const RULES_MAXIMUM = 1000;

/** All that is wrong with the destinations of a source. */
export function destinationsProblems(source: AwsBucket, destinations: readonly S3ReplicationDestination[]): string[] {
  const each = objects("destinations", destinations, (destination, path) =>
    destinationProblems(source, destination, path),
  );
  if (each.length > 0) return each;
  if (destinations.length === 0) return [problem("destinations", "at least one destination", destinations)];
  return [...rulesProblems(destinations), ...sameBucketProblems(destinations)];
}

const destinationProblems = (
  source: AwsBucket,
  destination: S3ReplicationDestination,
  path: string,
): readonly string[] => [
  ...bucketProblems(source, destination.bucket, `${path}.bucket`),
  ...prefixProblems(path, destination),
  ...given(destination.tier, (tier) => oneOf(`${path}.tier`, tier, Object.keys(STORAGE_CLASS))),
  ...FLAGS.flatMap((name) => given(destination[name], (value) => flag(`${path}.${name}`, value))),
  ...objectTagProblems(`${path}.objectTags`, destination.objectTags),
  ...togetherProblems(destination, path),
];

const FLAGS = ["timeControl", "metrics", "deleteMarkers", "replicaModifications"] as const;

/** What S3 has only together, or never together. */
const togetherProblems = (
  { timeControl, metrics, deleteMarkers, objectTags }: S3ReplicationDestination,
  path: string,
): readonly string[] => [
  ...(timeControl === true && metrics === false
    ? [problem(`${path}.metrics`, "on with timeControl, which S3 has only with metrics", metrics)]
    : []),
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteMarkerReplication.html
  ...(deleteMarkers === true && objectTags !== undefined
    ? [problem(`${path}.deleteMarkers`, "off with objectTags, because a delete marker has no tags", deleteMarkers)]
    : []),
];

/** S3 alone takes what S3 replicates: nobody has a class of their own for this, so it is told by what a bucket has. */
const ONLY_S3 = "a bucket of S3, because S3 replicates to S3 alone";

/** What copies to the bucket of another cloud, by what such a bucket has. */
const TRANSFERS = [
  ["containerId", "S3ToAzureCopy of cloud-conductor/replication/azure copies to a container of Azure"],
  ["url", "S3ToGcsTransfer of cloud-conductor/replication/google copies to a bucket of Google"],
] as const;

function bucketProblems(source: AwsBucket, bucket: IAwsBucket, path: string): readonly string[] {
  const transfer = TRANSFERS.find(([fact]) => having(path, bucket, fact, "").length === 0);
  const rule = transfer === undefined ? ONLY_S3 : `${ONLY_S3} (${transfer[1]})`;
  const shape = [...having(path, bucket, "bucketArn", rule), ...having(path, bucket, "grants", rule)];
  if (shape.length > 0) return shape.slice(0, 1);
  if (isSame(source, bucket)) return [problem(path, "another bucket than the source", bucket)];
  return [
    ...versionProblems(bucket, path),
    ...lockProblems(source, bucket, path),
    ...keyProblems(source, bucket, path),
  ];
}

const isSame = (source: AwsBucket, bucket: IAwsBucket): boolean =>
  bucket.path === source.path || (!isToken(bucket.bucketName) && bucket.bucketName === source.resource.bucketInput);

const versionProblems = (bucket: IAwsBucket, path: string): readonly string[] =>
  bucket.versioned ? [] : [problem(path, "versioned (a bucket that is referred to says so: versioned: true)", bucket)];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html: DstBucketObjectLockConfigMissing */
const lockProblems = (source: AwsBucket, bucket: IAwsBucket, path: string): readonly string[] =>
  source.locked && bucket.locked !== true
    ? [
        problem(
          path,
          `locked by a retention, as the source ${source.path} is, because S3 copies locked objects to buckets with locks alone (a bucket that is referred to says so: locked: true)`,
          bucket,
        ),
      ]
    : [];

/** S3 skips objects under a customer-managed key in silence, unless it is told the key of their copies. */
const keyProblems = (source: AwsBucket, bucket: IAwsBucket, path: string): readonly string[] =>
  source.keyArn !== undefined && bucket.keyArn === undefined
    ? [
        problem(
          path,
          `encrypted with a key of its own region (BucketEncryption.key), as the source ${source.path} is, because S3 would skip its objects`,
          bucket,
        ),
      ]
    : [];

function rulesProblems(destinations: readonly S3ReplicationDestination[]): readonly string[] {
  const rules = destinations.reduce((sum, destination) => sum + copiedPrefixes(destination).length, 0);
  const rule = `at most ${String(RULES_MAXIMUM)} prefixes together, each a rule`;
  return rules > RULES_MAXIMUM ? [problem("destinations", rule, rules)] : [];
}

/** One bucket may be named twice, for prefixes or tags with tiers of their own. */
const sameBucketProblems = (destinations: readonly S3ReplicationDestination[]): readonly string[] =>
  destinations.flatMap((later, index) =>
    destinations
      .slice(0, index)
      .flatMap((earlier, before) =>
        earlier.bucket.path === later.bucket.path && !apartByTags(earlier, later)
          ? overlapProblems([
              ...placedPrefixes(`destinations[${String(before)}]`, earlier),
              ...placedPrefixes(`destinations[${String(index)}]`, later),
            ])
          : [],
      ),
  );

import { flag, given, having, isToken, objects, oneOf, problem } from "../../core/checks";
import type { AwsBucket, IAwsBucket } from "../../storage/aws/bucket";
import { STORAGE_CLASS } from "../../storage/aws/lifecycle";
import type { StorageTier } from "../../storage/tier";
import { copiedPrefixes, overlapProblems, placedPrefixes, prefixProblems, type CopiedObjects } from "../prefixes";

/** Where copies go, and of what. */
export interface S3ReplicationDestination extends CopiedObjects {
  /** Another bucket of S3, own or referred to, in any region and account. Its objects must have versions. */
  readonly bucket: IAwsBucket;
  /** Tier of the copies. @default - that of the original */
  readonly tier?: StorageTier;
  /**
   * Replication Time Control: 99.99 % of the objects within 15 minutes, and metrics in the region of the destination.
   * Billed by the gigabyte. @default false
   */
  readonly timeControl?: boolean;
  /** Whether a deletion in the source hides the copy too; versions are never deleted. @default false */
  readonly deleteMarkers?: boolean;
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
  ...given(destination.timeControl, (value) => flag(`${path}.timeControl`, value)),
  ...given(destination.deleteMarkers, (value) => flag(`${path}.deleteMarkers`, value)),
];

/** S3 alone takes what S3 replicates: nobody has a class of their own for this, so it is told by what a bucket has. */
const ONLY_S3 =
  "a bucket of S3, because S3 replicates to S3 alone (a copy in another cloud is a transfer, which is not modelled yet)";

function bucketProblems(source: AwsBucket, bucket: IAwsBucket, path: string): readonly string[] {
  const shape = [...having(path, bucket, "bucketArn", ONLY_S3), ...having(path, bucket, "grants", ONLY_S3)];
  if (shape.length > 0) return shape.slice(0, 1);
  if (isSame(source, bucket)) return [problem(path, "another bucket than the source", bucket)];
  return [...versionProblems(bucket, path), ...keyProblems(source, bucket, path)];
}

const isSame = (source: AwsBucket, bucket: IAwsBucket): boolean =>
  bucket.path === source.path || (!isToken(bucket.bucketName) && bucket.bucketName === source.resource.bucketInput);

const versionProblems = (bucket: IAwsBucket, path: string): readonly string[] =>
  bucket.versioned ? [] : [problem(path, "versioned (a bucket that is referred to says so: versioned: true)", bucket)];

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

/** One bucket may be named twice, for prefixes with tiers of their own. */
const sameBucketProblems = (destinations: readonly S3ReplicationDestination[]): readonly string[] =>
  [...new Set(destinations.map(({ bucket }) => bucket.path))].flatMap((bucketPath) =>
    overlapProblems(
      destinations.flatMap((destination, index) =>
        destination.bucket.path === bucketPath ? placedPrefixes(`destinations[${String(index)}]`, destination) : [],
      ),
    ),
  );

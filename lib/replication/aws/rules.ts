import type {
  S3BucketReplicationConfigurationRule,
  S3BucketReplicationConfigurationRuleDestination,
  S3BucketReplicationConfigurationRuleFilter,
  S3BucketReplicationConfigurationRuleSourceSelectionCriteria,
} from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { stableHash } from "../../core/names";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { STORAGE_CLASS } from "../../storage/aws/lifecycle";
import type { AwsBucketRef } from "../../storage/references";
import { copiedPrefixes } from "../prefixes";
import type { S3ReplicationDestination } from "./destination";
import { sortedTags } from "./object-tags";

/** The only time that Replication Time Control knows. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationTimeValue.html */
export const TIME_CONTROL_MINUTES = 15;

/** One prefix of one destination: what S3 knows as a rule, and what its metrics are about. */
export interface S3ReplicationRule {
  /** The same wherever the rule stands among the others: it is a dimension of the rule's metrics. */
  readonly id: string;
  readonly prefix: string;
  readonly destination: S3ReplicationDestination;
}

/** The rules in the order of their ids, so that the order in which destinations are said changes nothing. */
export const rulesOf = (destinations: readonly S3ReplicationDestination[]): readonly S3ReplicationRule[] =>
  destinations
    .flatMap((destination) =>
      copiedPrefixes(destination).map((prefix) => ({ id: ruleId(destination, prefix), prefix, destination })),
    )
    .sort(({ id: one }, { id: other }) => (one < other ? -1 : 1));

/**
 * The rules as Terraform takes them, all of version 2: without id, priority, filter and delete markers S3 answers with
 * MalformedXML or Terraform finds a difference at every plan. No two copy the same object to one bucket, so that the
 * priorities decide nothing.
 */
export const replicationRules = (
  source: AwsBucketRef,
  rules: readonly S3ReplicationRule[],
): S3BucketReplicationConfigurationRule[] =>
  rules.map(({ id, prefix, destination }, index) => ({
    id,
    priority: index + 1,
    status: "Enabled",
    filter: filter(prefix, destination),
    deleteMarkerReplication: { status: status(destination.deleteMarkers === true) },
    destination: target(source, destination),
    ...selection(source, destination),
  }));

const status = (on: boolean): string => (on ? "Enabled" : "Disabled");

/** Readable, and told apart by all that tells two rules apart. */
function ruleId(destination: S3ReplicationDestination, prefix: string): string {
  const { path } = destination.bucket;
  const tags = destination.objectTags === undefined ? "" : `|${JSON.stringify(sortedTags(destination))}`;
  const words = [path.split("/").at(-1) ?? path, prefix === "" ? "all" : prefix];
  const readable = words.map((word) => word.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")).join("-");
  return `${readable.slice(0, 100)}-${stableHash(`${path}|${prefix}${tags}`)}`;
}

/** One condition stands alone, several stand in an `and`: S3 refuses it otherwise. */
function filter(prefix: string, destination: S3ReplicationDestination): S3BucketReplicationConfigurationRuleFilter {
  if (destination.objectTags === undefined) return { prefix };
  const tags = sortedTags(destination);
  const [[key, value] = ["", ""], ...more] = Object.entries(tags);
  return prefix === "" && more.length === 0 ? { tag: { key, value } } : { and: { prefix, tags: { ...tags } } };
}

/** Kinds of objects that S3 leaves out unless it is told. */
function selection(
  source: AwsBucketRef,
  { replicaModifications }: S3ReplicationDestination,
): { readonly sourceSelectionCriteria?: S3BucketReplicationConfigurationRuleSourceSelectionCriteria } {
  const criteria = {
    ...(source.keyArn !== undefined && { sseKmsEncryptedObjects: { status: status(true) } }),
    ...(replicaModifications === true && { replicaModifications: { status: status(true) } }),
  };
  return Object.keys(criteria).length === 0 ? {} : { sourceSelectionCriteria: criteria };
}

function target(
  source: AwsBucketRef,
  { bucket, tier, timeControl, metrics }: S3ReplicationDestination,
): S3BucketReplicationConfigurationRuleDestination {
  return {
    bucket: bucket.bucketArn,
    ...(tier !== undefined && { storageClass: STORAGE_CLASS[tier] }),
    ...(inOtherAccounts(source, bucket) && {
      account: bucket.accountId,
      accessControlTranslation: { owner: "Destination" },
    }),
    ...(isReencrypted(source, bucket) && { encryptionConfiguration: { replicaKmsKeyId: bucket.keyArn ?? "" } }),
    ...(timeControl === true && {
      replicationTime: { status: status(true), time: { minutes: TIME_CONTROL_MINUTES } },
    }),
    // a threshold is the time control's alone: S3 refuses it in metrics without
    ...(metrics !== false && {
      metrics: {
        status: status(true),
        ...(timeControl === true && { eventThreshold: { minutes: TIME_CONTROL_MINUTES } }),
      },
    }),
  };
}

/** Whether copies are encrypted with the key of their bucket: only copies of what is encrypted with a key are. */
export const isReencrypted = (source: AwsBucketRef, destination: AwsBucketRef): boolean =>
  source.keyArn !== undefined && destination.keyArn !== undefined;

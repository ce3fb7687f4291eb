import type {
  S3BucketReplicationConfigurationRule,
  S3BucketReplicationConfigurationRuleDestination,
} from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { stableHash } from "../../core/names";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { STORAGE_CLASS } from "../../storage/aws/lifecycle";
import type { AwsBucketRef } from "../../storage/references";
import { copiedPrefixes } from "../prefixes";
import type { S3ReplicationDestination } from "./destination";

/** The only time that Replication Time Control knows. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationTimeValue.html */
const TIME_CONTROL = { status: "Enabled", minutes: 15 } as const;

/**
 * One rule for each prefix of each destination, all of version 2: without id, priority, filter and delete markers S3
 * answers with MalformedXML or Terraform finds a difference at every plan.
 */
export const replicationRules = (
  source: AwsBucketRef,
  destinations: readonly S3ReplicationDestination[],
): S3BucketReplicationConfigurationRule[] =>
  destinations
    .flatMap((destination) => copiedPrefixes(destination).map((prefix) => ({ destination, prefix })))
    .map(({ destination, prefix }, index) => ({
      id: ruleId(destination.bucket, prefix),
      priority: index + 1,
      status: "Enabled",
      filter: { prefix },
      deleteMarkerReplication: { status: status(destination.deleteMarkers === true) },
      destination: target(source, destination),
      ...(source.keyArn !== undefined && {
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: status(true) } },
      }),
    }));

const status = (on: boolean): string => (on ? "Enabled" : "Disabled");

/** Readable, and the same wherever the rule stands among the others: it is a dimension of the rule's metrics. */
export function ruleId({ path }: AwsBucketRef, prefix: string): string {
  const words = [path.split("/").at(-1) ?? path, prefix === "" ? "all" : prefix];
  const readable = words.map((word) => word.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")).join("-");
  return `${readable.slice(0, 100)}-${stableHash(`${path}|${prefix}`)}`;
}

function target(
  source: AwsBucketRef,
  { bucket, tier, timeControl }: S3ReplicationDestination,
): S3BucketReplicationConfigurationRuleDestination {
  const { minutes } = TIME_CONTROL;
  return {
    bucket: bucket.bucketArn,
    ...(tier !== undefined && { storageClass: STORAGE_CLASS[tier] }),
    ...(inOtherAccounts(source, bucket) && {
      account: bucket.accountId,
      accessControlTranslation: { owner: "Destination" },
    }),
    ...(isReencrypted(source, bucket) && { encryptionConfiguration: { replicaKmsKeyId: bucket.keyArn ?? "" } }),
    ...(timeControl === true && {
      replicationTime: { status: TIME_CONTROL.status, time: { minutes } },
      metrics: { status: TIME_CONTROL.status, eventThreshold: { minutes } },
    }),
  };
}

/** Whether copies are encrypted with the key of their bucket: only copies of what is encrypted with a key are. */
export const isReencrypted = (source: AwsBucketRef, destination: AwsBucketRef): boolean =>
  source.keyArn !== undefined && destination.keyArn !== undefined;

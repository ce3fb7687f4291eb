import { dataRemovalProblems, type DataRemovalProps } from "../core/data-removal";
import type { Grant, Grantee, Principal } from "../core/grant";
import type { Tags } from "../core/tags";
import { lifecycleProblems, type LifecycleLimits, type LifecycleRule } from "./lifecycle";
import { abortProblems, noncurrentProblems, versionSteps, type NoncurrentVersions } from "./noncurrent";
import type { ObjectRetention } from "./retention";

/** What a bucket means on every cloud: private, encrypted, versioned and kept. */
export interface BucketProps extends DataRemovalProps {
  /** @default - derived from the construct path, within the cloud's limit */
  readonly bucketName?: string;
  /** What happens to objects as they age. @default - they stay as they are */
  readonly lifecycle?: readonly LifecycleRule[];
  /** What happens to versions that were replaced or deleted. @default - removed after 90 days; Azure counts from their writing */
  readonly noncurrentVersions?: NoncurrentVersions;
  /** Days after which the parts of an upload that was never completed are removed; on Azure always 7. @default 7 */
  readonly abortIncompleteUploadsAfterDays?: number;
  /** How long nobody can remove or change what was written; a lifecycle may then expire nothing before. @default - not at all */
  readonly retention?: ObjectRetention;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The part of a bucket that a grant is for. */
export interface ObjectSelection {
  /** Key prefix such as `raw/`; literal. @default - the whole bucket */
  readonly prefix?: string;
}

/**
 * Who may do what with the objects of a bucket; the same verbs on every cloud, the key always included. Where a cloud
 * cuts them differently, its own class says so: to Cloud Storage overwriting is deleting.
 */
export interface BucketGrants<P extends Principal> {
  /** List, and get objects and their versions. */
  read(grantee: Grantee<P>, selection?: ObjectSelection): Grant;
  /** Create and overwrite objects, and give up an upload; no read, no delete. On Google to overwrite takes `delete` too. */
  write(grantee: Grantee<P>, selection?: ObjectSelection): Grant;
  /** Delete objects: with versioning the versions stay. */
  delete(grantee: Grantee<P>, selection?: ObjectSelection): Grant;
}

/** The problems of what all three buckets have in common. */
export const bucketProblems = (props: BucketProps, limits: LifecycleLimits): string[] => [
  ...lifecycleProblems(props.lifecycle, limits, versionSteps(props.noncurrentVersions)),
  ...noncurrentProblems(props.noncurrentVersions, limits),
  ...abortProblems(props.abortIncompleteUploadsAfterDays),
  ...dataRemovalProblems(props),
];

import { given, problem } from "../../core/checks";
import type { BucketProps } from "../bucket";
import type { LifecycleRule } from "../lifecycle";

/**
 * What a bucket cannot have in a hierarchical namespace.
 * https://learn.microsoft.com/azure/storage/blobs/storage-feature-support-in-storage-accounts
 */
export const hierarchicalProblems = ({ noncurrentVersions, lifecycle }: BucketProps): readonly string[] => [
  ...given(noncurrentVersions, (versions) => [problem("noncurrentVersions", NO_VERSIONS, versions)]),
  ...(Array.isArray(lifecycle) ? (lifecycle as readonly (LifecycleRule | null | undefined)[]) : []).flatMap(
    (rule, index) => given(rule?.tags, (tags) => [problem(`lifecycle[${String(index)}].tags`, NO_TAGS, tags)]),
  ),
];

const NO_VERSIONS =
  "left out in a hierarchical namespace, which has no versions (AccountNamespace.FLAT has; soft delete keeps what is deleted for a week)";
const NO_TAGS =
  "left out in a hierarchical namespace, which has no blob index tags (AccountNamespace.FLAT has; a prefix of its own does as well)";

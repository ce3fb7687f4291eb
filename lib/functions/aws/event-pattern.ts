import type { ObjectFilter } from "../../storage/delivery";

/** How EventBridge tells a key: by its beginning, its end, or both. */
type KeyMatcher = { readonly prefix: string } | { readonly suffix: string } | { readonly wildcard: string };

/**
 * The pattern of a bucket's new objects. Prefix and suffix together make a wildcard, in which `*` and `\` of a key are
 * escaped; two matchers in one list would mean either of them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const objectCreatedPattern = (bucketName: string, filter: ObjectFilter): string =>
  JSON.stringify({
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: [bucketName] }, ...keyPattern(filter) },
  });

function keyPattern(filter: ObjectFilter): { readonly object?: { readonly key: readonly KeyMatcher[] } } {
  const matcher = keyMatcher(filter);
  return matcher === undefined ? {} : { object: { key: [matcher] } };
}

function keyMatcher({ prefix = "", suffix = "" }: ObjectFilter): KeyMatcher | undefined {
  if (suffix === "") return prefix === "" ? undefined : { prefix };
  return prefix === "" ? { suffix } : { wildcard: `${escaped(prefix)}*${escaped(suffix)}` };
}

const escaped = (literal: string): string => literal.replace(/[\\*]/g, "\\$&");

import { stableHash } from "../core/names";
import { conditionsOf, filterKey, type LifecycleFilter } from "./lifecycle-filter";

/** What clears away noncurrent versions and incomplete uploads; also a prefix, whose rule then has another name. */
export const HOUSEKEEPING = "housekeeping";
const WHOLE_BUCKET = "all";
const LONGEST_WORDS = 40;
/** What could be the name of the whole bucket's rule, of housekeeping, or of words with a hash. */
const TAKEN = new RegExp(`^(|${WHOLE_BUCKET}|${HOUSEKEEPING}|(.*-)?[0-9a-f]{8})$`);

/** A rule by what names it: its own id, or else its filter. */
export interface NamedRule extends LifecycleFilter {
  readonly id?: string;
}

/**
 * A rule's own id or a name for its filter, the same at every synth and for no other filter: `raw` for `raw/`, `all`
 * for the whole bucket, and with a hash where the words alone would not tell two filters apart.
 */
export function ruleName({ id, ...filter }: NamedRule): string {
  if (id !== undefined) return id;
  const { prefix = "" } = filter;
  const conditions = conditionsOf(filter);
  if (conditions.length > 0) return hashed([prefix, ...conditions].join("-"), filterKey(filter));
  if (prefix === "") return WHOLE_BUCKET;
  const words = wordsOf(prefix);
  if (prefix === `${words}/` && words.length <= LONGEST_WORDS && !TAKEN.test(words)) return words;
  return hashed(prefix, prefix);
}

function hashed(text: string, key: string): string {
  const readable = wordsOf(text).slice(0, LONGEST_WORDS).replace(/-$/, "");
  return readable === "" ? stableHash(key) : `${readable}-${stableHash(key)}`;
}

const wordsOf = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");

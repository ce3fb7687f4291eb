import { distinct, given, keyPrefix, literal, object, objects, oneOf, problem, wholeNumber } from "../core/checks";
import { stableHash } from "../core/names";
import { StorageTier, tierName, TIERS } from "./tier";

/** A move to a colder tier. */
export interface Transition {
  readonly tier: StorageTier;
  /** Days after the object was written. */
  readonly afterDays: number;
}

/** What happens to the objects below a prefix as they age. */
export interface LifecycleRule {
  /** Key prefix without a leading slash, such as `raw/`. @default - the whole bucket */
  readonly prefix?: string;
  /** Colder with every step. @default - none */
  readonly transitions?: readonly Transition[];
  /** Days after its writing until the object is removed; its last version then stays as a noncurrent one. @default - never */
  readonly expireAfterDays?: number;
}

/** What happens to versions that are no longer the current one. */
export interface NoncurrentVersions {
  /** Days after which a version is removed since it was replaced or deleted; on Azure since it was written. @default 90 */
  readonly expireAfterDays?: number;
}

/** Days that a replaced or deleted version stays, when nothing else is said. */
export const NONCURRENT_DAYS = 90;
/** Days after which the parts of an upload that was never completed are removed, when nothing else is said. */
export const ABORT_UPLOAD_DAYS = 7;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const COOL_DAYS = 30;

/** https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure: the least of the three clouds. */
const MOST_DAYS = 99_999;

/** Least age in days of an object that moves to a tier; S3 refuses less. */
const LEAST_AGE: Readonly<Partial<Record<StorageTier, number>>> = { [StorageTier.COOL]: COOL_DAYS };

/** Least stay in days in a tier before the next one: S3 refuses less, Azure and Google bill it as early deletion. */
const LEAST_STAY: Readonly<Partial<Record<StorageTier, number>>> = { [StorageTier.COOL]: COOL_DAYS };

/** A cloud's word for each tier; a missing one is what the cloud does not have. */
export type TierNames = Readonly<Partial<Record<StorageTier, string>>>;

/** How a cloud's lifecycle differs from the common meaning. */
export interface LifecycleLimits {
  /** `Azure`, as the error says it. */
  readonly cloud: string;
  readonly tiers: TierNames;
  /** Most rules of a bucket; what the library adds is counted off. */
  readonly maximumRules: number;
  /** Whether each transition and each expiration is a rule of its own there. @default false */
  readonly rulePerAction?: boolean;
  readonly source: string;
}

/** All problems of a set of rules: order, waits, tiers that the cloud does not have. */
export function lifecycleProblems(rules: readonly LifecycleRule[] | undefined, limits: LifecycleLimits): string[] {
  if (rules === undefined) return [];
  const each = objects("lifecycle", rules, (rule, path) => ruleProblems(path, rule, limits));
  if (each.length > 0) return each;
  return [
    ...numberProblems(rules, limits),
    ...distinct("lifecycle", rules, (rule) => rule.prefix ?? "", "the only rule of its prefix"),
  ];
}

function numberProblems(
  rules: readonly LifecycleRule[],
  { cloud, maximumRules, rulePerAction = false }: LifecycleLimits,
): string[] {
  const actions = rules.map((rule) => (rule.transitions ?? []).length + (rule.expireAfterDays === undefined ? 0 : 1));
  const count = rulePerAction ? actions.reduce((sum, one) => sum + one, 0) : rules.length;
  const counted = rulePerAction ? "transitions and expirations together" : "rules";
  return count > maximumRules
    ? [problem("lifecycle", `at most ${String(maximumRules)} ${counted} on ${cloud}`, count)]
    : [];
}

function ruleProblems(path: string, rule: LifecycleRule, limits: LifecycleLimits): string[] {
  const transitions = rule.transitions ?? [];
  const nothing = transitions.length === 0 && rule.expireAfterDays === undefined;
  const leaves = [
    ...given(rule.prefix, (prefix) => keyPrefix(`${path}.prefix`, prefix)),
    ...(nothing ? [problem(path, "a rule with transitions or expireAfterDays", rule)] : []),
    ...objects(`${path}.transitions`, transitions, (one, at) => transitionProblems(at, one, limits)),
    ...given(rule.expireAfterDays, (days) => dayProblems(`${path}.expireAfterDays`, days, 1)),
  ];
  return leaves.length > 0 ? leaves : orderProblems(path, transitions, rule.expireAfterDays);
}

/** A literal number of days: rules are ordered by it, and a token would sort as some huge number. */
const dayProblems = (path: string, days: unknown, minimum: number): string[] => [
  ...literal(path, days),
  ...wholeNumber(path, days, { minimum, maximum: MOST_DAYS, unit: "days" }),
];

function transitionProblems(
  path: string,
  { tier, afterDays }: Transition,
  { cloud, tiers }: LifecycleLimits,
): string[] {
  const days = dayProblems(`${path}.afterDays`, afterDays, LEAST_AGE[tier] ?? 0);
  const unknown = oneOf(`${path}.tier`, tier, TIERS);
  if (unknown.length > 0) return [...unknown, ...days];
  if (tier === StorageTier.HOT)
    return [problem(`${path}.tier`, "colder than HOT, where every object starts", tier), ...days];
  if (tiers[tier] !== undefined) return days;
  const nearest = TIERS.slice(0, TIERS.indexOf(tier)).findLast((one) => tiers[one] !== undefined) ?? StorageTier.HOT;
  const rule = `a tier of ${cloud}, which has no ${tierName(tier)} (the nearest is ${tierName(nearest)})`;
  return [problem(`${path}.tier`, rule, tier), ...days];
}

function orderProblems(
  path: string,
  transitions: readonly Transition[],
  expireAfterDays: number | undefined,
): string[] {
  const steps = transitions.flatMap((next, index) => {
    const last = transitions[index - 1];
    return last === undefined ? [] : stepProblems(`${path}.transitions[${String(index)}]`, last, next);
  });
  const coldest = transitions.at(-1);
  if (coldest === undefined || expireAfterDays === undefined || expireAfterDays > coldest.afterDays) return steps;
  const rule = `more than the ${String(coldest.afterDays)} days of the transition to ${tierName(coldest.tier)}`;
  return [...steps, problem(`${path}.expireAfterDays`, rule, expireAfterDays)];
}

function stepProblems(path: string, last: Transition, next: Transition): string[] {
  if (TIERS.indexOf(next.tier) <= TIERS.indexOf(last.tier))
    return [problem(`${path}.tier`, `colder than ${tierName(last.tier)}`, next.tier)];
  const stay = LEAST_STAY[last.tier] ?? 1;
  if (next.afterDays >= last.afterDays + stay) return [];
  const wait = `at least ${String(stay)} ${stay === 1 ? "day" : "days"} after the transition to ${tierName(last.tier)}`;
  return [problem(`${path}.afterDays`, `${wait} at ${String(last.afterDays)}`, next.afterDays)];
}

/** The problems of what happens to noncurrent versions. */
export const noncurrentProblems = (versions: NoncurrentVersions | undefined): readonly string[] =>
  given(versions, (value) => {
    const shape = object("noncurrentVersions", value);
    if (shape.length > 0) return shape;
    return given(value.expireAfterDays, (days) => dayProblems("noncurrentVersions.expireAfterDays", days, 1));
  });

/** The problems of the days after which an incomplete upload is removed. */
export const abortProblems = (days: number | undefined): readonly string[] =>
  given(days, (value) => dayProblems("abortIncompleteUploadsAfterDays", value, 1));

/** What clears away noncurrent versions and incomplete uploads; also a prefix, whose rule then has another name. */
export const HOUSEKEEPING = "housekeeping";
const WHOLE_BUCKET = "all";
const LONGEST_WORDS = 40;
/** What could be the name of the whole bucket's rule, of housekeeping, or of words with a hash. */
const TAKEN = new RegExp(`^(|${WHOLE_BUCKET}|${HOUSEKEEPING}|(.*-)?[0-9a-f]{8})$`);

/**
 * A name for the rule of a prefix, the same at every synth and for no other prefix: `raw` for `raw/`, `all` for the
 * whole bucket, and with a hash where the words alone would not tell two prefixes apart.
 */
export function ruleName({ prefix = "" }: LifecycleRule): string {
  if (prefix === "") return WHOLE_BUCKET;
  const words = prefix.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (prefix === `${words}/` && words.length <= LONGEST_WORDS && !TAKEN.test(words)) return words;
  const readable = words.slice(0, LONGEST_WORDS).replace(/-$/, "");
  return readable === "" ? stableHash(prefix) : `${readable}-${stableHash(prefix)}`;
}

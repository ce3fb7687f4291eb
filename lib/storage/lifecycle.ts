import { distinct, given, list, literal, matching, object, oneOf, problem, wholeNumber } from "../core/checks";
import { StorageTier, tierName, TIERS } from "./tier";

/** A move to a colder tier. */
export interface Transition {
  readonly tier: StorageTier;
  /** Days after the object was created. */
  readonly afterDays: number;
}

/** What happens to the objects below a prefix as they age. */
export interface LifecycleRule {
  /** Key prefix without a leading slash, such as `raw/`. @default - the whole bucket */
  readonly prefix?: string;
  /** Colder with every step. @default - none */
  readonly transitions?: readonly Transition[];
  /** Days after which the object is removed (with versioning: after which it is no longer the current one). @default - never */
  readonly expireAfterDays?: number;
}

/** What happens to versions that are no longer the current one. */
export interface NoncurrentVersions {
  /** Days after which a replaced or deleted version is removed. @default 90 */
  readonly expireAfterDays?: number;
}

/** Days that a replaced or deleted version stays, when nothing else is said. */
export const NONCURRENT_DAYS = 90;
/** Days after which the parts of an upload that was never completed are removed, when nothing else is said. */
export const ABORT_UPLOAD_DAYS = 7;

interface Wait {
  readonly days: number;
  readonly source: string;
}

/**
 * Least age of an object that moves to a tier.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const LEAST_AGE: Readonly<Partial<Record<StorageTier, Wait>>> = {
  [StorageTier.COOL]: {
    days: 30,
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
  },
};

/** Least stay in a tier before the next one: S3 refuses less, Azure and Google bill it as early deletion. */
const LEAST_STAY: Readonly<Partial<Record<StorageTier, Wait>>> = {
  [StorageTier.COOL]: {
    days: 30,
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
  },
};

/** A cloud's word for each tier; a missing one is what the cloud does not have. */
export type TierNames = Readonly<Partial<Record<StorageTier, string>>>;

/** How a cloud's lifecycle differs from the common meaning. */
export interface LifecycleLimits {
  /** `Azure`, as the error says it. */
  readonly cloud: string;
  readonly tiers: TierNames;
  /** Most rules of a bucket or account. */
  readonly maximumRules: number;
  readonly source: string;
}

/** All problems of a set of rules: order, waits, tiers that the cloud does not have. */
export function lifecycleProblems(rules: readonly LifecycleRule[] | undefined, limits: LifecycleLimits): string[] {
  if (rules === undefined) return [];
  const each = list("lifecycle", rules, (rule, path) => {
    const shape = object(path, rule);
    return shape.length > 0 ? shape : ruleProblems(path, rule, limits);
  });
  if (each.length > 0) return each;
  const many =
    rules.length > limits.maximumRules
      ? [problem("lifecycle", `at most ${String(limits.maximumRules)} rules on ${limits.cloud}`, rules.length)]
      : [];
  return [...many, ...distinct("lifecycle", rules, (rule) => rule.prefix ?? "", "the only rule of its prefix")];
}

function ruleProblems(path: string, rule: LifecycleRule, limits: LifecycleLimits): string[] {
  const transitions = rule.transitions ?? [];
  const nothing = transitions.length === 0 && rule.expireAfterDays === undefined;
  const leaves = [
    ...given(rule.prefix, (prefix) => [
      ...literal(`${path}.prefix`, prefix),
      ...matching(
        `${path}.prefix`,
        prefix,
        /^(?!\/)[^\u0000-\u001f]{0,1024}$/,
        "a key prefix of at most 1024 characters without a leading slash",
      ),
    ]),
    ...(nothing ? [problem(path, "a rule with transitions or expireAfterDays", rule)] : []),
    ...list(`${path}.transitions`, transitions, (one, at) => transitionProblems(at, one, limits)),
    ...given(rule.expireAfterDays, (days) => dayProblems(`${path}.expireAfterDays`, days, 1)),
  ];
  return leaves.length > 0 ? leaves : orderProblems(path, transitions, rule.expireAfterDays);
}

/** A literal number of days: rules are ordered by it, and a token would sort as some huge number. */
const dayProblems = (path: string, days: unknown, minimum: number): string[] => [
  ...literal(path, days),
  ...wholeNumber(path, days, { minimum, unit: "days" }),
];

function transitionProblems(
  path: string,
  { tier, afterDays }: Transition,
  { cloud, tiers }: LifecycleLimits,
): string[] {
  const days = dayProblems(`${path}.afterDays`, afterDays, LEAST_AGE[tier]?.days ?? 0);
  const unknown = oneOf(`${path}.tier`, tier, TIERS);
  if (unknown.length > 0) return [...unknown, ...days];
  if (tier === StorageTier.HOT)
    return [problem(`${path}.tier`, "colder than HOT, where every object starts", tier), ...days];
  if (tiers[tier] !== undefined) return days;
  const nearest = TIERS.slice(0, TIERS.indexOf(tier)).findLast((one) => tiers[one] !== undefined) ?? StorageTier.HOT;
  return [
    problem(
      `${path}.tier`,
      `a tier of ${cloud}, which has no ${tierName(tier)} (the nearest is ${tierName(nearest)})`,
      tier,
    ),
    ...days,
  ];
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
  const since = `the transition to ${tierName(last.tier)}`;
  if (TIERS.indexOf(next.tier) <= TIERS.indexOf(last.tier))
    return [problem(`${path}.tier`, `colder than ${tierName(last.tier)}`, next.tier)];
  const stay = LEAST_STAY[last.tier]?.days ?? 1;
  if (next.afterDays >= last.afterDays + stay) return [];
  const unit = stay === 1 ? "day" : "days";
  return [
    problem(
      `${path}.afterDays`,
      `at least ${String(stay)} ${unit} after ${since} at ${String(last.afterDays)}`,
      next.afterDays,
    ),
  ];
}

/** The problems of the rule for noncurrent versions. */
export const noncurrentProblems = (versions: NoncurrentVersions | undefined): readonly string[] =>
  given(versions?.expireAfterDays, (days) => dayProblems("noncurrentVersions.expireAfterDays", days, 1));

/** The problems of the days after which an incomplete upload is removed. */
export const abortProblems = (days: number | undefined): readonly string[] =>
  given(days, (value) => dayProblems("abortIncompleteUploadsAfterDays", value, 1));

/** A name for the rule of a prefix, the same at every synth: `raw`, `raw-pos`, `all`. */
export const ruleName = ({ prefix = "" }: LifecycleRule): string =>
  prefix.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "all";

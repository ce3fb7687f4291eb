import { literal, objects, oneOf, problem, wholeNumber } from "../core/checks";
import { StorageTier, tierName, TIERS, type TierNames } from "./tier";

/** A move to a colder tier. */
export interface Transition {
  readonly tier: StorageTier;
  /** Days after the object was written; of a noncurrent version, after it was replaced or deleted. */
  readonly afterDays: number;
}

/** The tiers that a cloud has. */
export interface CloudTiers {
  /** `Azure`, as the error says it. */
  readonly cloud: string;
  readonly tiers: TierNames;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const COOL_DAYS = 30;

/** https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure: the least of the three clouds. */
const MOST_DAYS = 99_999;

/** Least age in days of an object that moves to a tier; S3 refuses less. */
const LEAST_AGE: Readonly<Partial<Record<StorageTier, number>>> = { [StorageTier.COOL]: COOL_DAYS };

/** Least stay in days in a tier before the next one: S3 refuses less, Azure and Google bill it as early deletion. */
const LEAST_STAY: Readonly<Partial<Record<StorageTier, number>>> = { [StorageTier.COOL]: COOL_DAYS };

/** A literal number of days: rules are ordered by it, and a token would sort as some huge number. */
export const dayProblems = (path: string, days: unknown, minimum: number): string[] => [
  ...literal(path, days),
  ...wholeNumber(path, days, { minimum, maximum: MOST_DAYS, unit: "days" }),
];

/** The problems of each step by itself: its tier and its days. */
export const transitionsProblems = (path: string, transitions: readonly Transition[], limits: CloudTiers): string[] =>
  objects(`${path}.transitions`, transitions, (one, at) => transitionProblems(at, one, limits));

function transitionProblems(path: string, { tier, afterDays }: Transition, { cloud, tiers }: CloudTiers): string[] {
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

/** The problems of the steps together, each of them sound: order, waits, and an end after the last one. */
export function orderProblems(
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

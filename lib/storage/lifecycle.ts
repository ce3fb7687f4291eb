import { distinct, given, isToken, objects, problem } from "../core/checks";
import { filterKey, filterProblems, type FilterLimits, type LifecycleFilter } from "./lifecycle-filter";
import type { VersionLimits } from "./noncurrent";
import { HOUSEKEEPING, ruleName } from "./rule-name";
import { dayProblems, orderProblems, transitionsProblems, type Transition } from "./transitions";

/** What happens to some objects of a bucket as they age. */
export interface LifecycleRule extends LifecycleFilter {
  /** The rule's own name, where the cloud's rules have one: not on Google. @default - derived from what the rule is for */
  readonly id?: string;
  /** Colder with every step. @default - none */
  readonly transitions?: readonly Transition[];
  /** Days after its writing until the object is removed; its last version then stays as a noncurrent one. @default - never */
  readonly expireAfterDays?: number;
}

/** How a cloud's lifecycle differs from the common meaning. */
export interface LifecycleLimits extends VersionLimits, FilterLimits {
  /** What a rule may be called. @default - rules have no names there */
  readonly ruleIds?: { readonly pattern: RegExp; readonly rule: string };
  /** Most rules of a bucket; what the library adds is counted off. */
  readonly maximumRules: number;
  /** Whether each transition and each expiration is a rule of its own there. @default false */
  readonly rulePerAction?: boolean;
  readonly source: string;
}

/**
 * All problems of a set of rules: order, waits, and what the cloud does not have.
 *
 * @param versionSteps how many transitions of noncurrent versions there are: they count where each is a rule
 */
export function lifecycleProblems(
  rules: readonly LifecycleRule[] | undefined,
  limits: LifecycleLimits,
  versionSteps = 0,
): string[] {
  if (rules === undefined) return [];
  const each = objects("lifecycle", rules, (rule, path) => ruleProblems(path, rule, limits));
  if (each.length > 0) return each;
  const repeated = distinct("lifecycle", rules, filterKey, "the only rule of its prefix, tags and sizes");
  return [
    ...numberProblems(rules, limits, versionSteps),
    ...(repeated.length > 0 ? repeated : distinct("lifecycle", rules, ruleName, "a rule with an id of its own")),
  ];
}

function numberProblems(
  rules: readonly LifecycleRule[],
  { cloud, maximumRules, rulePerAction = false }: LifecycleLimits,
  versionSteps: number,
): string[] {
  const actions = rules.map((rule) => (rule.transitions ?? []).length + (rule.expireAfterDays === undefined ? 0 : 1));
  const count = rulePerAction ? actions.reduce((sum, one) => sum + one, versionSteps) : rules.length;
  const counted = rulePerAction ? "transitions and expirations together" : "rules";
  return count > maximumRules
    ? [problem("lifecycle", `at most ${String(maximumRules)} ${counted} on ${cloud}`, count)]
    : [];
}

function ruleProblems(path: string, rule: LifecycleRule, limits: LifecycleLimits): string[] {
  const transitions = rule.transitions ?? [];
  const nothing = transitions.length === 0 && rule.expireAfterDays === undefined;
  const leaves = [
    ...given(rule.id, (id) => idProblems(`${path}.id`, id, limits)),
    ...filterProblems(path, rule, limits),
    ...(nothing ? [problem(path, "a rule with transitions or expireAfterDays", rule)] : []),
    ...transitionsProblems(path, transitions, limits),
    ...given(rule.expireAfterDays, (days) => dayProblems(`${path}.expireAfterDays`, days, 1)),
  ];
  return leaves.length > 0 ? leaves : orderProblems(path, transitions, rule.expireAfterDays);
}

function idProblems(path: string, id: unknown, { cloud, ruleIds }: LifecycleLimits): readonly string[] {
  if (ruleIds === undefined) return [problem(path, `left out on ${cloud}, whose rules have no names`, id)];
  const fits = !isToken(id) && typeof id === "string" && ruleIds.pattern.test(id) && id !== HOUSEKEEPING;
  return fits ? [] : [problem(path, `${ruleIds.rule}, other than ${HOUSEKEEPING}`, id)];
}

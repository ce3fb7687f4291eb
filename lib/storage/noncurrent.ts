import { given, literal, object, problem, wholeNumber } from "../core/checks";
import { dayProblems, orderProblems, transitionsProblems, type CloudTiers, type Transition } from "./transitions";

/** What happens to versions that are no longer the current one. */
export interface NoncurrentVersions {
  /** Days after which a version is removed since it was replaced or deleted; on Azure since it was written. @default 90 */
  readonly expireAfterDays?: number;
  /** Colder with every step, days counted as those of `expireAfterDays`. @default - they stay in the tier they are in */
  readonly transitions?: readonly Transition[];
  /** So many of the newest noncurrent versions of an object stay, whatever their age; not on Azure. @default 0 */
  readonly keepNewest?: number;
}

/** What a cloud cannot do with versions, and what to do there instead, as the error says it: `left out on …`. */
export interface VersionLimits extends CloudTiers {
  readonly keepNewestRefused?: string;
}

/** Days that a replaced or deleted version stays, when nothing else is said. */
export const NONCURRENT_DAYS = 90;
/** Days after which the parts of an upload that was never completed are removed, when nothing else is said. */
export const ABORT_UPLOAD_DAYS = 7;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html; Google has no limit. */
const MOST_KEPT = 100;

const PATH = "noncurrentVersions";

/** The problems of what happens to noncurrent versions. */
export const noncurrentProblems = (
  versions: NoncurrentVersions | undefined,
  limits: VersionLimits,
): readonly string[] =>
  given(versions, (value) => {
    const shape = object(PATH, value);
    return shape.length > 0 ? shape : versionsProblems(value, limits);
  });

function versionsProblems(versions: NoncurrentVersions, limits: VersionLimits): readonly string[] {
  const { expireAfterDays, transitions = [], keepNewest } = versions;
  const leaves = [
    ...given(expireAfterDays, (days) => dayProblems(`${PATH}.expireAfterDays`, days, 1)),
    ...transitionsProblems(PATH, transitions, limits),
    ...given(keepNewest, (count) => keptProblems(`${PATH}.keepNewest`, count, limits)),
  ];
  return leaves.length > 0 ? leaves : orderProblems(PATH, transitions, expireAfterDays ?? NONCURRENT_DAYS);
}

function keptProblems(path: string, count: unknown, { keepNewestRefused }: VersionLimits): readonly string[] {
  if (keepNewestRefused !== undefined) return [problem(path, keepNewestRefused, count)];
  return [...literal(path, count), ...wholeNumber(path, count, { minimum: 1, maximum: MOST_KEPT, unit: "versions" })];
}

/** How many transitions there are, of whatever was given. */
export const versionSteps = (versions: NoncurrentVersions | undefined): number => {
  const steps: unknown = (versions as NoncurrentVersions | null | undefined)?.transitions;
  return Array.isArray(steps) ? steps.length : 0;
};

/** The problems of the days after which an incomplete upload is removed. */
export const abortProblems = (days: number | undefined): readonly string[] =>
  given(days, (value) => dayProblems("abortIncompleteUploadsAfterDays", value, 1));

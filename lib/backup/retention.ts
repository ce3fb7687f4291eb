import { given, literal, object, problem, wholeNumber } from "../core/checks";

/** How long a backup is kept, and how warm. */
export interface BackupRetention {
  /** Days after it was made until a backup is removed. */
  readonly expireAfterDays: number;
  /** Days after it was made until a backup moves to the cloud's cheaper, slower storage. @default - it stays warm */
  readonly coldAfterDays?: number;
}

/** What a cloud's backups can be told about their retention. */
export interface RetentionLimits {
  /** `AWS Backup`, as the error says it. */
  readonly service: string;
  /** Longest retention, in days. */
  readonly maximumDays: number;
  /** Least days that a backup stays cold before it is removed. @default - there is no cold storage */
  readonly leastColdDays?: number;
  /** What to do for colder copies where there is no cold storage. @default - nothing is said */
  readonly insteadOfCold?: string;
  /** The vendor's page. */
  readonly source: string;
}

/** All that is wrong with a retention. */
export function retentionProblems(path: string, retention: BackupRetention, limits: RetentionLimits): string[] {
  const shape = object(path, retention);
  if (shape.length > 0) return shape;
  const { expireAfterDays, coldAfterDays } = retention;
  const days = [
    ...dayProblems(`${path}.expireAfterDays`, expireAfterDays, limits.maximumDays),
    ...given(coldAfterDays, (value) => dayProblems(`${path}.coldAfterDays`, value, limits.maximumDays)),
  ];
  return days.length > 0 || coldAfterDays === undefined
    ? days
    : coldProblems(path, expireAfterDays, coldAfterDays, limits);
}

/** Literal, because the two are compared with each other and with what the vault allows. */
const dayProblems = (path: string, days: unknown, maximum: number): string[] => [
  ...literal(path, days),
  ...wholeNumber(path, days, { minimum: 1, maximum, unit: "days" }),
];

function coldProblems(
  path: string,
  expireAfterDays: number,
  coldAfterDays: number,
  { service, leastColdDays, insteadOfCold }: RetentionLimits,
): string[] {
  const advice = insteadOfCold === undefined ? "" : ` (${insteadOfCold})`;
  if (leastColdDays === undefined)
    return [
      problem(`${path}.coldAfterDays`, `left out, because ${service} has no cold storage${advice}`, coldAfterDays),
    ];
  const least = coldAfterDays + leastColdDays;
  if (expireAfterDays >= least) return [];
  const rule = `at least ${String(least)}, because ${service} keeps what became cold after ${String(coldAfterDays)} days for another ${String(leastColdDays)}`;
  return [problem(`${path}.expireAfterDays`, rule, expireAfterDays)];
}

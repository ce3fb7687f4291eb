import { distinct, isToken, keyPrefix, list, literal, matching, problem } from "../core/checks";
import { scheduleProblems, type Schedule } from "../core/schedule";
import { copiedPrefixes, type CopiedObjects } from "./prefixes";

/** What happens to an object that the destination has already. */
export const TransferOverwrite = {
  /** It is written again where it differs: a new version. */
  DIFFERENT: "different",
  /** It stays as it is: write once. */
  NEVER: "never",
  /** It is written again each time. */
  ALWAYS: "always",
} as const;
export type TransferOverwrite = (typeof TransferOverwrite)[keyof typeof TransferOverwrite];

/** When a transfer runs, always in UTC: on a schedule, once, or whenever there are new objects. */
export interface TransferTimes {
  /** Every few hours, or daily. @default - once, or by events */
  readonly schedule?: Schedule;
  /** The only day on which it runs, such as `2026-01-31`: a migration, or a backfill. @default - again and again */
  readonly onceOn?: string;
  /** The day of the first run, such as `2026-01-01`. @default - the day after it was made; by events at once */
  readonly startsOn?: string;
  /** The day of the last run. @default - there is none */
  readonly endsOn?: string;
}

/** What of the source is copied, and where to. */
export interface TransferredObjects extends CopiedObjects {
  /** Beginnings of keys that are left out all the same; literal. @default - none */
  readonly excludedPrefixes?: readonly string[];
  /** What is put before the keys of the copies, ending in a slash: `customer_backup/`. @default - copies keep their keys */
  readonly targetPrefix?: string;
}

const DATE = { pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, rule: "a day such as 2026-01-31" };

const dateProblems = (path: string, date: unknown): readonly string[] => [
  ...literal(path, date),
  ...matching(path, date, DATE.pattern, DATE.rule),
];

/** The problems of when a transfer runs. */
export function timesProblems(times: TransferTimes, hasEvents: boolean): readonly string[] {
  const { schedule, onceOn, startsOn, endsOn } = times;
  const dates = Object.entries({ onceOn, startsOn, endsOn }).flatMap(([path, date]) =>
    date === undefined ? [] : dateProblems(path, date),
  );
  const shape = schedule === undefined ? [] : scheduleProblems("schedule", schedule);
  return dates.length + shape.length > 0 ? [...shape, ...dates] : choiceProblems(times, hasEvents);
}

function choiceProblems({ schedule, onceOn, startsOn, endsOn }: TransferTimes, hasEvents: boolean): readonly string[] {
  const rhythm = schedule?.recurrence.every;
  const both = schedule !== undefined && onceOn !== undefined;
  const neither = schedule === undefined && onceOn === undefined && !hasEvents;
  const bounded = onceOn !== undefined && (startsOn ?? endsOn) !== undefined;
  const backwards = startsOn !== undefined && endsOn !== undefined && endsOn < startsOn;
  return [
    ...(both || neither
      ? [
          problem(
            "schedule, onceOn",
            "given one of the two, or neither where the trust has a queue",
            both ? "both" : "neither",
          ),
        ]
      : []),
    ...(rhythm === "week" || rhythm === "month"
      ? [
          problem(
            "schedule",
            "hourly or daily, because a transfer repeats after a fixed time and keeps no weekday",
            rhythm,
          ),
        ]
      : []),
    ...(bounded ? [problem("onceOn", "given without startsOn and endsOn", onceOn)] : []),
    ...(backwards ? [problem("endsOn", `no earlier than startsOn at ${startsOn}`, endsOn)] : []),
  ];
}

/** Most prefixes of either kind. https://cloud.google.com/storage-transfer/docs/reference/rest/v1/TransferSpec#ObjectConditions */
const PREFIXES_MAXIMUM = 1000;

/** The problems of what is left out and of where copies go; prefixes have checks of their own. */
export function objectsProblems(objects: TransferredObjects): readonly string[] {
  const { prefixes = [], excludedPrefixes = [], targetPrefix } = objects;
  const excluded = list("excludedPrefixes", excludedPrefixes, keyPrefixAt);
  const target = targetPrefix === undefined ? [] : targetProblems(targetPrefix);
  if (excluded.length > 0) return [...excluded, ...target];
  return [
    ...(prefixes.length > PREFIXES_MAXIMUM ? [tooMany("prefixes", prefixes.length)] : []),
    ...(excludedPrefixes.length > PREFIXES_MAXIMUM ? [tooMany("excludedPrefixes", excludedPrefixes.length)] : []),
    ...distinct("excludedPrefixes", excludedPrefixes, (prefix) => prefix, "excluded once"),
    ...excludedPrefixes.flatMap((prefix, index) =>
      outsideProblems(`excludedPrefixes[${String(index)}]`, prefix, objects),
    ),
    ...target,
  ];
}

const keyPrefixAt = (prefix: string, path: string): readonly string[] => keyPrefix(path, prefix);
const tooMany = (path: string, count: number): string => problem(path, `at most ${String(PREFIXES_MAXIMUM)}`, count);

/** What is left out has to be part of what is copied, and not all of it. */
function outsideProblems(path: string, prefix: string, objects: CopiedObjects): readonly string[] {
  const within = copiedPrefixes(objects).some((copied) => prefix.startsWith(copied) && prefix !== copied);
  return within ? [] : [problem(path, "a part of what is copied", prefix)];
}

const targetProblems = (targetPrefix: string): readonly string[] => {
  const wrong = keyPrefix("targetPrefix", targetPrefix);
  if (wrong.length > 0) return wrong;
  return targetPrefix.endsWith("/") ? [] : [problem("targetPrefix", "a prefix that ends in a slash", targetPrefix)];
};

/** Keys that are copied but not opened: the copy would fail on each of them. */
export const unopenedProblems = (objects: CopiedObjects, opened: CopiedObjects): readonly string[] =>
  copiedPrefixes(objects)
    .filter((prefix) => !isToken(prefix) && !copiedPrefixes(opened).some((open) => prefix.startsWith(open)))
    .map((prefix) => problem("prefixes", `within what the trust opens (${copiedPrefixes(opened).join(", ")})`, prefix));

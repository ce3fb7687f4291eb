import { given, literal, oneOf, wholeNumber, type Range } from "../../core/checks";
import type { NameRule } from "../../core/names";

/** What a function may be called. */
export const FUNCTION_NAME: NameRule = {
  rule: "1-64 letters, digits, hyphens or underscores",
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  maximum: 64,
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
};

/** Numbers of a function. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const RANGES: Readonly<Record<"memoryMiB" | "timeoutSeconds" | "reservedConcurrency", Range>> = {
  memoryMiB: { minimum: 128, maximum: 10_240, unit: "MiB" },
  timeoutSeconds: { minimum: 1, maximum: 900, unit: "seconds" },
  // 0 switches the function off
  reservedConcurrency: { minimum: 0 },
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Days that the logs of a function are kept when nothing else is said. */
export const LOG_RETENTION_DAYS = 400;

/** What of a function's numbers is given. */
type Numbers = Readonly<Partial<Record<keyof typeof RANGES, number>>>;

/** The problems of a function's numbers. The timeout is literal: a queue's visibility timeout follows from it. */
export const numberProblems = (numbers: Numbers): string[] => [
  ...given(numbers.timeoutSeconds, (seconds) => literal("timeoutSeconds", seconds)),
  ...(Object.keys(RANGES) as (keyof typeof RANGES)[]).flatMap((name) =>
    given(numbers[name], (value) => wholeNumber(name, value, RANGES[name])),
  ),
];

/** The problems of the days that logs are kept. */
export const retentionProblems = (path: string, days: unknown): string[] => oneOf(path, days, RETENTION_DAYS);

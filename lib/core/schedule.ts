import { having, literal, oneOf, wholeNumber } from "./checks";

/** Days of the week, as people say them. */
export const Weekday = {
  MONDAY: "monday",
  TUESDAY: "tuesday",
  WEDNESDAY: "wednesday",
  THURSDAY: "thursday",
  FRIDAY: "friday",
  SATURDAY: "saturday",
  SUNDAY: "sunday",
} as const;
export type Weekday = (typeof Weekday)[keyof typeof Weekday];

/** A time of the day in UTC. */
export interface TimeOfDay {
  /** 0 to 23. @default 5 */
  readonly hour?: number;
  /** 0 to 59. @default 0 */
  readonly minute?: number;
}

/** A day of the week and its time. */
export interface TimeOfWeek extends TimeOfDay {
  readonly weekday: Weekday;
}

/** A day of the month and its time. */
export interface TimeOfMonth extends TimeOfDay {
  /** 1 to 28, which every month has. @default 1 */
  readonly day?: number;
}

/** When a schedule comes round, in UTC; each cloud writes it in its own form. */
export type Recurrence =
  | { readonly every: "hours"; readonly hours: number; readonly minute: number }
  | { readonly every: "day"; readonly hour: number; readonly minute: number }
  | { readonly every: "week"; readonly weekday: Weekday; readonly hour: number; readonly minute: number }
  | { readonly every: "month"; readonly day: number; readonly hour: number; readonly minute: number };

const DEFAULT_HOUR = 5;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const LONGEST_MONTH_DAYS = 31;

/** When something happens again and again: one meaning on three clouds, always in UTC. */
export class Schedule {
  /** Every hour, at a minute of it. */
  public static hourly(minute = 0): Schedule {
    return Schedule.everyHours(1, minute);
  }

  /** Every 1, 2, 3, 4, 6, 8 or 12 hours counted from midnight, at a minute of the hour. */
  public static everyHours(hours: number, minute = 0): Schedule {
    return new Schedule({ every: "hours", hours, minute });
  }

  /** Once a day. */
  public static daily({ hour = DEFAULT_HOUR, minute = 0 }: TimeOfDay = {}): Schedule {
    return new Schedule({ every: "day", hour, minute });
  }

  /** Once a week. */
  public static weekly({ weekday, hour = DEFAULT_HOUR, minute = 0 }: TimeOfWeek): Schedule {
    return new Schedule({ every: "week", weekday, hour, minute });
  }

  /** Once a month. */
  public static monthly({ day = 1, hour = DEFAULT_HOUR, minute = 0 }: TimeOfMonth = {}): Schedule {
    return new Schedule({ every: "month", day, hour, minute });
  }

  /** The longest time from one to the next, in minutes: that of a month with 31 days for a monthly one. */
  public readonly longestIntervalMinutes: number;

  private constructor(
    /** What each cloud's form is made of. */
    public readonly recurrence: Recurrence,
  ) {
    this.longestIntervalMinutes = intervalMinutes(recurrence);
  }
}

function intervalMinutes(recurrence: Recurrence): number {
  if (recurrence.every === "hours") return recurrence.hours * HOUR_MINUTES;
  const days = { day: 1, week: 7, month: LONGEST_MONTH_DAYS }[recurrence.every];
  return days * DAY_MINUTES;
}

/** What divides a day, so that the steps are even across midnight. */
const STEPS: readonly number[] = [1, 2, 3, 4, 6, 8, 12];

/** The problems of a schedule; its numbers are literal, because they stand in an expression. */
export function scheduleProblems(path: string, schedule: Schedule): readonly string[] {
  const shape = having(path, schedule, "recurrence", "a schedule such as Schedule.daily()");
  if (shape.length > 0) return shape;
  const { recurrence } = schedule;
  const minute = within(`${path}.minute`, recurrence.minute, 0, 59);
  if (recurrence.every === "hours") return [...oneOf(`${path}.hours`, recurrence.hours, STEPS), ...minute];
  const day = recurrence.every === "month" ? within(`${path}.day`, recurrence.day, 1, 28) : [];
  const weekday =
    recurrence.every === "week" ? oneOf(`${path}.weekday`, recurrence.weekday, Object.values(Weekday)) : [];
  return [...day, ...weekday, ...within(`${path}.hour`, recurrence.hour, 0, 23), ...minute];
}

const within = (path: string, value: number, minimum: number, maximum: number): string[] => [
  ...literal(path, value),
  ...wholeNumber(path, value, { minimum, maximum }),
];

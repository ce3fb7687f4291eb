import { Weekday, type Schedule } from "../../core/schedule";

const WEEKDAY: Record<Weekday, string> = {
  [Weekday.MONDAY]: "MON",
  [Weekday.TUESDAY]: "TUE",
  [Weekday.WEDNESDAY]: "WED",
  [Weekday.THURSDAY]: "THU",
  [Weekday.FRIDAY]: "FRI",
  [Weekday.SATURDAY]: "SAT",
  [Weekday.SUNDAY]: "SUN",
};

/**
 * A schedule as AWS Backup takes it: minute, hour, day of the month, month, day of the week, year, in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function cronExpression({ recurrence }: Schedule): string {
  const minute = String(recurrence.minute);
  switch (recurrence.every) {
    case "hours":
      return `cron(${minute} ${recurrence.hours === 1 ? "*" : `0/${String(recurrence.hours)}`} ? * * *)`;
    case "day":
      return `cron(${minute} ${String(recurrence.hour)} ? * * *)`;
    case "week":
      return `cron(${minute} ${String(recurrence.hour)} ? * ${WEEKDAY[recurrence.weekday]} *)`;
    case "month":
      return `cron(${minute} ${String(recurrence.hour)} ${String(recurrence.day)} * ? *)`;
  }
}

import { Token } from "cdktf";
import { Schedule, scheduleProblems, Weekday } from "../../lib/core/schedule";

test.each([
  ["hourly", Schedule.hourly(), { every: "hours", hours: 1, minute: 0 }, 60],
  ["every six hours", Schedule.everyHours(6, 30), { every: "hours", hours: 6, minute: 30 }, 360],
  ["daily", Schedule.daily(), { every: "day", hour: 5, minute: 0 }, 1440],
  ["daily at midnight", Schedule.daily({ hour: 0 }), { every: "day", hour: 0, minute: 0 }, 1440],
  [
    "weekly",
    Schedule.weekly({ weekday: Weekday.SUNDAY, minute: 15 }),
    { every: "week", weekday: "sunday", hour: 5, minute: 15 },
    10_080,
  ],
  ["monthly", Schedule.monthly({ day: 28 }), { every: "month", day: 28, hour: 5, minute: 0 }, 44_640],
])("%s says when, and how long it may take to come round", (_, schedule, recurrence, minutes) => {
  expect(schedule.recurrence).toEqual(recurrence);
  expect(schedule.longestIntervalMinutes).toBe(minutes);
  expect(scheduleProblems("schedule", schedule)).toEqual([]);
});

describe("fails on", () => {
  test.each([
    ["no schedule", "daily" as never, 'schedule must be a schedule such as Schedule.daily(), got "daily"'],
    [
      "hours that do not divide a day",
      Schedule.everyHours(5),
      "schedule.hours must be one of 1, 2, 3, 4, 6, 8, 12, got 5",
    ],
    ["a minute beyond the hour", Schedule.hourly(60), "schedule.minute must be a whole number from 0 to 59, got 60"],
    [
      "an hour beyond the day",
      Schedule.daily({ hour: 24 }),
      "schedule.hour must be a whole number from 0 to 23, got 24",
    ],
    [
      "a day that not every month has",
      Schedule.monthly({ day: 31 }),
      "schedule.day must be a whole number from 1 to 28, got 31",
    ],
    [
      "no day of the week",
      Schedule.weekly({ weekday: "sun" as Weekday }),
      'schedule.weekday must be one of "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", got "sun"',
    ],
    [
      "an hour that only Terraform knows",
      Schedule.daily({ hour: Token.asNumber("${var.hour}") }),
      "schedule.hour must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    ],
  ])("%s", (_, schedule, message) => {
    expect(scheduleProblems("schedule", schedule)).toEqual([message]);
  });
});

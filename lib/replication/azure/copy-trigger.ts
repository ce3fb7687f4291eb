import { DataFactoryTriggerSchedule } from "@cdktf/provider-azurerm/lib/data-factory-trigger-schedule";
import { DataFactoryTriggerTumblingWindow } from "@cdktf/provider-azurerm/lib/data-factory-trigger-tumbling-window";
import type { Construct } from "constructs";
import { given, literal, problem, wholeNumber } from "../../core/checks";
import { placedGlobally } from "../../core/placement";
import { Schedule, scheduleProblems, type Recurrence } from "../../core/schedule";
import { CopySelection, WINDOW } from "./copy-activities";

/** When a copy runs, and on what. */
export interface CopyTiming {
  /** Hourly or daily. @default Schedule.hourly() */
  readonly schedule?: Schedule;
  /**
   * The first day, as `2026-01-31`, in UTC. Before today, what was written since is copied first, window by window:
   * that is how objects that are there already are copied.
   */
  readonly startsOn: string;
  /** What one run reads. @default CopySelection.CHANGED */
  readonly selection?: CopySelection;
  /**
   * Minutes that a window waits after its end: S3 dates an object by the beginning of its upload, so an upload that ends
   * later than this is missed. Only of what changed. @default 15
   */
  readonly settleMinutes?: number;
}

const SETTLE_MINUTES = 15;
const DAY_MINUTES = 1440;
const HOUR_MINUTES = 60;
/** Windows that may be copied side by side, while those of the past are made up for. */
const CONCURRENT_WINDOWS = 5;
/** A run that failed is tried again, twice after five minutes; then it waits for somebody to start it anew. */
const RETRY = { count: 2, interval: 300 } as const;

/** The problems of when a copy runs. */
export const timingProblems = ({ schedule, startsOn, settleMinutes }: CopyTiming): readonly string[] => [
  ...given(schedule, (value) => {
    const wrong = scheduleProblems("schedule", value);
    return wrong.length > 0 || isShort(value.recurrence)
      ? wrong
      : [problem("schedule", "hourly or daily, as windows of Data Factory are", value.recurrence.every)];
  }),
  ...literal("startsOn", startsOn),
  ...(isDay(startsOn) ? [] : [problem("startsOn", "a day such as 2026-01-31", startsOn)]),
  ...given(settleMinutes, (minutes) =>
    wholeNumber("settleMinutes", minutes, { minimum: 0, maximum: DAY_MINUTES, unit: "minutes" }),
  ),
];

const isShort = ({ every }: Recurrence): boolean => every === "hours" || every === "day";

function isDay(text: unknown): boolean {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What a trigger starts. */
export interface TriggeredPipeline {
  readonly name: string;
  readonly dataFactoryId: string;
  readonly pipelineName: string;
}

export type CopyTrigger = DataFactoryTriggerTumblingWindow | DataFactoryTriggerSchedule;

/** Starts a pipeline, with the window that it is to copy. */
export function copyTrigger(scope: Construct, pipeline: TriggeredPipeline, timing: CopyTiming): CopyTrigger {
  const { recurrence } = timing.schedule ?? Schedule.hourly();
  const hours = recurrence.every === "hours" ? recurrence.hours : DAY_MINUTES / HOUR_MINUTES;
  const common = {
    name: pipeline.name,
    dataFactoryId: pipeline.dataFactoryId,
    startTime: `${timing.startsOn}T${timeOf(recurrence)}:00Z`,
    activated: true,
    frequency: "Hour",
    interval: hours,
  };
  return timing.selection === CopySelection.ALL
    ? new DataFactoryTriggerSchedule(
        scope,
        "Trigger",
        placedGlobally(scope, { ...common, timeZone: "UTC", pipeline: [{ name: pipeline.pipelineName }] }),
      )
    : new DataFactoryTriggerTumblingWindow(
        scope,
        "Trigger",
        placedGlobally(scope, {
          ...common,
          delay: durationOf(timing.settleMinutes ?? SETTLE_MINUTES),
          maxConcurrency: CONCURRENT_WINDOWS,
          retry: RETRY,
          pipeline: { name: pipeline.pipelineName, parameters: WINDOW_PARAMETERS },
        }),
      );
}

const two = (number: number): string => String(number).padStart(2, "0");

const timeOf = (recurrence: Recurrence): string =>
  `${recurrence.every === "hours" ? "00" : two(recurrence.hour)}:${two(recurrence.minute)}`;

/** `d.hh:mm:ss` of Data Factory; a whole day is `1.00:00:00`. */
const durationOf = (minutes: number): string => {
  const days = Math.floor(minutes / DAY_MINUTES);
  const rest = minutes % DAY_MINUTES;
  const time = `${two(Math.floor(rest / HOUR_MINUTES))}:${two(rest % HOUR_MINUTES)}:00`;
  return days === 0 ? time : `${String(days)}.${time}`;
};

const utc = (time: string): string => `@formatDateTime(trigger().outputs.${time}, 'yyyy-MM-ddTHH:mm:ssZ')`;
const WINDOW_PARAMETERS = { [WINDOW.start]: utc("windowStartTime"), [WINDOW.end]: utc("windowEndTime") };

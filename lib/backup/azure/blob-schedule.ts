import { problem } from "../../core/checks";
import { Weekday, type Schedule } from "../../core/schedule";
import type { BackupRule } from "../rule";
import type { RetentionLimits } from "../retention";

/** What Azure Backup keeps of blobs in a vault. */
export const VAULTED: RetentionLimits = {
  service: "Azure Backup of blobs",
  maximumDays: 3650,
  insteadOfCold: "VaultStore alone is there",
  source: "https://learn.microsoft.com/azure/backup/blob-backup-overview",
};

/** A Monday: the first backup of an interval was then, at its hour. A date of today would change the policy every day. */
const FIRST_MONDAY = { year: 2024, month: 1, day: 1 };
const WEEKDAYS: readonly Weekday[] = Object.values(Weekday);
const two = (value: number): string => String(value).padStart(2, "0");

/** A schedule as Azure Backup takes it: `R/2024-01-01T05:00:00+00:00/P1D`. Nothing for one that it does not have. */
export function repeatingInterval({ recurrence }: Schedule): string | undefined {
  if (recurrence.every === "hours" || recurrence.every === "month") return undefined;
  const offset = recurrence.every === "week" ? WEEKDAYS.indexOf(recurrence.weekday) : 0;
  const date = `${String(FIRST_MONDAY.year)}-${two(FIRST_MONDAY.month)}-${two(FIRST_MONDAY.day + offset)}`;
  const period = recurrence.every === "week" ? "P1W" : "P1D";
  return `R/${date}T${two(recurrence.hour)}:${two(recurrence.minute)}:00+00:00/${period}`;
}

/** What else is wrong with a rule on Azure. https://learn.microsoft.com/azure/backup/blob-backup-configure-manage */
export const intervalProblems = (path: string, { schedule }: BackupRule): readonly string[] =>
  repeatingInterval(schedule) === undefined
    ? [problem(`${path}.schedule`, "daily or weekly, as Azure Backup takes them of blobs", schedule.recurrence.every)]
    : [];

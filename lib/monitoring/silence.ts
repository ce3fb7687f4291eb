import type { MissingData } from "../core/metric";

/** What a metric tells of, which decides what its silence means. */
export type MetricKind = "occurrences" | "level" | "heartbeat";

/** What a period without samples means, by what the metric tells of. */
export const SILENCE: Readonly<Record<MetricKind, MissingData>> = {
  /** Errors, throttles, rejected records: published only when there are some. */
  occurrences: "notBreaching",
  /** Backlog, age, lag: services stop publishing it for what is idle. */
  level: "notBreaching",
  /** Runs, deliveries, backups: something that must keep coming. */
  heartbeat: "breaching",
};

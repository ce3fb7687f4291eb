/** How urgent an alarm is: who is told, and when. */
export const Severity = {
  /** Wakes somebody up. */
  CRITICAL: "critical",
  /** Looked at within the hour. */
  HIGH: "high",
  /** Looked at within the working day. */
  LOW: "low",
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Whom an alarm tells: the action identifiers of one cloud (SNS topic ARNs, action group ids, channel names). */
export interface IncidentRoute {
  actionsFor(severity: Severity): readonly string[];
}

import { literal, problem, wholeNumber } from "../core/checks";

/** What a team promises about getting its data back. */
export interface RecoveryObjectives {
  /** Most minutes of writes that may be lost (RPO). @default - nothing is promised */
  readonly recoveryPointMinutes?: number;
  /** Most minutes until the data is there again (RTO). @default - nothing is promised */
  readonly recoveryTimeMinutes?: number;
}

/** What a configuration does reach, in minutes. */
export interface Reached {
  readonly minutes: number;
  /** What the minutes are, as the error says it: `the time between two backups of rule "daily"`. */
  readonly by: string;
}

/**
 * An objective held against what is configured: promising less than that is an error that names what stands in the way.
 *
 * @param path the prop, such as `recoveryPointMinutes`
 * @param reached each protected thing with what it reaches; the worst of them counts
 */
export function objectiveProblems(path: string, minutes: number, reached: readonly Reached[]): string[] {
  const shape = [...literal(path, minutes), ...wholeNumber(path, minutes, { minimum: 1, unit: "minutes" })];
  if (shape.length > 0) return shape;
  return reached
    .filter((one) => one.minutes > minutes)
    .map((one) => problem(path, `at least ${String(one.minutes)}, ${one.by}`, minutes));
}

/** The best of several ways to get the same data back. */
export const bestOf = (ways: readonly Reached[]): Reached | undefined =>
  ways.reduce<Reached | undefined>((best, way) => (best && best.minutes <= way.minutes ? best : way), undefined);

import { given, having, isToken, matching, object, oneOf, problem, text, wholeNumber } from "../core/checks";
import { Severity, type IncidentRoute } from "../core/incident-route";

/** The bound of an alarm: one of the two. */
export type Threshold =
  | { /** Alarms when the metric is greater. */ readonly above: number; readonly below?: never }
  | { /** Alarms when the metric is less. */ readonly below: number; readonly above?: never };

/** When an alarm goes off, how urgent that is, and whom it tells. */
export interface AlarmOptions {
  readonly severity: Severity;
  /** Whom it tells, when it goes off and when all is well again. @default - the environment's route, else nobody */
  readonly route?: IncidentRoute;
  /** `https://` address of what to do about it. @default - none */
  readonly runbook?: string;
  /** Periods in a row that must be out of bounds. @default 1 */
  readonly evaluationPeriods?: number;
  /** A multiple of 60. @default - the metric's own */
  readonly periodSeconds?: number;
  /** What it means, for whoever is woken up. @default - the metric and its bound */
  readonly description?: string;
}

/** What an alarm on a metric takes. */
export type AlarmProps = AlarmOptions & Threshold;

/** Whom to tell about what a construct watches of itself. */
export interface Monitoring {
  /** @default Severity.HIGH */
  readonly severity?: Severity;
  /** @default - the environment's route; without one there are no alarms */
  readonly route?: IncidentRoute;
}

/** The longest description; what is left of CloudWatch's 1,024 characters holds severity, metric and runbook. */
const DESCRIPTION_MAXIMUM = 500;

/** All that is wrong with an alarm, whatever the cloud. */
export const alarmProblems = (props: AlarmProps): string[] => [
  ...thresholdProblems(props),
  ...oneOf("severity", props.severity, Object.values(Severity)),
  ...routeProblems("route", props.route),
  ...given(props.runbook, (runbook) =>
    matching("runbook", runbook, /^https:\/\/\S{1,300}$/, "an https:// address of at most 300 characters"),
  ),
  ...given(props.evaluationPeriods, evaluationProblems),
  ...given(props.periodSeconds, (seconds) => periodProblems(seconds)),
  ...given(props.description, (description) => descriptionProblems(description)),
];

/** The problems of what a construct is told about watching itself. */
export const monitoringProblems = (monitoring: Monitoring | undefined): readonly string[] =>
  given(monitoring, (value) => {
    const shape = object("monitoring", value);
    return shape.length > 0 ? shape : watchProblems(value);
  });

const watchProblems = ({ severity, route }: Monitoring): readonly string[] => [
  ...given(severity, (value) => oneOf("monitoring.severity", value, Object.values(Severity))),
  ...routeProblems("monitoring.route", route),
];

function thresholdProblems({ above, below }: AlarmProps): string[] {
  const bounds = Object.entries({ above, below }).filter(([, value]) => value !== undefined);
  if (bounds.length !== 1)
    return [problem("above, below", "given one of the two", bounds.length === 0 ? "neither" : "both")];
  return bounds
    .filter(([, value]) => !isToken(value) && !(typeof value === "number" && Number.isFinite(value)))
    .map(([path, value]) => problem(path, "a finite number", value));
}

const routeProblems = (path: string, route: unknown): readonly string[] =>
  given(route, (value) => having(path, value, "actionsFor", "an incident route"));

const evaluationProblems = (periods: number): string[] =>
  isToken(periods)
    ? [problem("evaluationPeriods", "a literal number", periods)]
    : wholeNumber("evaluationPeriods", periods, { minimum: 1 });

const periodProblems = (seconds: number): string[] =>
  !isToken(seconds) && Number.isInteger(seconds / 60) && seconds >= 60 && seconds <= 86_400
    ? []
    : [problem("periodSeconds", "a literal multiple of 60 from 60 to 86400 seconds", seconds)];

const descriptionProblems = (description: string): string[] => {
  const wrong = text("description", description);
  return wrong.length > 0 || description.length <= DESCRIPTION_MAXIMUM
    ? wrong
    : [problem("description", `at most ${String(DESCRIPTION_MAXIMUM)} characters`, description)];
};

import type { Construct } from "constructs";
import { given, wholeNumber } from "../../core/checks";
import { routeOf } from "../../core/environment";
import { Severity } from "../../core/incident-route";
import { monitoringProblems, type AlarmOptions, type Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { AwsMetric } from "../../monitoring/aws/metric";
import type { FunctionMetrics } from "./function-metrics";
import type { RetrainingMetrics } from "./retraining-metrics";

/** Whom to tell of what about a trigger. */
export interface RetrainingMonitoring extends Monitoring {
  /** Jobs of one hour that are still as they should be. @default - what the cool-down lets through; 12 without one */
  readonly maximumJobsPerHour?: number;
}

/** The alarms of a trigger. That of the dead letters is the queue's. */
export interface RetrainingAlarms {
  /** A run ended in an error or a timeout. */
  readonly errors: AwsAlarm;
  /** Calls failed: to SageMaker, to the state, to the bucket. */
  readonly failures: AwsAlarm;
  /** For hours there was no room for a job, although there was data for one. */
  readonly skipped: AwsAlarm;
  /** More jobs than there should be. */
  readonly jobsPerHour: AwsAlarm;
}

/** A trigger that is watched. */
interface Watched extends Construct {
  readonly metrics: RetrainingMetrics;
  readonly function: { readonly metrics: FunctionMetrics };
}

const HOUR_MINUTES = 60;
const JOBS_PER_HOUR_WITHOUT_COOL_DOWN = 12;
const STARVED_HOURS = 6;

/** The problems of how a trigger is watched. */
export const retrainingMonitoringProblems = (monitoring: RetrainingMonitoring | undefined): string[] => [
  ...monitoringProblems(monitoring),
  ...given(monitoring?.maximumJobsPerHour, (jobs) =>
    wholeNumber("monitoring.maximumJobsPerHour", jobs, { minimum: 1, unit: "jobs" }),
  ),
];

/** The alarms of a trigger, as soon as there is somebody to tell. */
export function retrainingAlarms(
  trigger: Watched,
  { severity = Severity.HIGH, route = routeOf(trigger), maximumJobsPerHour }: RetrainingMonitoring = {},
  coolDownMinutes: number,
): RetrainingAlarms | undefined {
  if (route === undefined) return undefined;
  const jobs = maximumJobsPerHour ?? expectedJobsPerHour(coolDownMinutes);
  const alarm = (
    metric: AwsMetric,
    id: string,
    description: string,
    condition: Partial<AlarmOptions> = {},
    above = 0,
  ): AwsAlarm => metric.alarm(trigger, id, { above, severity, route, description, ...condition });
  return {
    errors: alarm(trigger.function.metrics.errors(), "Errors", MEANING.errors),
    failures: alarm(trigger.metrics.failures(), "Failures", MEANING.failures, { evaluationPeriods: 3 }),
    skipped: alarm(trigger.metrics.jobsSkipped("concurrency"), "Skipped", MEANING.skipped, {
      evaluationPeriods: STARVED_HOURS,
    }),
    jobsPerHour: alarm(trigger.metrics.jobsStarted(), "JobsPerHour", MEANING.jobsPerHour, {}, jobs),
  };
}

/** What each alarm means, for whoever is woken up. */
const MEANING: Record<keyof RetrainingAlarms, string> = {
  errors: "Runs of the retraining trigger end in errors; new data waits in its queue",
  failures: "The retraining trigger cannot reach SageMaker, its state or its bucket; it tries again",
  skipped: `New data has waited ${String(STARVED_HOURS)} hours for a training job to end`,
  jobsPerHour: "More training jobs start than should",
};

const expectedJobsPerHour = (coolDownMinutes: number): number =>
  coolDownMinutes === 0 ? JOBS_PER_HOUR_WITHOUT_COOL_DOWN : Math.ceil(HOUR_MINUTES / coolDownMinutes);

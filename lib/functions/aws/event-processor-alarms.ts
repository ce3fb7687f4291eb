import type { Construct } from "constructs";
import { routeOf } from "../../core/environment";
import { Severity } from "../../core/incident-route";
import type { AlarmOptions, Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { AwsMetric } from "../../monitoring/aws/metric";
import type { EventProcessorMetrics } from "./event-processor-metrics";
import type { FunctionMetrics } from "./function-metrics";

/** The alarms of a processor. Those of late and given-up records are the source's, that of dead letters the queue's. */
export interface EventProcessorAlarms {
  /** A run ended in an error or a timeout. */
  readonly errors: AwsAlarm;
  /** Runs were refused: too many were under way. */
  readonly throttles: AwsAlarm;
  /** Calls failed for 15 minutes: to the output, to the bucket, to the dead letters. */
  readonly failures: AwsAlarm;
}

/** A processor that is watched. */
interface Watched extends Construct {
  readonly metrics: EventProcessorMetrics;
  readonly function: { readonly metrics: FunctionMetrics };
}

/** The alarms of a processor, as soon as there is somebody to tell. */
export function eventProcessorAlarms(
  processor: Watched,
  { severity = Severity.HIGH, route = routeOf(processor) }: Monitoring = {},
): EventProcessorAlarms | undefined {
  if (route === undefined) return undefined;
  const alarm = (metric: AwsMetric, id: string, description: string, more: Partial<AlarmOptions> = {}): AwsAlarm =>
    metric.alarm(processor, id, { above: 0, severity, route, description, ...more });
  const { metrics, function: fn } = processor;
  return {
    errors: alarm(fn.metrics.errors(), "Errors", "Runs of the event processor end in errors; its shards wait"),
    throttles: alarm(fn.metrics.throttles(), "Throttles", "Runs of the event processor are refused; its shards wait"),
    failures: alarm(metrics.failures(), "Failures", "The event processor cannot reach its stream, bucket or queue", {
      evaluationPeriods: 3,
    }),
  };
}

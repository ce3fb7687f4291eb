import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { having, isToken, problem } from "../../core/checks";
import { routeOf } from "../../core/environment";
import { assertValid, ConstructValidationError } from "../../core/errors";
import { Severity, type IncidentRoute } from "../../core/incident-route";
import { physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { labelsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { alarmProblems, type AlarmProps } from "../alarm";
import { lookBackProblems, periodOf, periodsOf, statisticProblems, thresholdCondition } from "./condition";
import type { GoogleMetricRef } from "./metric-ref";

/** An alarm on one metric of Cloud Monitoring. */
export type GoogleAlarmProps = AlarmProps &
  PlacementProps & {
    readonly metric: GoogleMetricRef;
    /** @default - the environment's tags */
    readonly tags?: Tags;
  };

const POLICY_NAME: NameRule = {
  rule: "1-512 characters",
  pattern: /^[^\p{Cc}]{1,512}$/u,
  maximum: 512,
  source: "https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies",
};

/** https://cloud.google.com/monitoring/quotas */
const CHANNELS_MAXIMUM = 16;
const CHANNEL = /^projects\/[^/]+\/notificationChannels\/[^/]+$/;

/** https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#Severity */
const SEVERITY: Readonly<Record<Severity, string>> = {
  [Severity.CRITICAL]: "CRITICAL",
  [Severity.HIGH]: "ERROR",
  [Severity.LOW]: "WARNING",
};

/** An alerting policy of Cloud Monitoring with one condition: tells its route when the metric leaves its bound, and when it is back. */
export class GoogleAlarm extends Construct {
  /** Its resource name: `projects/…/alertPolicies/…`. */
  public readonly policyName: string;
  public readonly resource: MonitoringAlertPolicy;

  public constructor(scope: Construct, id: string, props: GoogleAlarmProps) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...googleAlarmProblems(props)]);
    const { labels: userLabels } = labelsFor(this, props.tags);
    const displayName = physicalName(this, POLICY_NAME);
    const channels = this.channels(props);
    this.resource = new MonitoringAlertPolicy(
      this,
      "Resource",
      placedGlobally(this, {
        displayName,
        combiner: "OR",
        severity: SEVERITY[props.severity],
        conditions: [{ displayName, conditionThreshold: thresholdCondition(props, props.metric) }],
        ...(channels.length > 0 && { notificationChannels: channels }),
        documentation: { content: message(props), mimeType: "text/markdown" },
        ...(userLabels !== undefined && { userLabels }),
      }),
    );
    this.policyName = this.resource.name;
  }

  private channels({ route, severity }: GoogleAlarmProps): string[] {
    const channels = [...((route ?? routeOf(this))?.actionsFor(severity) ?? [])];
    const foreign = foreignActions(channels);
    const rule =
      "one of Google's notification channels (projects/…/notificationChannels/…); useEnvironment on a construct around it, or its own route, declares another one";
    const problems = [
      ...foreign.map((channel) => problem("route", rule, channel)),
      ...(channels.length > CHANNELS_MAXIMUM
        ? [problem("route", `one of at most ${String(CHANNELS_MAXIMUM)} channels for ${severity}`, channels.length)]
        : []),
    ];
    if (problems.length > 0) throw new ConstructValidationError(this.node.path, problems);
    return channels;
  }
}

/** What Cloud Monitoring cannot tell: topics and groups of other clouds. */
const foreignActions = (actions: readonly string[]): readonly string[] =>
  actions.filter((action) => !isToken(action) && !CHANNEL.test(action));

/** Whether a route tells channels of Google: that of an environment may be of another one of its clouds. */
export const tellsGoogle = (route: IncidentRoute, severity: Severity): boolean =>
  foreignActions(route.actionsFor(severity)).length === 0;

/** What whoever is woken up reads first: how urgent it is, what happened, what to do. */
function message(props: GoogleAlarmProps): string {
  const [word, bound] = props.above === undefined ? ["below", props.below] : ["above", props.above];
  const { metric, runbook, severity } = props;
  const time = `${String(periodsOf(props))} × ${String(periodOf(props, metric))} s`;
  const what =
    props.description ?? `${metric.statistic} of ${metric.metricName} ${word} ${shownBound(bound)} in ${time}`;
  return [`${severity.toUpperCase()}: ${what}`, ...(runbook === undefined ? [] : [`Runbook: ${runbook}`])].join("\n\n");
}

/** A bound that is known only to Terraform is written into the text by Terraform. */
const shownBound = (bound: number | undefined): string => (isToken(bound) ? Token.asString(bound) : String(bound));

function googleAlarmProblems(props: GoogleAlarmProps): readonly string[] {
  const shape = having(
    "metric",
    props.metric,
    "resourceType",
    "a metric of Cloud Monitoring, as the facades make them",
  );
  const own = [...shape, ...alarmProblems(props), ...tagProblems("tags", props.tags)];
  if (own.length > 0) return own;
  return [...statisticProblems(props.metric.statistic), ...lookBackProblems(props, props.metric)];
}

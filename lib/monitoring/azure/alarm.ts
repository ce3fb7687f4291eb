import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { Construct } from "constructs";
import { having } from "../../core/checks";
import { routeOf } from "../../core/environment";
import { assertValid, ConstructValidationError } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { physicalName, type NameRule } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import { alarmProblems, type AlarmProps } from "../alarm";
import { actionProblems, azureActions } from "./actions";
import { conditionProblems, criteria, windowOf } from "./condition";
import type { AzureMetricRef } from "./resource-metric";

/** An alarm on one metric of Azure Monitor. */
export type AzureAlarmProps = AlarmProps &
  AzurePlacementProps & {
    readonly metric: AzureMetricRef;
    /** @default - the environment's tags */
    readonly tags?: Tags;
  };

const ALERT_NAME: NameRule = {
  rule: "1-260 characters without *#&+:<>?@%{}\\/|, and without a space or dot last",
  pattern: /^[^*#&+:<>?@%{}\\/|\p{Cc}]{0,259}[^*#&+:<>?@%{}\\/|\p{Cc} .]$/u,
  maximum: 260,
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftinsights",
};

/** 0 is critical, 1 an error, 3 informational. https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview */
const SEVERITY: Record<Severity, number> = {
  [Severity.CRITICAL]: 0,
  [Severity.HIGH]: 1,
  [Severity.LOW]: 3,
};

/** An alert of Azure Monitor on a metric: tells its action groups when the metric leaves its bound, and when it is back. */
export class AzureAlarm extends Construct {
  public readonly alarmName: string;
  /** Resource id. */
  public readonly alarmId: string;
  public readonly resource: MonitorMetricAlert;

  public constructor(scope: Construct, id: string, props: AzureAlarmProps) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...azureAlarmProblems(props)]);
    const { metric, severity, route = routeOf(this) } = props;
    const actions = azureActions(route, severity);
    const problems = actionProblems(route, severity);
    if (problems.length > 0) throw new ConstructValidationError(this.node.path, problems);
    this.resource = new MonitorMetricAlert(
      this,
      "Resource",
      placedGlobally(this, {
        name: physicalName(this, ALERT_NAME),
        resourceGroupName: azurePlace(this, props).resourceGroupName,
        scopes: [metric.resourceId],
        description: message(props),
        severity: SEVERITY[severity],
        enabled: true,
        autoMitigate: true,
        ...windowOf(props),
        criteria: [criteria(props)],
        ...(actions.length > 0 && { action: actions.map((actionGroupId) => ({ actionGroupId })) }),
        ...tagsFor(this, props.tags),
      }),
    );
    this.alarmName = this.resource.name;
    this.alarmId = this.resource.id;
  }
}

/** What whoever is woken up reads first: how urgent it is, what happened, what to do. */
const message = ({ severity, description, runbook, metric, above, below }: AzureAlarmProps): string => {
  const bound = above === undefined ? `below ${String(below)}` : `above ${String(above)}`;
  return [
    `${severity.toUpperCase()}: ${description ?? `${metric.statistic} of ${metric.metricName} ${bound}`}`,
    ...(runbook === undefined ? [] : [`Runbook: ${runbook}`]),
  ].join("\n");
};

function azureAlarmProblems(props: AzureAlarmProps): readonly string[] {
  const shape = having("metric", props.metric, "resourceId", "a metric of Azure, as the facades make them");
  const own = [...shape, ...alarmProblems(props), ...tagProblems("tags", props.tags)];
  return own.length > 0 ? own : conditionProblems(props);
}

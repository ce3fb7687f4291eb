import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { useEnvironment, type IncidentRoute } from "cloud-conductor/core";
import { Severity, SILENCE } from "cloud-conductor/monitoring";
import { AwsMetric } from "cloud-conductor/monitoring/aws";
import { AwsQueue } from "cloud-conductor/streaming/aws";

const topic = (name: string): string => `arn:aws:sns:eu-west-1:123456789012:${name}`;

/** Alarms on what services publish and on what code of one's own does. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "watched");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });

  // #region route
  const oncall: IncidentRoute = {
    actionsFor: (severity) => [topic(severity === Severity.LOW ? "team-channel" : "pager")],
  };
  useEnvironment(stack, { name: "prod", dataRemoval: "kept" }, { route: oncall });
  // #endregion

  // #region facade
  const orders = new AwsQueue(stack, "orders"); // its first dead letter is an alarm already: there is a route
  orders.metrics.visibleMessages().alarm(stack, "orders-backlog", {
    above: 10_000,
    severity: Severity.LOW,
    evaluationPeriods: 15,
  });
  // #endregion

  // #region own
  const rejected = new AwsMetric({
    namespace: "Acme/Orders",
    metricName: "OrdersRejected",
    dimensions: { service: "orders" },
    statistic: "Sum",
    periodSeconds: 300,
    missingData: SILENCE.occurrences,
  });
  rejected.alarm(stack, "orders-rejected", {
    above: 0,
    severity: Severity.HIGH,
    description: "Orders were rejected: the shop sends something it did not send before",
    runbook: "https://wiki.acme.example/orders-rejected",
  });
  // #endregion
}

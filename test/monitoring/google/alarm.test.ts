import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { TerraformStack } from "cdktf";
import { useEnvironment } from "../../../lib/core/environment";
import { Severity } from "../../../lib/core/incident-route";
import type { AlarmProps } from "../../../lib/monitoring/alarm";
import { GoogleAlarm } from "../../../lib/monitoring/google/alarm";
import { GoogleIncidentRoute, type GoogleIncidentRouteProps } from "../../../lib/monitoring/google/incident-route";
import { GoogleMetric } from "../../../lib/monitoring/google/metric";
import type { GoogleMetricRef } from "../../../lib/monitoring/google/metric-ref";
import { SILENCE } from "../../../lib/monitoring/silence";
import type { Template } from "../../../lib/testing/template";
import { PROD, templateOn } from "../../storage/clouds/cloud";
import { GOOGLE } from "../../storage/clouds/google";
import { lines, messageOf } from "../../support/messages";

const ERRORS: GoogleMetricRef = {
  resourceType: "storage_transfer_job",
  namespace: "storagetransfer.googleapis.com",
  metricName: "transferjob/error_count",
  dimensions: { "resource.labels.job_id": 'ends_with("42")', "metric.labels.code": "PERMISSION_DENIED" },
  statistic: "Sum",
  periodSeconds: 300,
  missingData: SILENCE.occurrences,
};

const alarmed = (props: AlarmProps, metric: GoogleMetricRef = ERRORS): Template =>
  templateOn(GOOGLE, (stack) => new GoogleMetric(metric).alarm(stack, "errors", props));
const routed = (props: GoogleIncidentRouteProps, use?: (stack: TerraformStack) => void): Template =>
  templateOn(GOOGLE, (stack) => {
    useEnvironment(stack, PROD, { route: new GoogleIncidentRoute(stack, "oncall", props) });
    use?.(stack);
  });

describe("an alarm of Google", () => {
  test("compares the sum over all series of the thing, and reads silence as it is meant", () => {
    const template = alarmed({ above: 0, severity: Severity.HIGH, runbook: "https://wiki.acme.example/errors" });
    expect(template.only(MonitoringAlertPolicy).attributes).toEqual({
      combiner: "OR",
      conditions: [
        {
          condition_threshold: {
            aggregations: [
              { alignment_period: "300s", cross_series_reducer: "REDUCE_SUM", per_series_aligner: "ALIGN_SUM" },
            ],
            comparison: "COMPARISON_GT",
            duration: "60s",
            evaluation_missing_data: "EVALUATION_MISSING_DATA_INACTIVE",
            filter:
              'resource.type = "storage_transfer_job" AND metric.type = "storagetransfer.googleapis.com/transferjob/error_count"' +
              ' AND resource.labels.job_id = ends_with("42") AND metric.labels.code = "PERMISSION_DENIED"',
            threshold_value: 0,
            trigger: { count: 1 },
          },
          display_name: "lake-errors-269e52a5",
        },
      ],
      display_name: "lake-errors-269e52a5",
      documentation: {
        content:
          "HIGH: Sum of transferjob/error_count above 0 in 1 × 300 s\n\nRunbook: https://wiki.acme.example/errors",
        mime_type: "text/markdown",
      },
      severity: "ERROR",
      user_labels: { "cost-center": "data-42", environment: "prod" },
    });
  });

  test("lasts as many periods as are said, and alarms on the silence of a heartbeat", () => {
    const metric = { ...ERRORS, missingData: SILENCE.heartbeat, statistic: "p99" as const, dimensions: {} };
    const template = alarmed({ below: 1, severity: Severity.LOW, evaluationPeriods: 3 }, metric);
    expect(template.only(MonitoringAlertPolicy).get("conditions.0.condition_threshold")).toMatchObject({
      comparison: "COMPARISON_LT",
      duration: "600s",
      evaluation_missing_data: "EVALUATION_MISSING_DATA_ACTIVE",
      aggregations: [{ per_series_aligner: "ALIGN_PERCENTILE_99", cross_series_reducer: "REDUCE_MAX" }],
    });
    expect(template.only(MonitoringAlertPolicy).get("severity")).toBe("WARNING");
  });

  test("tells the channels of its route, by severity", () => {
    const receivers = {
      [Severity.CRITICAL]: { emails: ["oncall@acme.example"], channels: ["projects/acme/notificationChannels/7"] },
      [Severity.LOW]: { emails: ["oncall@acme.example"], topics: ["projects/acme/topics/incidents"] },
    };
    const template = routed({ receivers }, (stack) => {
      const metric = new GoogleMetric(ERRORS);
      metric.alarm(stack, "worst", { above: 9, severity: Severity.CRITICAL });
      metric.alarm(stack, "any", { above: 0, severity: Severity.LOW });
      metric.alarm(stack, "unheard", { above: 1, severity: Severity.HIGH });
    });
    const email = "${google_monitoring_notification_channel.oncall_email-oncall-acme-example_6EB81CFD.name}";
    const topic =
      "${google_monitoring_notification_channel.oncall_pubsub-projects-acme-topics-incidents_DC6E764A.name}";
    expect(
      Object.fromEntries(
        template
          .all(MonitoringAlertPolicy)
          .map((policy) => [policy.path, policy.has("notification_channels") && policy.get("notification_channels")]),
      ),
    ).toEqual({
      "any/Resource": [email, topic],
      "unheard/Resource": false,
      "worst/Resource": [email, "projects/acme/notificationChannels/7"],
    });
    expect(template.all(MonitoringNotificationChannel).map((channel) => channel.get("labels"))).toEqual([
      { email_address: "oncall@acme.example" },
      { topic: "projects/acme/topics/incidents" },
    ]);
  });
});

describe("fails on", () => {
  test("actions of another cloud, and says how to declare a route of Google", () => {
    const route = { actionsFor: () => ["arn:aws:sns:eu-west-1:1:oncall"] };
    expect(messageOf(() => alarmed({ above: 0, severity: Severity.HIGH, route }))).toBe(
      'lake/errors has 1 problem\n  route must be one of Google\'s notification channels (projects/…/notificationChannels/…); useEnvironment on a construct around it, or its own route, declares another one, got "arn:aws:sns:eu-west-1:1:oncall"',
    );
  });

  test("more channels than a policy takes", () => {
    const route = {
      actionsFor: () => Array.from({ length: 17 }, (_, id) => `projects/acme/notificationChannels/${String(id)}`),
    };
    expect(messageOf(() => alarmed({ above: 0, severity: Severity.HIGH, route }))).toBe(
      "lake/errors has 1 problem\n  route must be one of at most 16 channels for high, got 17",
    );
  });

  test("a statistic without an aligner and a look back of more than a day", () => {
    const metric = { ...ERRORS, statistic: "p90" as const, periodSeconds: 43_200 };
    expect(messageOf(() => alarmed({ above: 0, severity: Severity.HIGH, evaluationPeriods: 3 }, metric))).toBe(
      lines(
        "lake/errors has 2 problems",
        '  metric.statistic must be one of Sum, Average, Maximum, Minimum, SampleCount, p50, p95, p99 on Google Cloud, got "p90"',
        "  evaluationPeriods must be at most 2 with periods of 43200 seconds, got 3",
      ),
    );
  });

  test("a metric of another cloud", () => {
    const { resourceType: _, ...metric } = ERRORS;
    const build = (stack: TerraformStack): void => {
      new GoogleAlarm(stack, "errors", { metric: metric as typeof ERRORS, above: 0, severity: "now" as never });
    };
    expect(messageOf(() => templateOn(GOOGLE, build))).toBe(
      lines(
        "lake/errors has 2 problems",
        `  metric must be a metric of Cloud Monitoring, as the facades make them, got ${JSON.stringify(metric).slice(0, 120)}… (253 characters)`,
        '  severity must be one of "critical", "high", "low", got "now"',
      ),
    );
  });

  test("receivers that are none", () => {
    const receivers = {
      critical: {},
      high: { emails: ["oncall"], topics: ["incidents"], channels: ["7"] },
      soon: { emails: ["a@b.c"] },
    };
    expect(messageOf(() => routed({ receivers }))).toBe(
      lines(
        "lake/oncall has 5 problems",
        "  receivers.critical must be given a receiver, or left out, got {}",
        '  receivers.high.emails[0] must be an address of a mailbox, got "oncall"',
        '  receivers.high.topics[0] must be the resource name of a topic (projects/<project>/topics/<topic>), got "incidents"',
        '  receivers.high.channels[0] must be the resource name of a channel (projects/<project>/notificationChannels/<id>), got "7"',
        '  receivers must be one of "critical", "high", "low", got "soon"',
      ),
    );
  });
});

import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Lazy, TerraformStack } from "cdktf";
import { useEnvironment, type Environment } from "../../../lib/core/environment";
import type { IncidentRoute } from "../../../lib/core/incident-route";
import type { AlarmProps } from "../../../lib/monitoring/alarm";
import { AzureAlarm } from "../../../lib/monitoring/azure/alarm";
import { AzureMetric } from "../../../lib/monitoring/azure/metric";
import type { AzureMetricRef } from "../../../lib/monitoring/azure/resource-metric";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";

const GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/acme-data";
const ONCALL: IncidentRoute = {
  actionsFor: (severity) => [`${GROUP}/providers/Microsoft.Insights/actionGroups/${severity}`],
};
const PROD: Environment = {
  name: "prod",
  dataRemoval: "kept",
  azure: {
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    resourceGroupName: "acme-data",
    location: "westeurope",
  },
};
const FAILED: AzureMetricRef = {
  namespace: "Microsoft.DataFactory/factories",
  metricName: "PipelineFailedRuns",
  dimensions: { Name: "copy" },
  statistic: "Sum",
  periodSeconds: 900,
  missingData: "notBreaching",
  resourceId: `${GROUP}/providers/Microsoft.DataFactory/factories/acme`,
};

const build = (make: (stack: TerraformStack) => unknown, route?: IncidentRoute): Template =>
  Template.of(
    synthApp((app) => {
      const stack = new TerraformStack(app, "lake");
      new AzurermProvider(stack, "azurerm", { features: [{}] });
      useEnvironment(stack, PROD, route && { route });
      make(stack);
    }).stack("lake"),
  );

const alarmWith = (props: Partial<AlarmProps> = {}, metric: Partial<AzureMetricRef> = {}, route = ONCALL): Template =>
  build((stack) => {
    const given = { above: 0, severity: "high", ...props } as AlarmProps;
    new AzureMetric({ ...FAILED, ...metric }).alarm(stack, "failed", given);
  }, route);

const only = (template: Template) => template.only(MonitorMetricAlert);

describe("an alarm", () => {
  test("is built on any metric of a resource, and tells the environment's route", () => {
    expect(only(alarmWith()).attributes).toEqual({
      name: "lake-failed-7ee93f88",
      resource_group_name: "acme-data",
      scopes: [FAILED.resourceId],
      description: "HIGH: Sum of PipelineFailedRuns above 0",
      severity: 1,
      enabled: true,
      auto_mitigate: true,
      window_size: "PT15M",
      frequency: "PT5M",
      criteria: [
        {
          metric_namespace: "Microsoft.DataFactory/factories",
          metric_name: "PipelineFailedRuns",
          aggregation: "Total",
          operator: "GreaterThan",
          threshold: 0,
          dimension: [{ name: "Name", operator: "Include", values: ["copy"] }],
          skip_metric_validation: true,
        },
      ],
      action: [{ action_group_id: `${GROUP}/providers/Microsoft.Insights/actionGroups/high` }],
      tags: { Environment: "prod" },
    });
  });

  test.each([
    ["critical", 0],
    ["high", 1],
    ["low", 3],
  ] as const)("of severity %s is of severity %i", (severity, number) => {
    expect(only(alarmWith({ severity })).get("severity")).toBe(number);
  });

  test("goes off below a bound too, over a period of its own, and says what to do", () => {
    const block = only(
      alarmWith({
        above: undefined,
        below: 1,
        periodSeconds: 86_400,
        runbook: "https://acme.example/copy",
      }),
    );
    expect([block.get("criteria.0.operator"), block.get("criteria.0.threshold")]).toEqual(["LessThan", 1]);
    expect([block.get("window_size"), block.get("frequency")]).toEqual(["P1D", "PT1H"]);
    expect(block.get("description")).toBe(
      "HIGH: Sum of PipelineFailedRuns below 1\nRunbook: https://acme.example/copy",
    );
  });

  test.each([
    ["Average", "Average"],
    ["Maximum", "Maximum"],
    ["Minimum", "Minimum"],
    ["SampleCount", "Count"],
  ] as const)("compares the %s", (statistic, aggregation) => {
    expect(only(alarmWith({}, { statistic })).get("criteria.0.aggregation")).toBe(aggregation);
  });

  test("tells nobody where there is no route", () => {
    const template = build((stack) => new AzureAlarm(stack, "failed", { metric: FAILED, above: 0, severity: "low" }));
    expect(only(template).has("action")).toBe(false);
  });

  test("tells a group that is known only to Terraform", () => {
    const group = Lazy.stringValue({ produce: () => "made-there" });
    const route = { actionsFor: () => [group] };
    expect(only(alarmWith({}, {}, route)).get("action.0.action_group_id")).toBe("made-there");
  });

  test("stands where its metric does, unless told", () => {
    const template = build((stack) => {
      const metric = new AzureMetric(FAILED, { resourceGroupName: "acme-copies" });
      metric.alarm(stack, "one", { above: 0, severity: "low" });
      metric.alarm(stack, "other", { above: 0, severity: "low", resourceGroupName: "acme-alarms" });
    });
    expect(template.all(MonitorMetricAlert).map((block) => block.get("resource_group_name"))).toEqual([
      "acme-copies",
      "acme-alarms",
    ]);
  });
});

describe("fails", () => {
  const problem = (text: string): string => lines("lake/failed has 1 problem", `  ${text}`);

  test.each<[string, Partial<AlarmProps>, Partial<AzureMetricRef>]>([
    ["periodSeconds must be one of 60, 300, 900, 1800, 3600, 21600, 43200, 86400, got 120", { periodSeconds: 120 }, {}],
    [
      "evaluationPeriods must be 1, because an alert of Azure looks at one period (take a longer one), got 3",
      { evaluationPeriods: 3 },
      {},
    ],
    [
      'metric.statistic must be one of Average, Maximum, Minimum, Sum, SampleCount, got "p99"',
      {},
      { statistic: "p99" },
    ],
    [
      'metric.missingData must be another one, because an alert of Azure cannot hear silence, got "breaching"',
      {},
      { missingData: "breaching" },
    ],
  ])("%s", (text, props, metric) => {
    expect(messageOf(() => alarmWith(props, metric))).toBe(problem(text));
  });

  test("with a route of another cloud", () => {
    const route = { actionsFor: () => ["arn:aws:sns:eu-west-1:123456789012:oncall"] };
    expect(messageOf(() => alarmWith({}, {}, route))).toBe(
      problem(
        'route must be one of action groups of Azure, by their resource ids, got "arn:aws:sns:eu-west-1:123456789012:oncall"',
      ),
    );
  });

  test("with more action groups than an alert takes", () => {
    const [group = ""] = ONCALL.actionsFor("low");
    const route = { actionsFor: () => Array.from({ length: 6 }, () => group) };
    expect(messageOf(() => alarmWith({}, {}, route))).toBe(
      problem("route must be one of at most 5 action groups for high, got 6"),
    );
  });

  test("without a metric of Azure", () => {
    const build_ = () =>
      build(
        (stack) =>
          new AzureAlarm(stack, "failed", { above: 0, severity: "low" } as unknown as AlarmProps & {
            metric: AzureMetricRef;
          }),
      );
    expect(messageOf(build_)).toBe(
      problem("metric must be a metric of Azure, as the facades make them, got undefined"),
    );
  });
});

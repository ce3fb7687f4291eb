import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { QuicksightAnalysis } from "@cdktf/provider-aws/lib/quicksight-analysis";
import { SpotFleetRequest } from "@cdktf/provider-aws/lib/spot-fleet-request";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { TerraformStack } from "cdktf";
import { OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { counts, listed, type Plan } from "../../../lib/testing/offline/runner/plan";
import "../../../lib/testing/jest";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

const read = (plan: Plan): string => `${counts(plan)}\n${listed(plan)}`;
const NOTHING = "0 to add, 0 to change, 0 to destroy\n";

/** A set of rules, each with a set of copies, each with what the provider chooses. */
function backups(stack: TerraformStack, keepDays: number): void {
  const [near, far] = [{ destinationVaultArn: "arn:near" }, { destinationVaultArn: "arn:far" }];
  new BackupPlan(stack, "plan", {
    name: "daily",
    rule: [
      {
        ruleName: "twice",
        targetVaultName: "v",
        copyAction: [near, { ...far, lifecycle: { deleteAfter: keepDays } }],
      },
      { ruleName: "once", targetVaultName: "v", copyAction: [near] },
    ],
  });
}

function fleet(stack: TerraformStack): void {
  const launch = { ami: "a", iamInstanceProfile: "p" };
  new SpotFleetRequest(stack, "fleet", {
    iamFleetRole: "arn:role",
    targetCapacity: 1,
    launchSpecification: [
      {
        ...launch,
        instanceType: "m5.large",
        ebsBlockDevice: [{ deviceName: "/dev/b" }, { deviceName: "/dev/c", volumeSize: 3 }],
      },
      { ...launch, instanceType: "m6.large" },
    ],
  });
}

/** A set of rules whose statements are of any type, in the provider's own schema without end. */
function firewall(stack: TerraformStack): void {
  const queue = new SqsQueue(stack, "queue", { name: "q" });
  const visibility = { cloudwatchMetricsEnabled: true, metricName: "edge", sampledRequestsEnabled: true };
  const rule = (name: string, priority: number, statement: unknown) => ({
    name,
    priority,
    action: { allow: {} },
    visibilityConfig: visibility,
    statement,
  });
  new Wafv2WebAcl(stack, "acl", {
    name: "edge",
    scope: "REGIONAL",
    defaultAction: { block: {} },
    visibilityConfig: visibility,
    rule: [
      rule("countries", 1, { geo_match_statement: [{ country_codes: ["DE", "FR"] }] }),
      rule("mixed", 2, { a: [queue.arn, 1, true], b: '${toset(["b", "a"])}', c: { "10": "x", "9": null, "<": 0.1 } }),
    ],
  });
}

function definition(stack: TerraformStack): void {
  const analysis = new QuicksightAnalysis(stack, "analysis", { analysisId: "a", name: "a" });
  analysis.addOverride("definition", [{ sheets: [{ id: "s" }, "text", []] }, "${tomap({ b = 1, a = 2 })}"]);
}

/** Neither is a number that a double can hold. */
function numbers(stack: TerraformStack): void {
  const alarm = new CloudwatchMetricAlarm(stack, "alarm", {
    alarmName: "a",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 0.1,
  });
  alarm.addOverride("datapoints_to_alarm", "${12345678901234567890123}");
}

describeWithTerraform("a second plan after apply is empty", () => {
  test.each([
    ["with what a provider chooses in a set within a set", (stack: TerraformStack) => backups(stack, 30)],
    ["with what it chooses in a list of a set", fleet],
    ["with values of any type in a set", firewall],
    ["with lists whose entries are of several types", definition],
    ["with numbers that are no double", numbers],
  ])("%s", async (_, build) => {
    const terraform = await OfflineTerraform.open(smallStack(build));
    try {
      await terraform.apply();
      expect(read(await terraform.plan())).toBe(NOTHING);
    } finally {
      terraform.close();
    }
  });

  test("and one entry of a set that changes is a change", async () => {
    const terraform = await OfflineTerraform.open(smallStack((stack) => backups(stack, 30)));
    try {
      await terraform.apply();
      await terraform.update(smallStack((stack) => backups(stack, 40)));
      expect(read(await terraform.plan())).toBe("0 to add, 1 to change, 0 to destroy\n  ~ aws_backup_plan.plan");
    } finally {
      terraform.close();
    }
  });
});

describeWithTerraform("a set of any type", () => {
  test("is imported", async () => {
    const stack = smallStack((one) => {
      const visibility = { cloudwatchMetricsEnabled: true, metricName: "edge", sampledRequestsEnabled: true };
      const acl = new Wafv2WebAcl(one, "acl", { scope: "REGIONAL", defaultAction: {}, visibilityConfig: visibility });
      acl.importFrom("id/edge/REGIONAL");
    });
    await expect(stack).toPlan({ add: 0, change: 1 });
  });

  test("keeps the rules of its blocks", async () => {
    const stack = smallStack((one) => {
      firewall(one);
      one.addOverride("resource.aws_wafv2_web_acl.acl.rule", [{ name: "nameless", statement: {} }]);
    });
    const terraform = await OfflineTerraform.open(stack);
    const said = (await terraform.validate()).map(({ detail }) => detail);
    terraform.close();
    expect(said).toEqual([
      'At least 1 "visibility_config" blocks are required.',
      'The argument "priority" is required, but no definition was found.',
    ]);
  });
});

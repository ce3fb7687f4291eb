import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";
import { Severity, type IncidentRoute } from "../../lib/core/incident-route";
import { S3Replication, type S3ReplicationProps } from "../../lib/replication/aws/s3-replication";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import { synthApp, type SynthesisedApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { ACCOUNT, awsStack, ONCALL, PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

type Settings = Omit<S3ReplicationProps, "source" | "destinations">;
type Build = (stack: TerraformStack, source: AwsBucket) => S3Replication;

const WEST: IncidentRoute = { actionsFor: (severity) => [`arn:aws:sns:us-west-2:${ACCOUNT}:oncall-${severity}`] };

/** A stack with the bucket `pos`, watched as an environment with a route is. */
const watched = (build: Build, route: IncidentRoute | "nobody" = ONCALL): SynthesisedApp =>
  synthApp((app) => {
    const stack = awsStack(app, "lake", PROD, route === "nobody" ? {} : { route });
    build(stack, new AwsBucket(stack, "pos", { bucketName: "acme-pos" }));
  });

const to =
  (region: string | undefined, settings: Settings = {}, destination: object = {}): Build =>
  (stack, source) => {
    const bucket = new AwsBucket(stack, "copy", { bucketName: "acme-copy", region });
    return new S3Replication(stack, "dr", { source, destinations: [{ bucket, ...destination }], ...settings });
  };

const alarms = (app: SynthesisedApp) =>
  Template.of(app.stack("lake"))
    .all(CloudwatchMetricAlarm)
    .map((block) => ({
      metric: block.get("metric_name"),
      above: block.get("threshold"),
      region: block.attributes["region"],
      told: block.get("alarm_actions"),
    }));

const HERE = [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-high`];
const THERE = [`arn:aws:sns:us-west-2:${ACCOUNT}:oncall-high`];
const HOURS_4 = 14_400;
const GB_112 = 112_000_000_000;
const FAILED = { metric: "OperationsFailedReplication", above: 0, region: undefined, told: HERE };

describe("in one region", () => {
  test("failures, backlog and lag are alarmed as soon as there is a route", () => {
    expect(alarms(watched(to(undefined)))).toEqual([
      FAILED,
      { metric: "ReplicationLatency", above: HOURS_4, region: undefined, told: HERE },
      { metric: "BytesPendingReplication", above: GB_112, region: undefined, told: HERE },
    ]);
  });

  test("and nothing without one", () => {
    const app = watched(to(undefined), "nobody");
    expect(alarms(app)).toEqual([]);
    expect(app.annotations("lake")).toEqual([]);
  });

  test("a rule without metrics has none", () => {
    expect(alarms(watched(to(undefined, {}, { metrics: false })))).toEqual([]);
  });

  test("what is published for a rule is what the alarm asks for", () => {
    const [failed] = Template.of(watched(to(undefined)).stack("lake")).all(CloudwatchMetricAlarm);
    expect(failed?.attributes).toMatchObject({
      namespace: "AWS/S3",
      statistic: "Sum",
      period: 300,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
      alarm_description: "HIGH: S3 gave up to copy objects from lake/pos to lake/copy",
      dimensions: {
        SourceBucket: "${aws_s3_bucket.pos_A02B06CA.bucket}",
        DestinationBucket: "${aws_s3_bucket.copy_DD9954EA.bucket}",
        RuleId: "copy-all-f6b896c8",
      },
    });
  });

  test("lag and backlog keep their state in silence, as S3 says", () => {
    const blocks = Template.of(watched(to(undefined)).stack("lake"))
      .all(CloudwatchMetricAlarm)
      .slice(1);
    expect(blocks.map((block) => [block.get("statistic"), block.get("treat_missing_data")])).toEqual([
      ["Maximum", "ignore"],
      ["Maximum", "ignore"],
    ]);
  });

  test("the bounds are the user's, and so is the urgency", () => {
    const monitoring = { severity: Severity.LOW, maximumLagMinutes: 30, maximumPendingGigabytes: 5 };
    const told = [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-low`];
    expect(alarms(watched(to(undefined, { monitoring }))).map(({ above, told: whom }) => [above, whom])).toEqual([
      [0, told],
      [1800, told],
      [5_000_000_000, told],
    ]);
  });

  test("time control is held to its 15 minutes", () => {
    const [, lag] = alarms(watched(to(undefined, {}, { timeControl: true })));
    expect(lag?.above).toBe(900);
  });
});

describe("in another region", () => {
  test("lag and backlog are alarmed there, by who is told there", () => {
    expect(alarms(watched(to("us-west-2", { monitoring: { routes: { "us-west-2": WEST } } })))).toEqual([
      FAILED,
      { metric: "ReplicationLatency", above: HOURS_4, region: "us-west-2", told: THERE },
      { metric: "BytesPendingReplication", above: GB_112, region: "us-west-2", told: THERE },
    ]);
  });

  test("without anybody there a warning says so, and failures are alarmed all the same", () => {
    const app = watched(to("us-west-2"));
    expect(alarms(app)).toEqual([FAILED]);
    expect(app.annotations("lake")).toEqual([
      {
        constructPath: "lake/dr",
        level: "warn",
        message:
          "Nobody is told when copies in lake/copy fall behind (rule copy-all-f6b896c8): name a route of us-west-2 in monitoring.routes, because S3 publishes it there and an alarm tells its own region alone.",
      },
    ]);
  });

  test("that only a provider knows, a warning asks for a literal one", () => {
    const app = watched((stack, source) => {
      const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
      const bucket = new AwsBucket(stack, "copy", { provider });
      return new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    });
    expect(app.annotations("lake").map(({ message }) => message)).toEqual([
      "Nobody is told when copies in lake/copy fall behind (rule copy-all-f6b896c8): name a route of its region (a literal one) in monitoring.routes, because S3 publishes it there and an alarm tells its own region alone.",
    ]);
  });

  test("regions that nobody declared are one, when both buckets stand alike", () => {
    const app = synthApp((root) => {
      const stack = awsStack(root, "lake");
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }], monitoring: { route: ONCALL } });
    });
    expect(alarms(app)).toHaveLength(3);
  });
});

describe("a source that stands in another region than the environment", () => {
  const abroad = (settings: Settings): SynthesisedApp =>
    synthApp((root) => {
      const stack = awsStack(root, "lake", PROD, { route: ONCALL });
      const source = new AwsBucket(stack, "west", { region: "us-west-2" });
      new S3Replication(stack, "back", {
        source,
        destinations: [{ bucket: new AwsBucket(stack, "pos") }],
        ...settings,
      });
    });

  test("has its failures told there, and its lag at home", () => {
    expect(alarms(abroad({ monitoring: { routes: { "us-west-2": WEST } } }))).toEqual([
      { ...FAILED, region: "us-west-2", told: THERE },
      { metric: "ReplicationLatency", above: HOURS_4, region: "eu-west-1", told: HERE },
      { metric: "BytesPendingReplication", above: GB_112, region: "eu-west-1", told: HERE },
    ]);
  });

  test("warns when nobody is there", () => {
    const app = abroad({});
    expect(alarms(app).map(({ metric }) => metric)).toEqual(["ReplicationLatency", "BytesPendingReplication"]);
    expect(app.annotations("lake").map(({ message }) => message)).toEqual([
      "Nobody is told when what is copied from lake/west fails (rule pos-all-9c591c5d): name a route of us-west-2 in monitoring.routes, because S3 publishes it there and an alarm tells its own region alone.",
    ]);
  });

  test("is the region of a route that is said here", () => {
    expect(
      alarms(abroad({ monitoring: { route: WEST, routes: { "eu-west-1": ONCALL } } })).map(({ told }) => told),
    ).toEqual([THERE, HERE, HERE]);
  });
});

describe("metrics", () => {
  const twoRules: Build = (stack, source) => {
    const bucket = new AwsBucket(stack, "copy", { region: "us-west-2" });
    const destinations = [
      { bucket, prefixes: ["raw/", "clean/"] },
      { bucket, prefixes: ["models/"], objectTags: { class: "model" }, metrics: false },
    ];
    const replication = new S3Replication(stack, "dr", { source, destinations });
    const pending = replication.metrics.to(bucket, { prefix: "raw/" }).operationsPending();
    pending.alarm(stack, "many", { above: 10_000, severity: Severity.LOW });
    return replication;
  };

  test("of one rule are told by its prefix, and stand where they are published", () => {
    const app = watched(twoRules, "nobody");
    const block = Template.of(app.stack("lake")).only(CloudwatchMetricAlarm);
    expect([block.get("metric_name"), block.get("region"), block.get("dimensions.RuleId")]).toEqual([
      "OperationsPendingReplication",
      "us-west-2",
      "copy-raw-172fb7cb",
    ]);
  });

  test.each([
    ["several", {}, "copy-clean-42ea0df3, copy-models-fb7a3f14, copy-raw-172fb7cb"],
    ["no rule", { prefix: "none/" }, "copy-clean-42ea0df3, copy-models-fb7a3f14, copy-raw-172fb7cb"],
    ["no metrics", { prefix: "models/" }, "copy-models-fb7a3f14"],
    ["no metrics by tags", { objectTags: { class: "model" } }, "copy-models-fb7a3f14"],
  ])("of %s are refused", (_, selection, got) => {
    const message = messageOf(() =>
      watched((stack, source) => {
        const replication = twoRules(stack, source);
        const [{ destination } = { destination: undefined }] = replication.rules;
        if (destination) replication.metrics.to(destination.bucket, selection);
        return replication;
      }),
    );
    expect(message).toBe(
      lines(
        "lake/dr has 1 problem",
        `  metrics.to(lake/copy) must be one rule with metrics, told by prefix and objectTags, got "${got}"`,
      ),
    );
  });
});

describe("fails", () => {
  test.each([
    [{ severity: "urgent" }, 'monitoring.severity must be one of "critical", "high", "low", got "urgent"'],
    [{ routes: [] }, "monitoring.routes must be an object, got []"],
    [{ routes: { west: WEST } }, 'monitoring.routes must be by regions: a region such as eu-west-1, got "west"'],
    [{ routes: { "us-west-2": "oncall" } }, 'monitoring.routes.us-west-2 must be an incident route, got "oncall"'],
    [{ maximumLagMinutes: 0 }, "monitoring.maximumLagMinutes must be a whole number of at least 1 minutes, got 0"],
    [
      { maximumPendingGigabytes: 0.5 },
      "monitoring.maximumPendingGigabytes must be a whole number of at least 1 gigabytes, got 0.5",
    ],
  ])("%j", (monitoring, text) => {
    const build = () => watched(to(undefined, { monitoring } as unknown as Settings));
    expect(messageOf(build)).toBe(lines("lake/dr has 1 problem", `  ${text}`));
  });
});

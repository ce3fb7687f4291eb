/** What every construct of AWS promises, whatever it makes; buckets have a suite of their own over three clouds. */
import { BackupVault as Vault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { TerraformVariable, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BackupPlan } from "../../lib/backup/aws/plan";
import { BackupVault } from "../../lib/backup/aws/vault";
import { DataRemoval, type DataRemovalProps } from "../../lib/core/data-removal";
import type { AwsPlacementProps } from "../../lib/core/placement";
import { Schedule } from "../../lib/core/schedule";
import type { Tags } from "../../lib/core/tags";
import { AwsKey } from "../../lib/encryption/aws/key";
import { IdempotencyTable } from "../../lib/functions/aws/idempotency-table";
import { TableEncryption } from "../../lib/functions/aws/table-encryption";
import { AwsMetric } from "../../lib/monitoring/aws/metric";
import { QueueEncryption } from "../../lib/streaming/aws/encryption";
import { AwsQueue } from "../../lib/streaming/aws/queue";
import { filesOf, synthApp, type SynthesisedApp } from "../../lib/testing/synth";
import type { TerraformType } from "../../lib/testing/template";
import { awsStack, DEV, functionRole, ONCALL, PROD, templateOf } from "../support/aws-stack";
import { policiesOf } from "../support/policies";

interface Props extends AwsPlacementProps, DataRemovalProps {
  readonly tags?: Tags;
}

interface Subject {
  readonly make: (scope: Construct, id: string, props: Props) => unknown;
  /** What it makes that takes tags. */
  readonly tagged: TerraformType;
  readonly stateful: boolean;
  /** Uses it from another stack. */
  readonly use: (from: TerraformStack, to: TerraformStack) => void;
  /** Gives it values that Terraform alone knows. */
  readonly later: (stack: TerraformStack, text: string) => unknown;
}

const METRIC = {
  namespace: "AWS/SQS",
  metricName: "NumberOfMessagesSent",
  dimensions: {},
  statistic: "Sum",
  periodSeconds: 60,
  missingData: "breaching",
} as const;

const SUBJECTS: Readonly<Record<string, Subject>> = {
  AwsKey: {
    make: (scope, id, props) => new AwsKey(scope, id, props),
    tagged: KmsKey,
    stateful: true,
    use: (from, to) => void new AwsKey(from, "key").grants.encryptDecrypt(functionRole(to)),
    later: (stack, text) => new AwsKey(stack, "key", { description: text, aliasName: text, tags: { owner: text } }),
  },
  AwsQueue: {
    make: (scope, id, props) => new AwsQueue(scope, id, props),
    tagged: SqsQueue,
    stateful: true,
    use: (from, to) => {
      const queue = new AwsQueue(from, "queue", { encryption: QueueEncryption.key(new AwsKey(from, "key")) });
      queue.grants.consume(functionRole(to));
      queue.deadLetterQueue.metrics.visibleMessages().alarm(to, "full", { above: 0, severity: "low" });
    },
    later: (stack, text) => {
      new AwsQueue(stack, "queue", { queueName: text, tags: { owner: text } }).allowService({
        sid: "Rule",
        service: "events.amazonaws.com",
        sourceArn: text,
      });
    },
  },
  AwsAlarm: {
    make: (scope, id, props) => new AwsMetric(METRIC).alarm(scope, id, { below: 1, severity: "low", ...props }),
    tagged: CloudwatchMetricAlarm,
    stateful: false,
    use: (from, to) => {
      const { queueName } = new AwsQueue(from, "queue");
      const metric = new AwsMetric({ ...METRIC, dimensions: { QueueName: queueName } });
      metric.alarm(to, "silent", { below: 1, severity: "low" });
    },
    later: (stack, text) => {
      const metric = new AwsMetric({ ...METRIC, dimensions: { QueueName: text } });
      metric.alarm(stack, "silent", { below: 1, severity: "low", description: text, runbook: text });
    },
  },
  BackupVault: {
    make: (scope, id, props) => new BackupVault(scope, id, props),
    tagged: Vault,
    stateful: true,
    use: (from, to) => {
      const vault = new BackupVault(from, "vault");
      vault.admitCopies("999999999999");
      const rules = [{ name: "daily", schedule: Schedule.daily(), retention: { expireAfterDays: 35 } }];
      new BackupPlan(to, "plan", { vault, rules, resources: [new IdempotencyTable(to, "table")] });
    },
    later: (stack, text) => new BackupVault(stack, "vault", { vaultName: text, tags: { owner: text } }),
  },
  IdempotencyTable: {
    make: (scope, id, props) => new IdempotencyTable(scope, id, props),
    tagged: DynamodbTable,
    stateful: true,
    use: (from, to) => {
      const encryption = TableEncryption.key(new AwsKey(from, "key"));
      new IdempotencyTable(from, "table", { encryption }).grants.readWrite(functionRole(to));
    },
    later: (stack, text) => {
      const table = new IdempotencyTable(stack, "table", { tableName: text, tags: { owner: text } });
      table.grants.allow(functionRole(stack), ["dynamodb:GetItem"], { partitions: [`${text}#lock`] });
    },
  },
};

const sourceOf = (app: SynthesisedApp, stack: string): string => JSON.stringify(filesOf(app.stack(stack)).json);

describe.each(Object.entries(SUBJECTS))("%s", (_, { make, tagged, stateful, use, later }) => {
  const alone = (props: Props = {}, environment: typeof PROD | "undeclared" = PROD) =>
    templateOf((stack) => void make(stack, "it", props), environment);

  test("needs no environment", () => {
    expect(alone({}, "undeclared").addresses()).toEqual(alone().addresses());
  });

  test("is the same at every synth", () => {
    const build = () =>
      synthApp((app) => {
        const stack = awsStack(app, "lake", PROD, { route: ONCALL });
        make(stack, "it", {});
        later(stack, new TerraformVariable(stack, "text", {}).stringValue);
      });
    expect(sourceOf(build(), "lake")).toBe(sourceOf(build(), "lake"));
  });

  test("merges its own tags with the environment's", () => {
    const tags = alone({ tags: { owner: "orders", costCenter: "own" } })
      .all(tagged)
      .map((block) => block.get("tags"));
    expect(new Set(tags.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ CostCenter: "own", Environment: "prod", Owner: "orders" })]),
    );
  });

  test("puts everything into the region and under the provider that are given", () => {
    const blocks = (props: Props, aliased: boolean) => {
      const app = synthApp((app) => {
        const stack = awsStack(app, "lake", PROD);
        const provider = new AwsProvider(stack, "audit", { alias: "audit" });
        make(stack, "it", aliased ? { ...props, provider } : props);
      });
      const all = app.stack("lake")["resource"] as Record<string, Record<string, Record<string, unknown>>>;
      return Object.values(all).flatMap((instances) => Object.values(instances));
    };
    expect(
      new Set(blocks({ region: "us-west-2" }, true).map(({ region, provider }) => [region, provider].join(" "))),
    ).toEqual(new Set(["us-west-2 aws.audit"]));
    expect(blocks({}, false).filter((block) => "region" in block || "provider" in block)).toEqual([]);
  });

  test("refuses the provider of another stack", () => {
    const build = () =>
      synthApp((app) => {
        const provider = new AwsProvider(awsStack(app, "other"), "audit", { alias: "audit" });
        make(awsStack(app, "lake"), "it", { provider });
      });
    expect(build).toThrow(
      'lake/it has 1 problem\n  provider must be a provider of stack "lake", got the construct other/audit',
    );
  });

  test("refuses an id that Terraform would not see", () => {
    const build = () => templateOf((stack) => void make(stack, "Default", {}));
    expect(build).toThrow(
      'lake/Default has 1 problem\n  id must be other than "Default", which cdktf leaves out of the logical id, got "lake/Default"',
    );
  });

  test("is used from another stack, in one direction", () => {
    const app = synthApp((app) => use(awsStack(app, "from", PROD), awsStack(app, "to", PROD)));
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
    expect(sourceOf(app, "to")).toContain("data.terraform_remote_state.cross-stack-reference-input-from.outputs.");
  });

  test("takes texts that Terraform alone knows", () => {
    const template = templateOf((stack) => later(stack, new TerraformVariable(stack, "text", {}).stringValue));
    expect(template.count(tagged)).toBeGreaterThan(0);
  });

  test("allows nothing but named actions, and nobody but named principals", () => {
    const templates = [
      templateOf((stack) => use(stack, stack)),
      templateOf((stack) => later(stack, new TerraformVariable(stack, "text", {}).stringValue)),
    ];
    const allowed = templates
      .flatMap((template) => policiesOf(template, [BackupVaultPolicy, IamRolePolicy, KmsKeyPolicy, SqsQueuePolicy]))
      .filter(({ Effect, Sid }) => Effect === "Allow" && Sid !== "AccountDecides");
    expect(allowed.filter(({ Action }) => JSON.stringify(Action).includes("*"))).toEqual([]);
    expect(allowed.filter(({ Principal }) => JSON.stringify(Principal ?? "").includes("*"))).toEqual([]);
  });

  test("is kept unless both keys are turned", () => {
    const guarded = (dataRemoval: DataRemoval | undefined, environment: typeof PROD) =>
      alone(dataRemoval === undefined ? {} : { dataRemoval }, environment)
        .all(tagged)
        .map((block) => block.has("lifecycle.prevent_destroy"));
    const kept = [
      guarded(undefined, PROD),
      guarded(undefined, DEV),
      guarded(DataRemoval.DESTROY, PROD),
      guarded(DataRemoval.KEEP, DEV),
    ].flat();
    expect(new Set(kept)).toEqual(new Set([stateful]));
    expect(new Set(guarded(DataRemoval.DESTROY, DEV))).toEqual(new Set([false]));
  });
});

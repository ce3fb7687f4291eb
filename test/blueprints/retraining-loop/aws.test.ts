import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import { RetrainingLoop, type RetrainingLoopProps } from "../../../lib/blueprints/retraining-loop/aws";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { Delivery } from "../../../lib/storage/delivery";
import { filesOf, synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, DEV, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf, statementsOf } from "../../support/policies";
import { variablesOf } from "../../support/retraining-trigger";

const training = { image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/trainer:1` };

type Options = Partial<RetrainingLoopProps>;

/** A loop on labelled CSV files of a bucket that is given. */
const loopIn = (stack: TerraformStack, options: Options = {}): RetrainingLoop =>
  new RetrainingLoop(stack, "demand", {
    data: options.data ?? new AwsBucket(stack, "data"),
    prefix: "labelled/",
    suffix: ".csv",
    training,
    ...options,
  });

const loopWith = (options: Options = {}, environment = PROD): Template =>
  templateOf((stack) => {
    loopIn(stack, options);
  }, environment);

/** Which folders the jobs may do what with. */
const jobsMay = (template: Template, action: string): readonly unknown[] =>
  template
    .all(IamRolePolicy, { path: "demand/TrainingRole" })
    .flatMap((policy) => statementsOf(policy.get("policy")))
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource);

describe("a loop", () => {
  test("is bucket, rule, queue, trigger and role, wired by name", () => {
    const template = loopWith();
    expect(template.only(CloudwatchEventRule).json("event_pattern")).toMatchObject({
      detail: { object: { key: [{ wildcard: "labelled/*.csv" }] } },
    });
    expect(template.count(SqsQueue)).toBe(2);
    const name = /^lake-demand-[0-9a-f]{8}$/;
    const rendered = variablesOf(template);
    expect(rendered["JOB_NAME_PREFIX"]).toMatch(name);
    const role = template.only(IamRole, { path: "demand/TrainingRole" });
    expect(JSON.parse(rendered["TRAINING_JOB"] ?? "")).toMatchObject({ roleArn: `\${${role.address}.arn}` });
    expect(JSON.stringify(statementsOf(role.get("assume_role_policy")))).toContain(
      `training-job/${rendered["JOB_NAME_PREFIX"] ?? ""}-*`,
    );
  });

  test("makes the buckets it is not given", () => {
    expect(
      loopWith()
        .all(S3Bucket)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["data/Resource", "demand/Artifacts/Resource"]);
    const template = templateOf((stack) => {
      const loop = new RetrainingLoop(stack, "demand", { training });
      expect([loop.data.path, loop.artifacts.path]).toEqual(["lake/demand/Data", "lake/demand/Artifacts"]);
    });
    expect(template.only(CloudwatchEventRule).get("event_pattern")).not.toContain('"key"');
  });

  test("lets its jobs read data and manifests, and write models", () => {
    const template = loopWith({ jobNamePrefix: "demand" });
    expect(new Set(jobsMay(template, "s3:GetObject"))).toEqual(
      new Set([
        "${aws_s3_bucket.data_7E2128CA.arn}/labelled/*",
        "${aws_s3_bucket.demand_Artifacts_AF283B7E.arn}/manifests/demand/*",
      ]),
    );
    expect(jobsMay(template, "s3:PutObject")).toEqual([expect.stringMatching(/\.arn\}\/models\/demand\/\*$/)]);
    expect(jobsMay(template, "ecr:BatchGetImage")).toEqual([`arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/trainer`]);
    expect(jobsMay(template, "ec2:CreateNetworkInterface")).toEqual([]);
  });

  test("lets interrupted jobs go on, in a network of yours", () => {
    const template = loopWith({
      jobNamePrefix: "demand",
      prefixes: { checkpoints: "c/" },
      training: {
        ...training,
        spot: { maximumWaitSeconds: 7200 },
        network: { subnetIds: ["subnet-0abc"], securityGroupIds: ["sg-0abc"] },
      },
    });
    expect(jobsMay(template, "s3:GetObject")).toContainEqual(expect.stringMatching(/\.arn\}\/c\/\*$/));
    expect(jobsMay(template, "s3:PutObject")).toContainEqual(expect.stringMatching(/\.arn\}\/c\/\*$/));
    expect(jobsMay(template, "ec2:CreateNetworkInterface")).toEqual(["*"]);
  });

  test("may live in one bucket", () => {
    const template = templateOf((stack) => {
      const data = new AwsBucket(stack, "data");
      loopIn(stack, { data, artifacts: data });
    });
    expect(template.only(S3Bucket).path).toBe("data/Resource");
  });

  test("is told directly where that is asked for", () => {
    const template = loopWith({ delivery: Delivery.DIRECT });
    template.none(CloudwatchEventRule);
    expect(template.only(S3BucketNotification, { path: "data" }).attributes).toMatchObject({
      queue: [{ filter_prefix: "labelled/", filter_suffix: ".csv" }],
    });
  });

  test("is encrypted with one key", () => {
    const template = templateOf((stack) => {
      loopIn(stack, { key: new AwsKey(stack, "key") });
    });
    const key = "${aws_kms_key.key_FEDD6EC0.arn}";
    expect(template.all(SqsQueue).map((queue) => queue.get("kms_master_key_id"))).toEqual([key, key]);
    expect(template.only(DynamodbTable).get("server_side_encryption.kms_key_arn")).toBe(key);
    expect(template.only(LambdaFunction).get("kms_key_arn")).toBe(key);
    expect(JSON.parse(variablesOf(template)["TRAINING_JOB"] ?? "")).toMatchObject({ outputKeyArn: key });
  });

  test("goes with both keys turned, and is kept otherwise", () => {
    const guards = (options: Options): readonly boolean[] => {
      const template = loopWith(options, DEV);
      const own = [S3Bucket, SqsQueue, DynamodbTable].flatMap((type) => template.all(type, { path: "demand" }));
      return own.map((one) => one.has("lifecycle.prevent_destroy"));
    };
    expect(new Set(guards({}))).toEqual(new Set([true]));
    expect(new Set(guards({ dataRemoval: DataRemoval.DESTROY }))).toEqual(new Set([false]));
  });

  test("is watched as soon as there is a route", () => {
    const alarms = (options: Options): readonly string[] =>
      loopWith(options)
        .all(CloudwatchMetricAlarm)
        .map(({ path }) => path.split("/").at(-2) ?? "")
        .sort();
    expect(alarms({})).toEqual([]);
    expect(alarms({ monitoring: { route: ONCALL } })).toEqual([
      "DeadLetterAlarm",
      "Errors",
      "Failures",
      "JobsPerHour",
      "Skipped",
    ]);
  });

  test("shows its parts", () => {
    templateOf((stack) => {
      const loop = loopIn(stack, { monitoring: { route: ONCALL } });
      expect(loop.queue).toBe(loop.trigger.queue);
      expect(loop.deadLetterQueue).toBe(loop.queue.deadLetterQueue);
      expect(loop.table.path).toBe("lake/demand/Trigger/State");
      expect(loop.trainingRole.jobNamePrefix).toBe(loop.jobNamePrefix);
      expect(Object.keys(loop.alarms ?? {})).toEqual(["errors", "failures", "skipped", "jobsPerHour"]);
      expect(loop.trigger.prefixes.models).toBe(`models/${loop.jobNamePrefix}/`);
    });
  });

  test("works on the buckets of another stack, in one direction", () => {
    const app = synthApp((app) => {
      const from = awsStack(app, "from", PROD);
      const [data, artifacts] = [new AwsBucket(from, "data"), new AwsBucket(from, "artifacts")];
      loopIn(awsStack(app, "to", PROD), { data, artifacts });
    });
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
    expect(Template.of(app.stack("from")).count(IamRolePolicy)).toBe(0);
  });

  test("stands beside another one", () => {
    const template = templateOf((stack) => {
      const data = new AwsBucket(stack, "data");
      new RetrainingLoop(stack, "demand", { data, prefix: "demand/", training });
      new RetrainingLoop(stack, "supply", { data, prefix: "supply/", training });
    });
    expect(template.count(LambdaFunction)).toBe(2);
  });

  test("is the same at every synth", () => {
    const json = (): string => {
      const app = synthApp((app) => {
        loopIn(awsStack(app, "lake", PROD, { route: ONCALL }), { key: undefined });
      });
      return JSON.stringify(filesOf(app.stack("lake")).json);
    };
    expect(json()).toBe(json());
  });

  test("needs no environment", () => {
    const undeclared = templateOf((stack) => {
      loopIn(stack);
    }, "undeclared");
    expect(undeclared.addresses()).toEqual(loopWith().addresses());
  });

  test("allows nothing but named actions, and nobody but named principals", () => {
    const template = templateOf((stack) => {
      loopIn(stack, { key: new AwsKey(stack, "key") });
    });
    const allowed = policiesOf(template, [IamRolePolicy, SqsQueuePolicy]).filter(({ Effect }) => Effect === "Allow");
    expect(allowed.filter(({ Action }) => JSON.stringify(Action).includes("*"))).toEqual([]);
    expect(allowed.filter(({ Principal }) => JSON.stringify(Principal ?? "").includes("*"))).toEqual([]);
    const everywhere = allowed.filter(({ Resource }) => [Resource].flat().includes("*"));
    expect(everywhere.flatMap(({ Action }) => Action).sort()).toEqual([
      "cloudwatch:PutMetricData",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListTrainingJobs",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]);
  });

  test("keeps its addresses", () => {
    const roots = loopWith()
      .addresses()
      .filter((address) => address.includes(".demand_") && !/_Queue_|_policy\.|Artifacts/.test(address));
    expect(roots).toEqual([
      "aws_cloudwatch_event_rule.demand_Trigger_Function_objects-data-d673c65b_Rule_BC2C242A",
      "aws_cloudwatch_event_target.demand_Trigger_Function_objects-data-d673c65b_Target_B73BA991",
      "aws_cloudwatch_log_group.demand_Trigger_Function_Logs_8E787A15",
      "aws_dynamodb_table.demand_Trigger_State_59BDEC82",
      "aws_iam_role.demand_TrainingRole_0FD851B2",
      "aws_iam_role.demand_Trigger_Function_Role_95542346",
      "aws_iam_role.demand_Trigger_Function_Tick_Role_19CDF097",
      "aws_lambda_event_source_mapping.demand_Trigger_Function_objects-data-d673c65b_9DE6D5B9",
      "aws_lambda_function.demand_Trigger_Function_DEF15C7A",
      "aws_lambda_function_event_invoke_config.demand_Trigger_Function_AsyncFailures_03E0AD6C",
      "aws_scheduler_schedule.demand_Trigger_Function_Tick_6706D0B4",
    ]);
  });
});

describe("a loop fails", () => {
  test("with all problems at once", () => {
    const build = (): Template =>
      loopWith({
        data: "bucket" as never,
        artifacts: {} as never,
        training: { image: "" },
        prefixes: { models: "models" },
        delivery: "pigeon" as never,
        batching: { maximumConcurrency: 1 },
        key: {} as never,
        monitoring: { maximumJobsPerHour: 0 },
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/demand has 8 problems",
        '  training.image must be the URI of an image, 1-255 characters without white space, got ""',
        '  data must be a bucket of AWS, got "bucket"',
        "  artifacts must be a bucket of AWS, got {}",
        "  key must be a key of KMS, got {}",
        '  delivery must be one of "event-bridge", "direct", got "pigeon"',
        "  batching.maximumConcurrency must be a whole number from 2 to 1000 runs, got 1",
        "  monitoring.maximumJobsPerHour must be a whole number of at least 1 jobs, got 0",
        '  prefixes.models must be a key prefix of at most 256 characters that ends with a slash, got "models"',
      ),
    );
  });

  test("to feed itself", () => {
    const build = (): Template =>
      templateOf((stack) => {
        const data = new AwsBucket(stack, "data");
        loopIn(stack, { data, artifacts: data, prefixes: { models: "labelled/models/" } });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/demand has 1 problem",
        '  prefixes.models must be apart from "labelled/", where new data of the same bucket is watched for, got "labelled/models/"',
      ),
    );
  });
});

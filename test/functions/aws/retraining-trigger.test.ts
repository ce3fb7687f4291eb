import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { handlerName, tick, variables } from "../../../lambda/retraining-trigger/contract";
import { validators } from "../../../lambda/retraining-trigger/validators";
import { trainingJobProblems } from "../../../lambda/shared/format/training-job";
import { parseEnvironment } from "../../../lambda/shared/parse-environment";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { IdempotencyTable } from "../../../lib/functions/aws/idempotency-table";
import { RetrainingTrigger } from "../../../lib/functions/aws/retraining-trigger";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { Delivery } from "../../../lib/storage/delivery";
import { filesOf, synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, DEV, ONCALL, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { IMAGE, ROLE_ARN, triggerIn, triggerWith, variablesOf } from "../../support/retraining-trigger";

describe("the function of a trigger", () => {
  test("has room and time for a batch", () => {
    expect(triggerWith().only(LambdaFunction).attributes).toMatchObject({
      description: "Starts training jobs of demand from new data",
      handler: "index.handler",
      memory_size: 512,
      timeout: 300,
    });
  });

  test("gets exactly the variables of the contract", () => {
    const { STATE_TABLE, DEAD_LETTER_QUEUE_URL, ...others } = variablesOf(triggerWith());
    expect(STATE_TABLE).toMatch(/^\$\{aws_dynamodb_table\.retraining_State_[0-9A-F]{8}\.name\}$/);
    expect(DEAD_LETTER_QUEUE_URL).toMatch(/^\$\{aws_sqs_queue\.\S+_Queue_DeadLetter_[0-9A-F]{8}\.url\}$/);
    expect(others).toEqual({
      SOURCE_BUCKET: "${aws_s3_bucket.data_7E2128CA.bucket}",
      SOURCE_PREFIX: "labelled/",
      SOURCE_SUFFIX: ".csv",
      MANIFEST_BUCKET: "${aws_s3_bucket.artifacts_7424475B.bucket}",
      MANIFEST_PREFIX: "manifests/demand/",
      JOB_NAME_PREFIX: "demand",
      MINIMUM_BYTES: "1048576",
      MAXIMUM_WAIT_MINUTES: "60",
      COOL_DOWN_MINUTES: "15",
      MAXIMUM_CONCURRENT_JOBS: "1",
      DRY_RUN: "false",
      TRAINING_JOB: JSON.stringify({
        imageUri: IMAGE,
        roleArn: ROLE_ARN,
        instanceType: "ml.m5.large",
        instanceCount: 1,
        volumeGiB: 20,
        maximumRuntimeSeconds: 3600,
        channelName: "training",
        inputMode: "File",
        outputUri: "s3://${aws_s3_bucket.artifacts_7424475B.bucket}/models/demand",
        networkIsolation: true,
        tags: { CostCenter: "Data 42", Environment: "prod" },
      }),
    });
  });

  test("gets what is said of jobs and of their start", () => {
    const rendered = variablesOf(
      triggerWith({
        training: {
          image: IMAGE,
          spot: { maximumWaitSeconds: 7200 },
          network: { subnetIds: ["subnet-0a"], securityGroupIds: ["sg-0a"] },
          isolated: false,
          hyperParameters: { epochs: "3" },
        },
        startWhen: { bytes: 1, waitMinutes: 2, coolDownMinutes: 0, maximumConcurrentJobs: 3 },
        prefixes: { manifests: "m/", models: "out/", checkpoints: "c/" },
        dryRun: true,
        tags: { owner: "demand" },
      }),
    );
    expect(rendered).toMatchObject({
      MANIFEST_PREFIX: "m/",
      MINIMUM_BYTES: "1",
      MAXIMUM_WAIT_MINUTES: "2",
      COOL_DOWN_MINUTES: "0",
      MAXIMUM_CONCURRENT_JOBS: "3",
      DRY_RUN: "true",
    });
    expect(JSON.parse(rendered["TRAINING_JOB"] ?? "")).toMatchObject({
      spot: { maximumWaitSeconds: 7200, checkpointUri: "s3://${aws_s3_bucket.artifacts_7424475B.bucket}/c" },
      outputUri: "s3://${aws_s3_bucket.artifacts_7424475B.bucket}/out",
      vpc: { subnetIds: ["subnet-0a"], securityGroupIds: ["sg-0a"] },
      networkIsolation: false,
      hyperParameters: { epochs: "3" },
      tags: { CostCenter: "Data 42", Environment: "prod", Owner: "demand" },
    });
  });

  test("gets what the handler accepts once Terraform has put names for references", () => {
    const rendered = variablesOf(triggerWith({ training: { image: IMAGE, spot: { maximumWaitSeconds: 3600 } } }));
    const resolved = Object.fromEntries(
      Object.entries(rendered).map(([name, value]) => [
        name,
        value
          .replace(/\$\{aws_sqs_queue[^}]*\}/g, "https://sqs.eu-west-1.amazonaws.com/1/q")
          .replace(/\$\{[^}]*\}/g, "acme-name"),
      ]),
    );
    const parsed = parseEnvironment(handlerName, variables, resolved, {
      TRAINING_JOB: { schema: validators.trainingJob, rules: trainingJobProblems },
    });
    expect(parsed).toMatchObject({ SOURCE_BUCKET: "acme-name", TRAINING_JOB: { imageUri: IMAGE, instanceCount: 1 } });
  });

  test("is set up as told", () => {
    const options = { functionName: "demand-trigger", logRetentionDays: 14, reservedConcurrency: 2 };
    expect(triggerWith({ function: options }).only(LambdaFunction).attributes).toMatchObject({
      function_name: "demand-trigger",
      reserved_concurrent_executions: 2,
      timeout: 300,
    });
  });
});

describe("a trigger", () => {
  test("is told of new objects in batches", () => {
    expect(triggerWith().only(LambdaEventSourceMapping).attributes).toMatchObject({
      batch_size: 100,
      maximum_batching_window_in_seconds: 20,
    });
    const unsaid = { maximumConcurrency: 2, batchSize: undefined, maximumBatchingWindowSeconds: undefined };
    expect(triggerWith({ batching: unsaid }).only(LambdaEventSourceMapping).attributes).toMatchObject({
      batch_size: 100,
      maximum_batching_window_in_seconds: 20,
    });
    const batching = { batchSize: 1, maximumBatchingWindowSeconds: 0, maximumConcurrency: 2, maxReceiveCount: 3 };
    const template = triggerWith({ batching });
    expect(template.only(LambdaEventSourceMapping).attributes).toMatchObject({
      batch_size: 1,
      maximum_batching_window_in_seconds: 0,
      scaling_config: { maximum_concurrency: 2 },
    });
    expect(template.count(SqsQueue, { with: { visibility_timeout_seconds: 1800 } })).toBe(1);
  });

  test.each([
    [undefined, 5],
    [60, 5],
    [5, 5],
    [1, 1],
  ])("that waits %s minutes looks at what waits every %s minutes", (waitMinutes, everyMinutes) => {
    const template = triggerWith({ startWhen: { waitMinutes } });
    expect(template.only(SchedulerSchedule).attributes).toMatchObject({
      schedule_expression: `rate(${String(everyMinutes)} minutes)`,
      target: { input: JSON.stringify(tick) },
    });
    expect(template.only(LambdaFunctionEventInvokeConfig).get("maximum_event_age_in_seconds")).toBe(300);
  });

  test("keeps its state in a table of its own or in one that is given", () => {
    expect(triggerWith().only(DynamodbTable).path).toBe("retraining/State/Resource");
    const template = templateOf((stack) => {
      const table = new IdempotencyTable(stack, "shared");
      triggerIn(stack, { table });
    });
    expect(template.only(DynamodbTable).path).toBe("shared/Resource");
    expect(variablesOf(template)["STATE_TABLE"]).toMatch(/^\$\{aws_dynamodb_table\.shared_/);
  });

  test("goes with both keys turned", () => {
    const template = triggerWith({ dataRemoval: DataRemoval.DESTROY }, DEV);
    const own = [template.only(DynamodbTable), ...template.all(SqsQueue)];
    expect(own.map((one) => one.has("lifecycle"))).toEqual([false, false, false]);
  });

  test("takes direct delivery", () => {
    const template = templateOf((stack) => {
      triggerIn(stack, {}, Delivery.DIRECT);
    });
    expect(template.addresses().filter((address) => address.startsWith("aws_cloudwatch_event_"))).toEqual([]);
  });

  test("may write its output into the bucket it watches, outside the prefix", () => {
    const template = templateOf((stack) => {
      const data = new AwsBucket(stack, "data");
      new RetrainingTrigger(stack, "retraining", {
        source: data.objectsCreated({ prefix: "labelled/" }),
        artifacts: data,
        trainingRole: { roleArn: ROLE_ARN, jobNamePrefix: "demand" },
        training: { image: IMAGE },
        jobNamePrefix: "demand",
      });
    });
    expect(variablesOf(template)["MANIFEST_BUCKET"]).toBe(variablesOf(template)["SOURCE_BUCKET"]);
  });

  test("works on the buckets of another stack", () => {
    const app = synthApp((app) => {
      const from = awsStack(app, "from", PROD);
      const data = new AwsBucket(from, "data");
      const artifacts = new AwsBucket(from, "artifacts", { encryption: BucketEncryption.key(new AwsKey(from, "key")) });
      new RetrainingTrigger(awsStack(app, "to", PROD), "retraining", {
        source: data.objectsCreated({ prefix: "labelled/" }),
        artifacts,
        trainingRole: { roleArn: ROLE_ARN },
        training: { image: IMAGE },
        jobNamePrefix: "demand",
      });
    });
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
    const job = variablesOf(Template.of(app.stack("to")))["TRAINING_JOB"];
    expect(job).toMatch(/"outputUri":"s3:\/\/\$\{data\.terraform_remote_state\.[^}]+\}\/models\/demand"/);
  });

  test("is the same at every synth", () => {
    const json = (): string => {
      const app = synthApp((app) => {
        triggerIn(awsStack(app, "lake", PROD, { route: ONCALL }));
      });
      return JSON.stringify(filesOf(app.stack("lake")).json);
    };
    expect(json()).toBe(json());
  });

  test("keeps its addresses", () => {
    const own = triggerWith()
      .addresses()
      .filter((address) => address.includes(".retraining_") && !/_Queue_|_Policy_|iam_role_policy/.test(address));
    expect(own).toEqual([
      "aws_cloudwatch_event_rule.retraining_Function_objects-data-d673c65b_Rule_A69191D0",
      "aws_cloudwatch_event_target.retraining_Function_objects-data-d673c65b_Target_C5995CCD",
      "aws_cloudwatch_log_group.retraining_Function_Logs_24209BE5",
      "aws_dynamodb_table.retraining_State_9051E6BB",
      "aws_iam_role.retraining_Function_Role_B02DB15B",
      "aws_iam_role.retraining_Function_Tick_Role_709F262A",
      "aws_lambda_event_source_mapping.retraining_Function_objects-data-d673c65b_99100B31",
      "aws_lambda_function.retraining_Function_FC8386C6",
      "aws_lambda_function_event_invoke_config.retraining_Function_AsyncFailures_D18B2A7A",
      "aws_scheduler_schedule.retraining_Function_Tick_562079C3",
    ]);
  });

  test("lets its role be granted more", () => {
    const template = templateOf((stack) => {
      new AwsBucket(stack, "features").grants.read(triggerIn(stack), { prefix: "f/" });
    });
    expect(template.all(IamRolePolicy, { path: "retraining/Function/Role" }).map(({ path }) => path)).toContainEqual(
      expect.stringContaining("/read-features-"),
    );
  });
});

describe("a trigger fails", () => {
  test("with all problems at once", () => {
    const build = () =>
      triggerWith({
        training: { image: "two words", instanceCount: 0 },
        jobNamePrefix: "demand",
        trainingRole: { roleArn: ROLE_ARN, jobNamePrefix: "supply" },
        startWhen: { bytes: 0 },
        prefixes: { models: "models" },
        dryRun: "no" as never,
        batching: { batchSize: 0 },
        monitoring: { severity: "urgent" as never, maximumJobsPerHour: 0 },
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/retraining has 9 problems",
        '  training.image must be the URI of an image, 1-255 characters without white space, got "two words"',
        "  training.instanceCount must be a whole number from 1 to 100, got 0",
        '  jobNamePrefix must be "supply", the one that the training role trusts, got "demand"',
        '  prefixes.models must be a key prefix of at most 256 characters that ends with a slash, got "models"',
        "  startWhen.bytes must be a whole number from 1 to 9007199254740991, got 0",
        '  dryRun must be true or false, got "no"',
        "  batching.batchSize must be a whole number from 1 to 10000 messages, got 0",
        '  monitoring.severity must be one of "critical", "high", "low", got "urgent"',
        "  monitoring.maximumJobsPerHour must be a whole number of at least 1 jobs, got 0",
      ),
    );
  });

  test("on things that are none", () => {
    const build = () =>
      templateOf((stack) => {
        new RetrainingTrigger(stack, "retraining", {
          source: new AwsBucket(stack, "data") as never,
          artifacts: "bucket" as never,
          trainingRole: ROLE_ARN as never,
          training: { image: IMAGE },
          jobNamePrefix: "demand",
          table: {} as never,
          key: {} as never,
          function: "fast" as never,
        });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/retraining has 6 problems",
        "  source must be objectsCreated(…) of a bucket, got the construct lake/data",
        '  artifacts must be a bucket of AWS, got "bucket"',
        `  trainingRole must be a training role, got "${ROLE_ARN}"`,
        "  table must be an IdempotencyTable, got {}",
        "  key must be a key of KMS, got {}",
        '  function must be an object, got "fast"',
      ),
    );
  });

  test("to feed itself", () => {
    const build = () =>
      templateOf((stack) => {
        const data = new AwsBucket(stack, "data");
        new RetrainingTrigger(stack, "retraining", {
          source: data.objectsCreated(),
          artifacts: data,
          trainingRole: { roleArn: ROLE_ARN },
          training: { image: IMAGE },
          jobNamePrefix: "demand",
        });
      });
    const rule =
      "must be in another bucket, because all of this one is watched for new data (or the source must have a prefix), got";
    expect(messageOf(build)).toBe(
      lines(
        "lake/retraining has 3 problems",
        `  prefixes.manifests ${rule} "manifests/demand/"`,
        `  prefixes.models ${rule} "models/demand/"`,
        `  prefixes.checkpoints ${rule} "checkpoints/demand/"`,
      ),
    );
  });
});

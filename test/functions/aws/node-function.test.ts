import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable, type TerraformStack } from "cdktf";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../../../lib/core/placeholder";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { NodeFunction, type NodeFunctionProps } from "../../../lib/functions/aws/node-function";
import { FunctionArchitecture, FunctionRuntime } from "../../../lib/functions/aws/runtime";
import { HandlerCode } from "../../../lib/functions/handler-code";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { filesOf, synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, functionRole, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf, statementsOf } from "../../support/policies";

const code = HandlerCode.bundled("retraining-trigger");
const HASH = "tQ5jn0cyNLz1326NscljIrNvxe9trq4BsxAoekmiOqc=";

/** As `printf 'not looked into' | sha256sum` says it. */
const NOT_LOOKED_INTO = {
  codeHash: "EpM4oUbiNvgMXSVG9GbKwT0qAvtulNpvOy2AwdCPJgg=",
  assetHash: "129338A146E236F80C5D2546F466CAC1",
};

const functionWith = (props: Partial<NodeFunctionProps> = {}) =>
  templateOf((stack) => {
    new NodeFunction(stack, "enrich", { code, ...props });
  });

describe("a function", () => {
  test("is traced, logs JSON into a group of its own and waits for its rights", () => {
    expect(functionWith().only(LambdaFunction).attributes).toEqual({
      architectures: ["arm64"],
      depends_on: [
        "aws_iam_role_policy.enrich_Role_log-enrich-7c41a4e6_106A7017",
        "aws_iam_role_policy.enrich_Role_trace-enrich-7c41a4e6_9EBC86E8",
      ],
      filename: "assets/enrich_Code_48B6BF85/<hash>/retraining-trigger.zip",
      function_name: "lake-enrich-ee1f00f8",
      handler: "index.handler",
      logging_config: {
        application_log_level: "INFO",
        log_format: "JSON",
        log_group: "${aws_cloudwatch_log_group.enrich_Logs_7AD588D2.name}",
        system_log_level: "INFO",
      },
      memory_size: 256,
      role: "${aws_iam_role.enrich_Role_55F4DDB2.arn}",
      runtime: "nodejs22.x",
      source_code_hash: HASH,
      tags: { CostCenter: "Data 42", Environment: "prod" },
      timeout: 30,
      tracing_config: { mode: "Active" },
    });
  });

  test("takes what is said of it", () => {
    const template = functionWith({
      functionName: "enrich",
      description: "Adds what is known",
      environment: { STAGE: "dev" },
      runtime: FunctionRuntime.NODEJS_24,
      architecture: FunctionArchitecture.X86_64,
      memoryMiB: 1024,
      timeoutSeconds: 900,
      reservedConcurrency: 0,
      logRetentionDays: 14,
      tags: { owner: "orders" },
    });
    expect(template.only(LambdaFunction).attributes).toMatchObject({
      architectures: ["x86_64"],
      description: "Adds what is known",
      environment: { variables: { STAGE: "dev" } },
      function_name: "enrich",
      memory_size: 1024,
      reserved_concurrent_executions: 0,
      runtime: "nodejs24.x",
      tags: { CostCenter: "Data 42", Environment: "prod", Owner: "orders" },
      timeout: 900,
    });
    expect(template.only(CloudwatchLogGroup).attributes).toEqual({
      name: "/aws/lambda/enrich",
      retention_in_days: 14,
      tags: { CostCenter: "Data 42", Environment: "prod", Owner: "orders" },
    });
  });

  test("keeps its logs for 400 days", () => {
    expect(functionWith().only(CloudwatchLogGroup).attributes).toMatchObject({
      name: "/aws/lambda/lake-enrich-ee1f00f8",
      retention_in_days: 400,
    });
  });

  test("may write to its log group and send traces, and nothing else", () => {
    const template = functionWith();
    expect(statementsOf(template.only(IamRole).get("assume_role_policy"))).toEqual([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(policiesOf(template, [IamRolePolicy])).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["${aws_cloudwatch_log_group.enrich_Logs_7AD588D2.arn}:*"],
      },
      { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: ["*"] },
    ]);
  });

  test("encrypts its variables and logs with a key, which agrees to the log group before it is made", () => {
    const template = templateOf((stack) => {
      const key = new AwsKey(stack, "key");
      new NodeFunction(stack, "enrich", { code, environmentKey: key, logKey: key });
    });
    expect(template.only(LambdaFunction).get("kms_key_arn")).toBe("${aws_kms_key.key_FEDD6EC0.arn}");
    expect(template.only(CloudwatchLogGroup).attributes).toMatchObject({
      kms_key_id: "${aws_kms_key.key_FEDD6EC0.arn}",
      depends_on: ["aws_kms_key_policy.key_Policy_E4C84074"],
    });
  });

  test("keeps its addresses", () => {
    expect(functionWith().addresses()).toEqual([
      "aws_cloudwatch_log_group.enrich_Logs_7AD588D2",
      "aws_iam_role.enrich_Role_55F4DDB2",
      "aws_iam_role_policy.enrich_Role_log-enrich-7c41a4e6_106A7017",
      "aws_iam_role_policy.enrich_Role_trace-enrich-7c41a4e6_9EBC86E8",
      "aws_lambda_function.enrich_E289F4BB",
    ]);
  });

  test("stands in the region and under the provider that are given", () => {
    const app = synthApp((app) => {
      const stack = awsStack(app, "lake", PROD);
      const provider = new AwsProvider(stack, "audit", { alias: "audit" });
      new NodeFunction(stack, "enrich", { code, region: "us-west-2", provider });
    });
    const template = Template.of(app.stack("lake"));
    const regional = [LambdaFunction, CloudwatchLogGroup].map((type) => template.only(type).attributes);
    const global = [template.only(IamRole), ...template.all(IamRolePolicy)].map((block) => block.attributes);
    expect(regional).toEqual(regional.map((one) => ({ ...one, region: "us-west-2", provider: "aws.audit" })));
    expect(global.map(({ region, provider }) => [region, provider])).toEqual(
      global.map(() => [undefined, "aws.audit"]),
    );
  });

  test("is the same at every synth", () => {
    const json = () => {
      const app = synthApp((app) => {
        new NodeFunction(awsStack(app, "lake"), "enrich", { code });
      });
      return JSON.stringify(filesOf(app.stack("lake")).json);
    };
    expect(json()).toBe(json());
  });

  test("takes texts that Terraform alone knows", () => {
    const template = templateOf((stack) => {
      const later = new TerraformVariable(stack, "text", {}).stringValue;
      new NodeFunction(stack, "enrich", {
        code,
        functionName: later,
        description: later,
        environment: { BUCKET: later },
        tags: { owner: later },
      });
    });
    expect(template.only(LambdaFunction).get("function_name")).toBe("${var.text}");
    expect(template.only(CloudwatchLogGroup).get("name")).toBe("/aws/lambda/${var.text}");
  });
});

describe("the code of a function", () => {
  test("lies in the synthesised stack, byte for byte, under its own hash", () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "function-"));
    const zip = path.join(home, "own.zip");
    fs.writeFileSync(zip, "not looked into");
    const stack = synthApp((app) => {
      app.node.setContext(PLACEHOLDER_HANDLERS, false);
      new NodeFunction(awsStack(app, "lake"), "enrich", { code: HandlerCode.zip(zip) });
    }).stack("lake");
    fs.rmSync(home, { recursive: true });
    const { codeHash, assetHash } = NOT_LOOKED_INTO;
    const asset = `assets/enrich_Code_48B6BF85/${assetHash}/own.zip`;
    const { folder, json } = filesOf(stack);
    expect(JSON.stringify(json)).toContain(JSON.stringify(asset));
    expect(JSON.stringify(json)).not.toContain(home);
    expect(fs.readFileSync(path.join(folder, asset), "utf8")).toBe("not looked into");
    expect(Template.of(stack).only(LambdaFunction).get("source_code_hash")).toBe(codeHash);
  });
});

describe("a function that others use", () => {
  test("may be run by a role of another stack", () => {
    const app = synthApp((app) => {
      const enrich = new NodeFunction(awsStack(app, "from", PROD), "enrich", { code });
      enrich.grants.invoke(functionRole(awsStack(app, "to", PROD)));
    });
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
    const [statement] = policiesOf(Template.of(app.stack("to")), [IamRolePolicy]);
    expect(statement).toEqual({
      Effect: "Allow",
      Action: ["lambda:InvokeFunction"],
      Resource: [
        "${data.terraform_remote_state.cross-stack-reference-input-from.outputs.cross-stack-output-aws_lambda_functionenrich_E289F4BBarn}",
      ],
    });
  });

  test("is granted as its role", () => {
    const template = templateOf((stack: TerraformStack) => {
      const enrich = new NodeFunction(stack, "enrich", { code });
      new AwsBucket(stack, "raw").grants.read(enrich, { prefix: "in/" }).before(enrich.resource);
    });
    const read = template.all(IamRolePolicy).filter(({ path }) => path.startsWith("enrich/Role/read-raw-"));
    expect(read).toHaveLength(1);
    expect(template.only(LambdaFunction).get("depends_on")).toContain(read[0]?.address);
  });

  test("tells how it fares", () => {
    const metrics: unknown[] = [];
    templateOf((stack) => {
      const { metrics: facade } = new NodeFunction(stack, "enrich", { code, functionName: "enrich" });
      metrics.push(facade.errors(), facade.throttles(), facade.invocations(), facade.durationMilliseconds("p50"));
    });
    const common = { namespace: "AWS/Lambda", periodSeconds: 300, missingData: "notBreaching" };
    expect(metrics).toEqual([
      expect.objectContaining({ ...common, metricName: "Errors", statistic: "Sum" }),
      expect.objectContaining({ ...common, metricName: "Throttles", statistic: "Sum" }),
      expect.objectContaining({ ...common, metricName: "Invocations", statistic: "Sum" }),
      expect.objectContaining({ ...common, metricName: "Duration", statistic: "p50" }),
    ]);
  });
});

describe("a function fails", () => {
  test("with all problems at once", () => {
    const build = () =>
      functionWith({
        functionName: "no spaces",
        description: "x".repeat(257),
        environment: { AWS_REGION: "x" },
        environmentKey: "key" as never,
        runtime: "nodejs20.x" as never,
        architecture: "arm" as never,
        memoryMiB: 64,
        timeoutSeconds: 901,
        reservedConcurrency: -1,
        logRetentionDays: 15,
        logKey: {} as never,
        tags: { "Bad Key": "x" },
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/enrich has 12 problems",
        '  functionName must be 1-64 letters, digits, hyphens or underscores, got "no spaces"',
        `  description must be a text of at most 256 characters, got "${"x".repeat(119)}… (259 characters)`,
        '  environment name must be one that Lambda does not keep for itself, got "AWS_REGION"',
        '  environmentKey must be a key of KMS, got "key"',
        '  runtime must be nodejs22.x or nodejs24.x, because AWS creates no functions on older ones, got "nodejs20.x"',
        '  architecture must be one of "arm64", "x86_64", got "arm"',
        "  memoryMiB must be a whole number from 128 to 10240 MiB, got 64",
        "  timeoutSeconds must be a whole number from 1 to 900 seconds, got 901",
        "  reservedConcurrency must be a whole number of at least 0, got -1",
        "  logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 15",
        "  logKey must be a key of KMS, got {}",
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "bad key", got "Bad Key"',
      ),
    );
  });

  test("on a timeout that Terraform alone knows, from which a queue's follows", () => {
    const build = () =>
      templateOf((stack) => {
        const later = new TerraformVariable(stack, "seconds", {}).numberValue;
        new NodeFunction(stack, "enrich", { code, timeoutSeconds: later });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/enrich has 1 problem",
        "  timeoutSeconds must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      ),
    );
  });

  test("without its zip", () => {
    const build = () =>
      synthApp((app) => {
        app.node.setContext(PLACEHOLDER_HANDLERS, false);
        new NodeFunction(awsStack(app, "lake"), "enrich", { code: HandlerCode.zip("dist/none.zip") });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/enrich has 1 problem",
        "  code must be a zip that is there at synthesis, got no file at dist/none.zip; build it before the app runs",
      ),
    );
  });

  test("on code that is none", () => {
    expect(messageOf(() => functionWith({ code: "index.js" as never }))).toBe(
      lines(
        "lake/enrich has 1 problem",
        '  code must be bundle(…).<name>, HandlerCode.bundled(…) or HandlerCode.zip(…), got "index.js"',
      ),
    );
  });

  test("under a provider of another stack", () => {
    const build = () =>
      synthApp((app) => {
        const provider = new AwsProvider(awsStack(app, "other"), "audit", { alias: "audit" });
        new NodeFunction(awsStack(app, "lake"), "enrich", { code, provider });
      });
    expect(messageOf(build)).toBe(
      'lake/enrich has 1 problem\n  provider must be a provider of stack "lake", got the construct other/audit',
    );
  });
});

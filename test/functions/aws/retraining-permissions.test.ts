import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { permissions } from "../../../lambda/retraining-trigger/contract";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { type Template } from "../../../lib/testing/template";
import { templateOf } from "../../support/aws-stack";
import { ROLE_ARN, triggerIn, triggerWith, variablesOf } from "../../support/retraining-trigger";
import { statementsOf, type Statement } from "../../support/policies";

/** The statements of the function's own role. */
const roleStatements = (template: Template): readonly Statement[] =>
  template
    .all(IamRolePolicy, { path: "retraining/Function/Role" })
    .flatMap((policy) => statementsOf(policy.get("policy")));

describe("the role of a trigger", () => {
  const LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"];
  const TRACES = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
  const SOURCE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"];
  /** A bucket's write grant also gives up uploads. */
  const GIVEN_UP_UPLOADS = ["s3:AbortMultipartUpload"];

  test("may do exactly what the contract names, besides logs, traces and its source", () => {
    const actions = roleStatements(triggerWith()).flatMap(({ Action }) => Action);
    const expected = [...Object.values(permissions).flat(), ...LOGS, ...TRACES, ...SOURCE, ...GIVEN_UP_UPLOADS];
    expect([...actions].sort()).toEqual([...expected].sort());
  });

  test("may do it with what is its own alone", () => {
    const statements = roleStatements(triggerWith());
    const scopeOf = (action: string): Pick<Statement, "Resource" | "Condition"> | undefined => {
      const found = statements.find(({ Action }) => Action.includes(action));
      return found && { Resource: found.Resource, Condition: found.Condition };
    };
    expect(String(scopeOf("sagemaker:CreateTrainingJob")?.Resource)).toMatch(
      /^arn:aws:sagemaker:\$\{element\(split\(':', \S+DeadLetter\S+\.arn\), 3\)\}:\$\{element\(split\(':', \S+\.arn\), 4\)\}:training-job\/demand-\*$/,
    );
    expect(scopeOf("iam:PassRole")).toEqual({
      Resource: [ROLE_ARN],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    });
    expect(scopeOf("s3:PutObject")?.Resource).toEqual(["${aws_s3_bucket.artifacts_7424475B.arn}/manifests/demand/*"]);
    const scope = "retraining-trigger#demand#${aws_s3_bucket.data_7E2128CA.bucket}/labelled/";
    expect(scopeOf("dynamodb:DeleteItem")?.Condition).toEqual({
      "ForAllValues:StringEquals": {
        "dynamodb:LeadingKeys": [`${scope}#objects`, `${scope}#pending`, `${scope}#lock`],
      },
    });
  });

  test("names every resource, but for what knows none", () => {
    const everywhere = roleStatements(triggerWith()).filter(({ Resource }) => [Resource].flat().includes("*"));
    expect(everywhere.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining([...TRACES, "sagemaker:ListTrainingJobs"]),
    );
    expect(everywhere).toHaveLength(2);
  });

  test("is complete before the function runs", () => {
    const template = triggerWith();
    const own = template.all(IamRolePolicy, { path: "retraining/Function/Role" });
    const others = own.filter(({ path }) => !path.includes("/consume-")).map(({ address }) => address);
    expect(new Set(template.only(LambdaFunction).get("depends_on") as string[])).toEqual(new Set(others));
  });

  test("may use the keys of what it works with", () => {
    const template = templateOf((stack) => {
      const key = new AwsKey(stack, "key");
      triggerIn(stack, {
        key,
        artifacts: new AwsBucket(stack, "artifacts", { encryption: BucketEncryption.key(key) }),
      });
    });
    const keyActions = roleStatements(template).filter(({ Action }) => String([Action].flat()[0]).startsWith("kms:"));
    expect(keyActions.map(({ Condition }) => Condition?.["StringEquals"]?.["kms:ViaService"])).toEqual(
      expect.arrayContaining([
        "dynamodb.eu-west-1.amazonaws.com",
        "s3.eu-west-1.amazonaws.com",
        "sqs.eu-west-1.amazonaws.com",
      ]),
    );
    expect(JSON.parse(variablesOf(template)["TRAINING_JOB"] ?? "")).toMatchObject({
      outputKeyArn: "${aws_kms_key.key_FEDD6EC0.arn}",
    });
    expect(template.only(DynamodbTable).has("server_side_encryption")).toBe(true);
    expect(template.all(SqsQueue).map((queue) => queue.has("kms_master_key_id"))).toEqual([true, true]);
    expect(template.only(LambdaFunction).has("kms_key_arn")).toBe(true);
  });
});

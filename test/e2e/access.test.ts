import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteTableCommand, DynamoDBClient, GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, PutRolePolicyCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { clientSettings, type Credentials } from "../../scripts/local/clients";
import { output } from "../../scripts/local/stacks";
import { DeadLetters } from "./dead-letters";
import { assume, Twin } from "./impersonation";
import { deployedCloud, stack } from "./local-cloud";
import { rightsOf, type Right } from "./rights";

const { address } = deployedCloud();
const retraining = stack("retraining-local");
const value = (name: string): string => output(retraining, name);
const root = clientSettings(address);

/** Everything that somebody may try. */
interface Clients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly events: EventBridgeClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

function clients(credentials: Credentials): Clients {
  const settings = clientSettings(address, credentials);
  return {
    s3: new S3Client(settings),
    sqs: new SQSClient(settings),
    dynamodb: new DynamoDBClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    lambda: new LambdaClient(settings),
    events: new EventBridgeClient(settings),
    logs: new CloudWatchLogsClient(settings),
    sts: new STSClient(settings),
  };
}

type Attempt = readonly [action: string, attempt: (clients: Clients) => Promise<unknown>];

const data = value("data_bucket_name");
const artifacts = value("artifacts_bucket_name");
const manifests = value("manifest_prefix");
const labelled = value("trigger_prefix");
const queue = value("queue_url");
const table = value("state_table_name");
const key = value("data_key_arn");
const partition = `retraining-trigger#churn#${data}/${labelled}#lock`;
const item = (id: string): { id: { S: string }; sortKey: { S: string } } => ({ id: { S: id }, sortKey: { S: "e2e" } });

beforeAll(async () => {
  const s3 = new S3Client(root);
  await s3.send(new PutObjectCommand({ Bucket: data, Key: `${labelled}access.txt`, Body: "secret" }));
  await s3.send(new PutObjectCommand({ Bucket: artifacts, Key: `${manifests}access.manifest`, Body: "[]" }));
});

describe("the trigger's role", () => {
  let trigger: Clients;
  beforeAll(async () => {
    trigger = clients(await assume(root, value("function_role_arn")));
  });

  const refused: readonly Attempt[] = [
    ["s3:GetObject", ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: data, Key: `${labelled}access.txt` }))],
    ["s3:ListBucket", ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: data }))],
    ["s3:PutObject", ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: data, Key: `${labelled}b.csv`, Body: "x" }))],
    [
      "s3:PutObject",
      ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: artifacts, Key: "models/churn/m", Body: "x" })),
    ],
    [
      "s3:GetObject",
      ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: artifacts, Key: `${manifests}access.manifest` })),
    ],
    [
      "s3:DeleteObject",
      ({ s3 }) => s3.send(new DeleteObjectCommand({ Bucket: artifacts, Key: `${manifests}access.manifest` })),
    ],
    ["s3:DeleteBucketPolicy", ({ s3 }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: data }))],
    ["sqs:SendMessage", ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: "{}" }))],
    ["sqs:PurgeQueue", ({ sqs }) => sqs.send(new PurgeQueueCommand({ QueueUrl: queue }))],
    ["sqs:DeleteQueue", ({ sqs }) => sqs.send(new DeleteQueueCommand({ QueueUrl: queue }))],
    ["dynamodb:Scan", ({ dynamodb }) => dynamodb.send(new ScanCommand({ TableName: table }))],
    ["dynamodb:DeleteTable", ({ dynamodb }) => dynamodb.send(new DeleteTableCommand({ TableName: table }))],
    ["kms:GenerateDataKey", ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: "AES_256" }))],
    ["kms:ScheduleKeyDeletion", ({ kms }) => kms.send(new ScheduleKeyDeletionCommand({ KeyId: key }))],
    ["lambda:InvokeFunction", ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: value("function_name") }))],
    [
      "lambda:UpdateFunctionConfiguration",
      ({ lambda }) =>
        lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: value("function_name"), Timeout: 3 })),
    ],
    [
      "iam:PutRolePolicy",
      ({ iam }) => {
        const RoleName = value("function_role_arn").split("/").at(-1);
        return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: "{}" }));
      },
    ],
    [
      "sts:AssumeRole",
      ({ sts }) => sts.send(new AssumeRoleCommand({ RoleArn: value("training_role_arn"), RoleSessionName: "e2e" })),
    ],
    [
      "events:PutRule",
      ({ events }) => events.send(new PutRuleCommand({ Name: "mine", ScheduleExpression: "rate(1 day)" })),
    ],
    [
      "logs:DeleteLogGroup",
      ({ logs }) => logs.send(new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${value("function_name")}` })),
    ],
  ];

  test.each(refused)("is refused %s", async (action, attempt) => {
    await expect(attempt(trigger)).rejects.toThrow(new RegExp(`is not authorized to perform: ${action}\\b`));
  });

  const allowed: readonly Attempt[] = [
    [
      "a manifest",
      ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: artifacts, Key: `${manifests}e2e.manifest`, Body: "[]" })),
    ],
    [
      "the queue",
      ({ sqs }) => sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ["QueueArn"] })),
    ],
    ["its state", ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName: table, Key: item(partition) }))],
  ];

  test.each(allowed)("is allowed %s", async (_what, attempt) => {
    await expect(attempt(trigger)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  test("is allowed to send a dead letter", async () => {
    const url = value("dead_letter_queue_url");
    await trigger.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{"reason":"e2e"}' }));
    await expect(new DeadLetters(new SQSClient(root), url).take(1)).resolves.toEqual([{ reason: "e2e" }]);
  });
});

describe("the training role", () => {
  const twin = new Twin(root, value("training_role_arn"));
  let training: Clients;
  beforeAll(async () => {
    training = clients(await twin.credentials());
  });
  afterAll(() => twin.remove());

  const refused: readonly Attempt[] = [
    ["s3:PutObject", ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: data, Key: `${labelled}c.csv`, Body: "x" }))],
    ["s3:PutObject", ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: artifacts, Key: `${manifests}m`, Body: "x" }))],
    ["s3:DeleteObject", ({ s3 }) => s3.send(new DeleteObjectCommand({ Bucket: data, Key: `${labelled}access.txt` }))],
    ["sqs:SendMessage", ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: "{}" }))],
    [
      "dynamodb:GetItem",
      ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName: table, Key: item(partition) })),
    ],
    ["kms:Decrypt", ({ kms }) => kms.send(new DecryptCommand({ KeyId: key, CiphertextBlob: Buffer.from("x") }))],
  ];

  test.each(refused)("is refused %s", async (action, attempt) => {
    await expect(attempt(training)).rejects.toThrow(new RegExp(`is not authorized to perform: ${action}\\b`));
  });

  const allowed: readonly Attempt[] = [
    ["labelled data", ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: data, Key: `${labelled}access.txt` }))],
    ["manifests", ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: artifacts, Key: `${manifests}access.manifest` }))],
    [
      "models",
      ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: artifacts, Key: "models/churn/e2e.tar.gz", Body: "x" })),
    ],
  ];

  test.each(allowed)("is allowed %s", async (_what, attempt) => {
    await expect(attempt(training)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });
});

/** What the emulators do not ask: moto knows no IAM, MiniStack no conditions on passed roles, keys and items. */
describe("the trigger's policies", () => {
  const job = (name: string): string => `arn:aws:sagemaker:us-east-1:000000000000:training-job/${name}`;

  test.each([
    ["allow", "sagemaker:CreateTrainingJob", job("churn-labelled-1")],
    ["refuse", "sagemaker:CreateTrainingJob", job("fraud-1")],
    ["allow", "sagemaker:ListTrainingJobs", "*"],
    ["refuse", "sagemaker:StopTrainingJob", job("churn-labelled-1")],
    ["refuse", "iam:PassRole", value("function_role_arn")],
  ] as const)("%s %s of %s", async (verdict, action, resource) => {
    const request = { PolicySourceArn: value("function_role_arn"), ActionNames: [action], ResourceArns: [resource] };
    const { EvaluationResults: results = [] } = await new IAMClient(root).send(
      new SimulatePrincipalPolicyCommand(request),
    );
    const decisions = { allow: "allowed", refuse: "implicitDeny" } as const;
    expect(results.map(({ EvalDecision: decision }) => decision)).toEqual([decisions[verdict]]);
  });

  const through = (service: string): Right => ({
    resources: [key],
    condition: { StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` } },
  });

  test.each<readonly [action: string, rights: readonly Right[]]>([
    [
      "iam:PassRole",
      [
        {
          resources: [value("training_role_arn")],
          condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        },
      ],
    ],
    ["kms:Decrypt", [through("dynamodb"), through("s3"), through("sqs"), through("sqs")]],
    [
      "dynamodb:PutItem",
      [
        {
          resources: [`arn:aws:dynamodb:us-east-1:000000000000:table/${table}`],
          condition: {
            "ForAllValues:StringEquals": {
              "dynamodb:LeadingKeys": ["objects", "pending", "lock"].map(
                (part) => `retraining-trigger#churn#${data}/${labelled}#${part}`,
              ),
            },
          },
        },
      ],
    ],
  ])("give %s nothing beyond its purpose", async (action, rights) => {
    const found = await rightsOf(new IAMClient(root), value("function_role_arn"), action);
    expect([...found].sort(byText)).toEqual([...rights].sort(byText));
  });
});

const byText = (one: Right, other: Right): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

import { ListTagsCommand, paginateListTrainingJobs, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, plainSettings } from "../../scripts/local/clients";
import { manifestUri, RetrainingLoop, type TriggerLogLine } from "../../scripts/local/loop";
import { output } from "../../scripts/local/stacks";
import type { DeadLetterMessage } from "../../lambda/shared/format/dead-letter";
import { DeadLetters } from "./dead-letters";
import { deployedCloud, stack } from "./local-cloud";
import { EventTap } from "./tap";

const { address } = deployedCloud();
const retraining = stack("retraining-local");
const value = (name: string): string => output(retraining, name);
const bucket = value("data_bucket_name");
const prefix = value("trigger_prefix");
const ROWS = 2_048;

const loop = new RetrainingLoop(address, retraining);
const sqs = new SQSClient(clientSettings(address));
const sagemaker = new SageMakerClient(plainSettings(address.sagemaker));
const tap = new EventTap(clientSettings(address));
const deadLetters = new DeadLetters(sqs, value("dead_letter_queue_url"));

beforeAll(() => tap.open(bucket));
afterAll(async () => {
  await tap.close();
  loop.close();
});

/** Lines of the trigger's log that say one thing, as soon as there are so many of them. */
async function logged(since: number, message: string, count = 1): Promise<readonly TriggerLogLine[]> {
  for (let turn = 0; ; turn += 1) {
    const lines = (await loop.log(since)).filter((line) => line.message === message);
    if (lines.length >= count || turn === 80) return lines;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Names and times of creation of all jobs of the trigger. */
async function jobs(): Promise<readonly string[]> {
  const found: string[] = [];
  const filter = { NameContains: value("training_job_name_prefix") };
  for await (const page of paginateListTrainingJobs({ client: sagemaker }, filter)) {
    for (const { TrainingJobName: name, CreationTime: time } of page.TrainingJobSummaries ?? []) {
      found.push(`${name ?? ""} ${time?.toISOString() ?? ""}`);
    }
  }
  return found.sort();
}

const send = (body: string): Promise<unknown> =>
  sqs.send(new SendMessageCommand({ QueueUrl: value("queue_url"), MessageBody: body }));

/** Messages of the trigger's queue, seen and unseen. */
async function waiting(): Promise<number> {
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes: attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: value("queue_url"), AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(attributes[name]), 0);
}

describe("a good object", () => {
  let event = "";
  let jobName = "";

  test("becomes exactly one training job with the right input", async () => {
    const since = Date.now();
    const before = await jobs();
    const { key } = await loop.upload("2026/märz a+b.csv", ROWS);
    event = await tap.next();
    const started = await logged(since, "training job started");
    expect(started).toEqual([expect.objectContaining({ message: "training job started", objects: 1 })]);
    jobName = started[0]?.jobName ?? "";
    expect(jobName).toMatch(/^churn-labelled-[0-9a-f]{12}$/);
    const after = await jobs();
    expect(after.filter((job) => !before.includes(job))).toEqual([expect.stringMatching(`^${jobName} `)]);

    const job = await loop.trainingJob(jobName);
    const folder = `s3://${value("artifacts_bucket_name")}`;
    expect(job).toMatchObject({
      RoleArn: value("training_role_arn"),
      AlgorithmSpecification: {
        TrainingImage: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        TrainingInputMode: "File",
      },
      OutputDataConfig: { S3OutputPath: `${folder}/models/churn`, KmsKeyId: value("data_key_arn") },
      ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 20 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      EnableNetworkIsolation: true,
    });
    expect(job.InputDataConfig).toEqual([
      {
        ChannelName: "training",
        ContentType: "text/csv",
        DataSource: {
          S3DataSource: {
            S3DataType: "ManifestFile",
            S3DataDistributionType: "FullyReplicated",
            S3Uri: `${folder}/${value("manifest_prefix")}${jobName}.manifest`,
          },
        },
      },
    ]);
    const manifest = JSON.parse(await loop.read(manifestUri(job))) as unknown;
    expect(manifest).toEqual([{ prefix: `s3://${bucket}/${prefix}` }, key.slice(prefix.length)]);
    const { Tags: tags } = await sagemaker.send(new ListTagsCommand({ ResourceArn: job.TrainingJobArn }));
    expect(tags).toEqual([
      { Key: "Environment", Value: "local" },
      { Key: "Owner", Value: "data-platform" },
    ]);
  });

  test("becomes no second one when its event comes twice more", async () => {
    const since = Date.now();
    const before = await jobs();
    await Promise.all([send(event), send(event)]);
    const known = await logged(since, "object already known", 2);
    expect(known).toHaveLength(2);
    await expect(jobs()).resolves.toEqual(before);
    expect(before.filter((job) => job.startsWith(`${jobName} `))).toHaveLength(1);
    await expect(logged(since, "training job started", 0)).resolves.toEqual([]);
  });

  test("does not wake the trigger outside the prefix", async () => {
    const since = Date.now();
    await loop.uploadAs("unlabelled/rows.csv", ROWS);
    expect(JSON.parse(await tap.next())).toMatchObject({ detail: { object: { key: "unlabelled/rows.csv" } } });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await expect(loop.log(since)).resolves.toEqual([]);
    await expect(waiting()).resolves.toBe(0);
  });
});

/** An event of EventBridge for a key, as somebody could send it who may write to the queue. */
const objectCreated = (key: string, bucketName = bucket): string =>
  JSON.stringify({
    version: "0",
    id: "4a1f29a1-62a1-4ab5-8b1c-f1d2f2a1c9d0",
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "000000000000",
    time: "2026-01-01T00:00:00Z",
    region: "us-east-1",
    resources: [`arn:aws:s3:::${bucketName}`],
    detail: {
      version: "0",
      bucket: { name: bucketName },
      object: { key, size: ROWS, etag: "d41d8cd98f00b204e9800998ecf8427e", sequencer: "0062E99A88DC407460" },
      "request-id": "N4N7GDK58NMKJ12R",
      requester: "000000000000",
      "source-ip-address": "127.0.0.1",
      reason: "PutObject",
    },
  });

/** The same as a notification of S3, whose keys are form-encoded. */
const notification = (key: string): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "us-east-1",
        eventTime: "2026-01-01T00:00:00.000Z",
        eventName: "ObjectCreated:Put",
        s3: {
          s3SchemaVersion: "1.0",
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: { key, size: ROWS, eTag: "d41d8cd98f00b204e9800998ecf8427e", sequencer: "0062E99A88DC407460" },
        },
      },
    ],
  });

interface Refused {
  readonly what: string;
  readonly body: string;
  readonly reason: string;
  readonly refused: Partial<DeadLetterMessage["refused"]>;
}

const record = (body: string): Refused["refused"] => ({ kind: "record", characters: body.length });
const object = (key: string, bucketName = bucket): Refused["refused"] => ({ kind: "object", bucket: bucketName, key });
const polluted = objectCreated(`${prefix}a.csv`).replace('"detail":{', '"detail":{"__proto__":{"admin":true},');

const REFUSED: readonly Refused[] = [
  { what: "no JSON", body: "labelled/a.csv", reason: "not-json", refused: record("labelled/a.csv") },
  { what: "no event", body: '{"Records":"all"}', reason: "unknown-event", refused: record('{"Records":"all"}') },
  { what: "a polluted prototype", body: polluted, reason: "forbidden-key", refused: record(polluted) },
  {
    what: "a key outside the prefix",
    body: objectCreated("secrets/a.csv"),
    reason: "outside-prefix",
    refused: object("secrets/a.csv"),
  },
  {
    what: "another bucket",
    body: objectCreated(`${prefix}a.csv`, "somebody-elses"),
    reason: "foreign-bucket",
    refused: object(`${prefix}a.csv`, "somebody-elses"),
  },
  {
    what: "a path that climbs",
    body: objectCreated(`${prefix}../secrets/a.csv`),
    reason: "unsafe-key",
    refused: object(`${prefix}../secrets/a.csv`),
  },
  {
    what: "a key that cannot be decoded",
    body: notification(`${prefix}%E0%A4%A.csv`),
    reason: "undecodable-key",
    refused: { kind: "record" },
  },
  {
    what: "an object without a size",
    body: objectCreated(`${prefix}a.csv`).replace(`"size":${ROWS},`, ""),
    reason: "schema-violation",
    refused: { kind: "record" },
  },
];

test("what is malformed or hostile lies in the dead-letter queue with its reason, once, and starts nothing", async () => {
  const before = await jobs();
  await deadLetters.take(0);
  for (const { body } of REFUSED) await send(body);
  const messages = await deadLetters.take(REFUSED.length);
  const seen = messages.map(({ handler, reason, attempt, refused }) => ({ handler, reason, attempt, refused }));
  expect(seen).toHaveLength(REFUSED.length);
  expect(seen).toEqual(
    expect.arrayContaining(
      REFUSED.map(({ reason, refused }) => ({
        handler: "retraining-trigger",
        reason,
        attempt: 1,
        refused: expect.objectContaining(refused) as unknown,
      })),
    ),
  );
  await expect(deadLetters.take(0)).resolves.toEqual([]);
  await expect(waiting()).resolves.toBe(0);
  await expect(jobs()).resolves.toEqual(before);
});

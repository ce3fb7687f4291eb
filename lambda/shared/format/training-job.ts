/**
 * The settings of a training job: one JSON variable, its schema, and what a schema cannot say.
 * Ranges: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
import type { BrokenRule } from "./environment";
import { overlaps, parseS3Uri } from "./object-key";
import type { S3Place } from "./object-key";

/** What every job of a trigger has in common. */
export interface TrainingJobSettings {
  /** URI of the training image. */
  readonly imageUri: string;
  /** ARN of the role that the job runs as; passed, never assumed. */
  readonly roleArn: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  /** Size of the volume of each instance. */
  readonly volumeGiB: number;
  /** ARN of the key of the volumes; without it SageMaker's own. */
  readonly volumeKeyArn?: string;
  readonly maximumRuntimeSeconds: number;
  /** Managed spot capacity. `maximumWaitSeconds` includes the run; each job checkpoints to `<checkpointUri>/<job name>`. */
  readonly spot?: { readonly maximumWaitSeconds: number; readonly checkpointUri: string };
  /** Name of the channel below `/opt/ml/input/data/`. */
  readonly channelName: string;
  readonly inputMode: "File" | "FastFile" | "Pipe";
  readonly contentType?: string;
  /** `s3://bucket/prefix` of the models; a job writes to `<outputUri>/<job name>/output/`. */
  readonly outputUri: string;
  readonly outputKeyArn?: string;
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  /** The container gets no network at all, its data is brought to it. */
  readonly networkIsolation: boolean;
  readonly hyperParameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the construct uses where its user says nothing. */
export const trainingJobDefaults = {
  instanceType: "ml.m5.large",
  instanceCount: 1,
  volumeGiB: 20,
  maximumRuntimeSeconds: 3600,
  channelName: "training",
  inputMode: "File",
  networkIsolation: true,
} as const satisfies Partial<TrainingJobSettings>;

const keyArn = { type: "string", pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+$" } as const;
const s3Uri = { type: "string", maxLength: 1024, pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$" } as const;
const seconds = { type: "integer", minimum: 1, maximum: 2_592_000 } as const;
const ids = (pattern: string, maxItems: number) =>
  ({ type: "array", minItems: 1, maxItems, items: { type: "string", pattern } }) as const;
const texts = (maxProperties: number, keyLength: number, valueLength: number) =>
  ({
    type: "object",
    maxProperties,
    propertyNames: { type: "string", minLength: 1, maxLength: keyLength },
    additionalProperties: { type: "string", maxLength: valueLength },
  }) as const;

/** JSON Schema of `TrainingJobSettings`. */
export const trainingJobSchema = {
  type: "object",
  additionalProperties: false,
  required: [
    "imageUri",
    "roleArn",
    "instanceType",
    "instanceCount",
    "volumeGiB",
    "maximumRuntimeSeconds",
    "channelName",
    "inputMode",
    "outputUri",
    "networkIsolation",
  ],
  properties: {
    imageUri: { type: "string", minLength: 1, maxLength: 255, pattern: "^\\S+$" },
    roleArn: { type: "string", maxLength: 2048, pattern: "^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$" },
    instanceType: { type: "string", pattern: "^ml\\.[a-z0-9-]+\\.[a-z0-9-]+$" },
    instanceCount: { type: "integer", minimum: 1, maximum: 100 },
    volumeGiB: { type: "integer", minimum: 1, maximum: 16_384 },
    volumeKeyArn: keyArn,
    maximumRuntimeSeconds: seconds,
    spot: {
      type: "object",
      additionalProperties: false,
      required: ["maximumWaitSeconds", "checkpointUri"],
      properties: { maximumWaitSeconds: seconds, checkpointUri: s3Uri },
    },
    channelName: { type: "string", minLength: 1, maxLength: 64, pattern: "^[A-Za-z0-9._-]+$" },
    inputMode: { type: "string", enum: ["File", "FastFile", "Pipe"] },
    contentType: { type: "string", minLength: 1, maxLength: 256 },
    outputUri: s3Uri,
    outputKeyArn: keyArn,
    vpc: {
      type: "object",
      additionalProperties: false,
      required: ["subnetIds", "securityGroupIds"],
      properties: { subnetIds: ids("^subnet-[0-9a-z-]+$", 16), securityGroupIds: ids("^sg-[0-9a-z-]+$", 5) },
    },
    networkIsolation: { type: "boolean" },
    hyperParameters: texts(100, 256, 2500),
    tags: texts(50, 128, 256),
  },
} as const;

/** Where the trigger and its jobs write: manifests, models, checkpoints. */
export function writtenPlaces(manifests: S3Place, job: TrainingJobSettings): readonly S3Place[] {
  const uris = [job.outputUri, ...(job.spot ? [job.spot.checkpointUri] : [])];
  return [manifests, ...uris.map(parseS3Uri).filter((place) => place !== undefined)];
}

/** What is wrong between values that are each right. Construct and handler both refuse such settings. */
export function trainingJobProblems(job: TrainingJobSettings): readonly BrokenRule[] {
  if (job.spot === undefined || job.spot.maximumWaitSeconds >= job.maximumRuntimeSeconds) return [];
  const rule = `at least maximumRuntimeSeconds (${job.maximumRuntimeSeconds})`;
  return [{ path: "spot.maximumWaitSeconds", rule, value: job.spot.maximumWaitSeconds }];
}

/**
 * Places where the trigger would see its own output as new data. The construct refuses them; the handler refuses each
 * object that lies there.
 */
export function selfTriggerProblems(
  watched: S3Place,
  manifests: S3Place,
  job: TrainingJobSettings,
): readonly BrokenRule[] {
  const rule = `apart from the watched s3://${watched.bucket}/${watched.prefix}`;
  return writtenPlaces(manifests, job)
    .filter((place) => overlaps(watched, place))
    .map(({ bucket, prefix }) => ({
      path: "manifests, models and checkpoints",
      rule,
      value: `s3://${bucket}/${prefix}`,
    }));
}

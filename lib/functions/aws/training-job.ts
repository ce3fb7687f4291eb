import { trainingJobDefaults, type TrainingJobSettings } from "../../../lambda/shared/format/training-job";
import type { TrainingSettings } from "../../machine-learning/training";
import type { AwsBucketRef } from "../../storage/references";
import type { ArtifactPrefixes } from "../retraining";

/** What belongs to a job besides its settings. */
interface TrainingJobPlace {
  readonly roleArn: string;
  readonly artifacts: AwsBucketRef;
  readonly prefixes: Required<ArtifactPrefixes>;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** The settings of a training job in the handler's words. */
export const trainingJob = (
  settings: TrainingSettings,
  { roleArn, artifacts, prefixes, tags }: TrainingJobPlace,
): TrainingJobSettings => ({
  imageUri: settings.image,
  roleArn,
  instanceType: settings.instanceType ?? trainingJobDefaults.instanceType,
  instanceCount: settings.instanceCount ?? trainingJobDefaults.instanceCount,
  volumeGiB: settings.volumeGiB ?? trainingJobDefaults.volumeGiB,
  maximumRuntimeSeconds: settings.maximumRuntimeSeconds ?? trainingJobDefaults.maximumRuntimeSeconds,
  ...(settings.spot && {
    spot: {
      maximumWaitSeconds: settings.spot.maximumWaitSeconds,
      checkpointUri: uriOf(artifacts, prefixes.checkpoints),
    },
  }),
  channelName: settings.channel ?? trainingJobDefaults.channelName,
  inputMode: settings.inputMode ?? trainingJobDefaults.inputMode,
  contentType: settings.contentType,
  outputUri: uriOf(artifacts, prefixes.models),
  // without it SageMaker encrypts with the account's own key for S3, whatever the bucket says
  outputKeyArn: artifacts.keyArn,
  vpc: settings.network,
  networkIsolation: settings.isolated ?? trainingJobDefaults.networkIsolation,
  hyperParameters: settings.hyperParameters,
  tags,
});

/** A folder as SageMaker takes it: it adds a slash and the job's name. */
const uriOf = ({ bucketName }: AwsBucketRef, prefix: string): string =>
  `s3://${bucketName}/${prefix.replace(/\/$/, "")}`;

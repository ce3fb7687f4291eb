import type { RetrainingTriggerEnvironment } from "../../../lambda/retraining-trigger/contract";
import type { TrainingJobSettings } from "../../../lambda/shared/format/training-job";

/** Settings of a small job, each value distinct. */
export const trainingJob: TrainingJobSettings = {
  imageUri: "111122223333.dkr.ecr.us-west-2.amazonaws.com/trainer:1.2",
  roleArn: "arn:aws:iam::111122223333:role/training",
  instanceType: "ml.m5.large",
  instanceCount: 1,
  volumeGiB: 20,
  maximumRuntimeSeconds: 3600,
  channelName: "training",
  inputMode: "File",
  outputUri: "s3://acme-labels/models",
  networkIsolation: true,
};

/** A trigger on `s3://acme-labels/raw/labelled/*.csv`. */
export const environment: RetrainingTriggerEnvironment = {
  SOURCE_BUCKET: "acme-labels",
  SOURCE_PREFIX: "raw/labelled/",
  SOURCE_SUFFIX: ".csv",
  STATE_TABLE: "state",
  MANIFEST_BUCKET: "acme-labels",
  MANIFEST_PREFIX: "manifests/",
  DEAD_LETTER_QUEUE_URL: "https://sqs.us-west-2.amazonaws.com/111122223333/dead-letters",
  JOB_NAME_PREFIX: "retrain",
  MINIMUM_BYTES: 1_048_576,
  MAXIMUM_WAIT_MINUTES: 60,
  COOL_DOWN_MINUTES: 15,
  MAXIMUM_CONCURRENT_JOBS: 1,
  DRY_RUN: false,
  TRAINING_JOB: trainingJob,
};

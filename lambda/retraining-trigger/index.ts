/** The composition root: environment → clients → adapters → handler. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { trainingJobProblems } from "../shared/format/training-job";
import { createLog } from "../shared/logger";
import { createCounts } from "../shared/metrics";
import { parseEnvironment } from "../shared/parse-environment";
import { clientSettings } from "../shared/sdk-client";
import { DeadLetterQueue } from "../shared/dead-letter-queue";
import { S3Manifests } from "./adapters/manifest-store";
import { StateTable } from "./adapters/state-table";
import { SageMakerJobs } from "./adapters/training-jobs";
import {
  handlerName,
  metrics,
  statePartitions,
  variables,
  type RetrainingTriggerEvent,
  type RetrainingTriggerResult,
} from "./contract";
import { policyOf } from "./core";
import { makeHandler } from "./handler";
import { validators } from "./validators";

const environment = parseEnvironment(handlerName, variables, process.env, {
  TRAINING_JOB: { schema: validators.trainingJob, rules: trainingJobProblems },
});
const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? handlerName;
const table = new DynamoDBClient(clientSettings);

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
export const handler: (event: RetrainingTriggerEvent, context: Context) => Promise<RetrainingTriggerResult> =
  makeHandler({
    policy: policyOf(environment),
    validators,
    state: new StateTable(table, environment.STATE_TABLE, statePartitions(environment)),
    jobs: new SageMakerJobs(new SageMakerClient(clientSettings), environment.JOB_NAME_PREFIX, environment.TRAINING_JOB),
    manifests: new S3Manifests(new S3Client(clientSettings), environment.MANIFEST_BUCKET),
    deadLetters: new DeadLetterQueue(new SQSClient(clientSettings), environment.DEAD_LETTER_QUEUE_URL),
    log: createLog(handlerName),
    counts: createCounts(metrics.namespace, functionName),
    now: Date.now,
  });

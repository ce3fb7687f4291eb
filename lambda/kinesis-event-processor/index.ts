/** The composition root: environment → clients → adapters → handler. */
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Context } from "aws-lambda";
import { DeadLetterQueue } from "../shared/dead-letter-queue";
import { KinesisProducer, putRecordsLimits } from "../shared/kinesis-producer";
import { createLog } from "../shared/logger";
import { createCounts } from "../shared/metrics";
import { parseEnvironment } from "../shared/parse-environment";
import { clientSettings } from "../shared/sdk-client";
import { RawCopies } from "./adapters/raw-copies";
import {
  handlerName,
  metrics,
  variables,
  type KinesisEventProcessorEvent,
  type KinesisEventProcessorResult,
} from "./contract";
import { policyOf } from "./core";
import { makeHandler } from "./handler";
import { validators } from "./validators";

const environment = parseEnvironment(handlerName, variables, process.env, {
  REQUIRED_FIELDS: { schema: validators.requiredFields },
});
// the client's own handler speaks HTTP/2, whose connections a frozen function loses without a word
const requestHandler = new NodeHttpHandler(clientSettings.requestHandler);
const kinesis = new KinesisClient({ ...clientSettings, requestHandler });

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html */
export const handler: (event: KinesisEventProcessorEvent, context: Context) => Promise<KinesisEventProcessorResult> =
  makeHandler({
    policy: policyOf(environment, putRecordsLimits.entryBytes),
    output: new KinesisProducer(kinesis, environment.OUTPUT_STREAM),
    raw: new RawCopies(new S3Client(clientSettings), environment.RAW_BUCKET),
    deadLetters: new DeadLetterQueue(new SQSClient(clientSettings), environment.DEAD_LETTER_QUEUE_URL),
    log: createLog(handlerName),
    counts: createCounts(metrics.namespace, process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? handlerName),
    now: Date.now,
  });

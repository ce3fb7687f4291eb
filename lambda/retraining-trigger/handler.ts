/** Event in, response out. The answer depends on the source: per message to a queue, one error to everything else. */
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { Deadline } from "../shared/deadline";
import { DeadlineError, summarizeError } from "../shared/errors";
import { noticesOfEvent, noticesOfText, type Notice } from "../shared/s3-events";
import { processMessages } from "../shared/sqs-batch";
import { isObject } from "../shared/strict-json";
import { metrics, type RetrainingTriggerResult } from "./contract";
import { isTick } from "./core";
import type { Invocation, TriggerDependencies } from "./ports";
import { take, type Attempt } from "./recording";
import { startIfDue } from "./starting";

/** Asks an asynchronous source to deliver the event again. The reasons are in the log lines before. */
export class DeliveryError extends Error {
  public override readonly name = "DeliveryError";
}

/** The function. It throws where the source delivers a whole event again, and only then; never because of a record. */
export function makeHandler(
  dependencies: TriggerDependencies,
): (event: unknown, context: Context) => Promise<RetrainingTriggerResult> {
  return async (event, context) => {
    dependencies.log.begin(context);
    const deadline = new Deadline(() => context.getRemainingTimeInMillis());
    const invocation = { requestId: context.awsRequestId, deadline };
    try {
      if (isQueueEvent(event)) return await answerQueue(event, invocation, dependencies);
      await answerEvent(event, invocation, dependencies);
      return undefined;
    } finally {
      dependencies.counts.publish();
    }
  };
}

const isQueueEvent = (event: unknown): event is SQSEvent =>
  isObject(event) &&
  Array.isArray(event["Records"]) &&
  event["Records"].length > 0 &&
  event["Records"].every((record: unknown) => isObject(record) && record["eventSource"] === "aws:sqs");

/** Where no job could be started, the messages whose objects count come again: nobody else would ask in their place. */
async function answerQueue(
  event: SQSEvent,
  invocation: Invocation,
  dependencies: TriggerDependencies,
): Promise<SQSBatchResponse> {
  const counting = new Set<string>();
  const { batchItemFailures } = await processMessages(event, async ({ messageId, body, attributes }) => {
    const attempt = Number(attributes.ApproximateReceiveCount);
    const taken = await takeAll(noticesOfText(body, dependencies.validators), attempt, invocation, dependencies);
    if (taken.counting > 0) counting.add(messageId);
    if (taken.failed > 0) throw new DeliveryError(`${taken.failed} records of the message failed`);
  });
  if (counting.size === 0 || (await started(invocation, dependencies))) return { batchItemFailures };
  const failed = new Set([...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), ...counting]);
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

/** A tick, or events of S3 without a queue before them: they are delivered again as a whole. */
async function answerEvent(event: unknown, invocation: Invocation, dependencies: TriggerDependencies): Promise<void> {
  const tick = isTick(event);
  const notices = tick ? [] : noticesOfEvent(event, dependencies.validators);
  const { counting, failed } = await takeAll(notices, 1, invocation, dependencies);
  const done = (!tick && counting === 0) || (await started(invocation, dependencies));
  if (failed > 0) throw new DeliveryError(`${failed} of ${notices.length} records failed and have to come again`);
  if (!done) throw new DeliveryError("the training job could not be started and the event has to come again");
}

/** Takes in every notice, whatever becomes of the others. */
async function takeAll(
  notices: readonly Notice[],
  attempt: Attempt,
  invocation: Invocation,
  dependencies: TriggerDependencies,
): Promise<{ readonly counting: number; readonly failed: number }> {
  const { deadline } = invocation;
  let [counting, failed] = [0, 0];
  for (const notice of notices) {
    const work = (): Promise<boolean> => deadline.measure(() => take(notice, attempt, invocation, dependencies));
    const outcome = await settled(deadline.passed ? refuseLate : work, "record failed", dependencies);
    if (outcome === undefined) failed += 1;
    else if (outcome) counting += 1;
  }
  return { counting, failed };
}

const refuseLate = (): Promise<never> => Promise.reject(new DeadlineError());

async function started(invocation: Invocation, dependencies: TriggerDependencies): Promise<boolean> {
  const work = async (): Promise<true> => {
    if (invocation.deadline.passed) throw new DeadlineError();
    await startIfDue(invocation, dependencies);
    return true;
  };
  return (await settled(work, "start failed", dependencies)) === true;
}

/** The result of the work, or nothing where it failed; failures are logged and counted here and nowhere else. */
async function settled<T>(
  work: () => Promise<T>,
  message: string,
  { log, counts }: TriggerDependencies,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    counts.add(metrics.names.failures);
    log.error(message, { ...summarizeError(error) });
    return undefined;
  }
}

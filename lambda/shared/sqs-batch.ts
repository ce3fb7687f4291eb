import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";

/**
 * Handles the messages of a batch one after the other. A message whose handling throws is named in the answer and comes
 * again, alone; the others are done with. Nothing is thrown, not even when every message fails.
 */
export async function processMessages(
  event: SQSEvent,
  handle: (message: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const processor = new BatchProcessor(EventType.SQS);
  return processPartialResponse(event, handle, processor, {
    throwOnFullBatchFailure: false,
    processInParallel: false,
  });
}

import { createHash } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DeadLetterQueue } from "../../../lambda/shared/dead-letter-queue";
import { renderDeadLetter, type DeadLetterMessage } from "../../../lambda/shared/format/dead-letter";
import { json, jsonError, type Received, type Responder } from "../support/loopback";
import { against, errorOf, expectDone } from "../support/service";

const message: DeadLetterMessage = {
  version: 1,
  handler: "retraining-trigger",
  reason: "foreign-bucket",
  detail: "the bucket must be acme-labels",
  requestId: "request-1",
  attempt: 1,
  rejectedAt: "2026-03-02T10:00:00.000Z",
  refused: { kind: "object", bucket: "other", key: "ü\u0007\u{10ffff}\ufffe.csv" },
};
const sending = (respond: Responder) =>
  against(respond, async (settings) => {
    const queueUrl = `${settings.endpoint}/111122223333/dead-letters`;
    await new DeadLetterQueue(new SQSClient(settings), queueUrl).send(message);
  });

/** The queue answers with the checksum of what it got; the SDK compares it. */
const accepted: Responder = ({ body }: Received) => {
  const { MessageBody } = JSON.parse(body) as { readonly MessageBody: string };
  return json({ MessageId: "1", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") });
};

test("the message is one JSON document to the configured queue", async () => {
  const run = await sending(accepted);
  expectDone(run);
  expect(run.server.requests[0]?.headers["x-amz-target"]).toBe("AmazonSQS.SendMessage");
  expect(run.server.inputs).toEqual([
    {
      QueueUrl: expect.stringMatching(/\/111122223333\/dead-letters$/) as string,
      MessageBody: renderDeadLetter(message),
    },
  ]);
});

test.each([
  ["RequestThrottled", 400, 3],
  ["InternalError", 500, 3],
  ["QueueDoesNotExist", 400, 1],
  ["AccessDenied", 403, 1],
])("%s (%d) is an error after %d tries", async (name, status, calls) => {
  const run = await sending(() => jsonError(name, status));
  expect([errorOf(run), run.server.requests.length]).toEqual([name, calls]);
});

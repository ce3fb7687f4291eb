import { CopyObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { S3ObjectCreatedNotificationEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";

const s3 = new S3Client();

/** Copies each new object to where the clean ones are; what fails is delivered again. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(event.Records.map(({ body }) => copy(body)));
  const failed = event.Records.filter((_, index) => results[index]?.status === "rejected");
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function copy(body: string): Promise<void> {
  const { bucket, object } = (JSON.parse(body) as S3ObjectCreatedNotificationEvent).detail;
  const source = `${bucket.name}/${encodeURIComponent(object.key)}`;
  const key = object.key.replace(/^in\//, "out/");
  await s3.send(new CopyObjectCommand({ Bucket: process.env["OUTPUT"], Key: key, CopySource: source }));
}

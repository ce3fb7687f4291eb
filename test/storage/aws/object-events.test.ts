import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { App, TerraformStack } from "cdktf";
import { AwsBucket, type IAwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { directProblems } from "../../../lib/storage/aws/object-events";
import { Delivery, type ObjectFilter } from "../../../lib/storage/delivery";
import { synthApp } from "../../../lib/testing/synth";
import { messageOf } from "../../support/messages";
import { AWS } from "../clouds/aws";
import { stackOn, templateOn } from "../clouds/cloud";

const onStack = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AWS, app))));

/** Has the bucket tell a queue itself, as the consumer of a direct delivery does. */
function tell(stack: TerraformStack, bucket: IAwsBucket, id: string, filter: ObjectFilter = {}): void {
  const queueArn = `arn:aws:sqs:eu-west-1:111122223333:${id}`;
  const policy = new SqsQueuePolicy(stack, `${id}-policy`, { queueUrl: `https://sqs/${id}`, policy: "{}" });
  bucket.objectsCreated({ ...filter, delivery: Delivery.DIRECT }).notify?.({ ...filter, id, queueArn, policy });
}

const referred = (stack: TerraformStack, eventBridge: boolean): IAwsBucket =>
  AwsBucket.fromBucketAttributes(stack, "old", {
    bucketName: "acme-legacy",
    encryption: BucketEncryption.s3Managed(),
    eventBridge,
  });

describe("news of objects", () => {
  test("goes to EventBridge always", () => {
    const template = templateOn(AWS, (stack) => new AwsBucket(stack, "pos"));
    expect(template.only(S3BucketNotification).attributes).toEqual({
      bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}",
      eventbridge: true,
    });
  });

  test("is a descriptor that the consumer renders", () => {
    synthApp((app) => {
      const bucket = new AwsBucket(stackOn(AWS, app), "pos");
      expect(bucket.objectsCreated({ prefix: "raw/", suffix: ".csv" })).toEqual({
        bucket,
        delivery: "event-bridge",
        prefix: "raw/",
        suffix: ".csv",
      });
    });
  });

  test("is told to queues directly when asked, in one notification that waits for their policies", () => {
    const template = templateOn(AWS, (stack) => {
      const bucket = new AwsBucket(stack, "pos");
      tell(stack, bucket, "raw", { prefix: "raw/" });
      tell(stack, bucket, "csv", { prefix: "in/", suffix: ".csv" });
    });
    const notification = template.only(S3BucketNotification);
    expect(notification.get("queue")).toEqual([
      {
        events: ["s3:ObjectCreated:*"],
        filter_prefix: "raw/",
        id: "raw",
        queue_arn: "arn:aws:sqs:eu-west-1:111122223333:raw",
      },
      {
        events: ["s3:ObjectCreated:*"],
        filter_prefix: "in/",
        filter_suffix: ".csv",
        id: "csv",
        queue_arn: "arn:aws:sqs:eu-west-1:111122223333:csv",
      },
    ]);
    expect(notification.get("depends_on")).toEqual([
      "aws_sqs_queue_policy.raw-policy",
      "aws_sqs_queue_policy.csv-policy",
    ]);
  });

  test("of the same objects goes to one queue directly", () => {
    const message = onStack((stack) => {
      const bucket = new AwsBucket(stack, "pos");
      tell(stack, bucket, "one", { prefix: "raw/" });
      tell(stack, bucket, "two", { prefix: "raw/" });
    });
    expect(message).toBe(
      'lake/pos has 1 problem\n  objectsCreated must be told to one queue for each prefix and suffix, unless delivery is EVENT_BRIDGE, got "raw/*"',
    );
  });

  test("does not go directly into another stack", () => {
    synthApp((app: App) => {
      const bucket = new AwsBucket(stackOn(AWS, app), "pos");
      const consumer = stackOn(AWS, app, "use");
      const direct = bucket.objectsCreated({ delivery: Delivery.DIRECT });
      expect(directProblems(consumer, direct)).toEqual([
        'delivery must be EVENT_BRIDGE, because lake/pos stands in another stack, got "direct"',
      ]);
      expect(directProblems(bucket, direct)).toEqual([]);
      expect(directProblems(consumer, bucket.objectsCreated())).toEqual([]);
    });
  });

  test("of a bucket that is referred to needs its EventBridge", () => {
    expect(onStack((stack) => void referred(stack, false).objectsCreated())).toBe(
      "lake/old has 1 problem\n  eventBridge must be true for objectsCreated: switch EventBridge on in the notification of the bucket and say so here, got false",
    );
    expect(onStack((stack) => void referred(stack, true).objectsCreated({ delivery: Delivery.DIRECT }))).toBe(
      'lake/old has 1 problem\n  delivery must be EVENT_BRIDGE for a bucket that is only referred to, got "direct"',
    );
  });

  test("below a wrong prefix is refused", () => {
    expect(onStack((stack) => new AwsBucket(stack, "pos").objectsCreated({ prefix: "/raw" }))).toBe(
      'lake/pos has 1 problem\n  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
    );
  });

  test("has one of two ways", () => {
    const build = (stack: TerraformStack): void => {
      new AwsBucket(stack, "pos").objectsCreated({ delivery: "sns" as never });
    };
    expect(onStack(build)).toBe(
      'lake/pos has 1 problem\n  delivery must be one of "event-bridge", "direct", got "sns"',
    );
  });
});

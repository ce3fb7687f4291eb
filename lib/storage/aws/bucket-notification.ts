import { S3BucketNotification, type S3BucketNotificationQueue } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import { problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { waitFor } from "../../core/grant";
import { placed } from "../../core/placement";
import type { NotifiedQueue } from "../references";

/** The one notification of a bucket: EventBridge always, and the queues that the bucket tells itself. */
export class OwnedBucketNotification {
  public readonly resource: S3BucketNotification;
  private readonly queues = new Map<string, S3BucketNotificationQueue>();

  public constructor(
    private readonly bucket: Construct,
    bucketName: string,
  ) {
    claim(bucket, S3BucketNotification.tfResourceType, bucket.node.path);
    this.resource = new S3BucketNotification(
      bucket,
      "Notification",
      placed(bucket, { bucket: bucketName, eventbridge: true }),
    );
  }

  /** @throws ConstructValidationError when another queue is told of the same objects, which S3 refuses */
  public addQueue({ id, queueArn, policy, prefix, suffix }: NotifiedQueue): void {
    const objects = `${prefix ?? ""}*${suffix ?? ""}`;
    if (this.queues.has(objects))
      throw new ConstructValidationError(this.bucket.node.path, [
        problem(
          "objectsCreated",
          "told to one queue for each prefix and suffix, unless delivery is EVENT_BRIDGE",
          objects,
        ),
      ]);
    this.queues.set(objects, {
      id,
      queueArn,
      events: ["s3:ObjectCreated:*"],
      filterPrefix: prefix,
      filterSuffix: suffix,
    });
    this.resource.putQueue([...this.queues.values()]);
    waitFor(this.resource, policy);
  }
}

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsBucket, type AwsBucketProps } from "../../../lib/storage/aws/bucket";
import { RetentionMode } from "../../../lib/storage/retention";
import type { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { AWS } from "../clouds/aws";
import { DEV, templateOn } from "../clouds/cloud";

const locked = (props: Partial<AwsBucketProps> = {}, environment?: typeof DEV): Template =>
  templateOn(
    AWS,
    (stack) => new AwsBucket(stack, "pos", { retention: { minimumDays: 30 }, ...props }),
    ...(environment ? [environment] : []),
  );

describe("the lock of a bucket", () => {
  test("is there from its first object on, once it has versions", () => {
    const template = locked();
    expect(template.only(S3Bucket).get("object_lock_enabled")).toBe(true);
    const lock = template.only(S3BucketObjectLockConfigurationA);
    expect(lock.get("rule")).toEqual({ default_retention: { days: 30, mode: "GOVERNANCE" } });
    expect(lock.get("depends_on")).toEqual(["aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6"]);
  });

  test("is put on a bucket that exists too, instead of making another one", () => {
    expect(locked().only(S3Bucket).get("lifecycle")).toEqual({
      ignore_changes: ["object_lock_enabled"],
      prevent_destroy: true,
    });
    expect(locked({ dataRemoval: DataRemoval.DESTROY }, DEV).only(S3Bucket).get("lifecycle")).toEqual({
      ignore_changes: ["object_lock_enabled"],
    });
  });

  test("is not there unless it is asked for", () => {
    const template = templateOn(AWS, (stack) => new AwsBucket(stack, "pos"));
    expect(template.all(S3BucketObjectLockConfigurationA)).toEqual([]);
    expect(template.only(S3Bucket).has("object_lock_enabled")).toBe(false);
  });

  test("fails with everything that contradicts it, at once", () => {
    const message = messageOf(() =>
      locked(
        { retention: { minimumDays: 400, mode: RetentionMode.COMPLIANCE }, lifecycle: [{ expireAfterDays: 365 }] },
        DEV,
      ),
    );
    expect(message).toBe(
      lines(
        "lake/pos has 2 problems",
        '  retention.mode must be GOVERNANCE where the environment "dev" allows the removal of data, because nobody can remove what COMPLIANCE keeps, got "compliance"',
        "  lifecycle[0].expireAfterDays must be at least the 400 days of retention.minimumDays, got 365",
      ),
    );
  });
});

import { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { InventoryFormat, InventoryFrequency } from "../../../lib/storage/aws/inventory";
import type { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";
import { AWS } from "../clouds/aws";
import { templateOn } from "../clouds/cloud";

const on = (build: (stack: TerraformStack) => unknown): Template => templateOn(AWS, build);

describe("an inventory", () => {
  test("lists every version once a week, and its destination admits it", () => {
    const template = on((stack) => {
      const destination = new AwsBucket(stack, "lists");
      new AwsBucket(stack, "pos", { bucketName: "acme-pos", inventory: { destination } });
    });
    const inventory = template.only(S3BucketInventory);
    expect(inventory.get("included_object_versions")).toBe("All");
    expect(inventory.get("schedule")).toEqual({ frequency: "Weekly" });
    expect(inventory.has("filter")).toBe(false);
    expect(inventory.get("depends_on")).toEqual(["aws_s3_bucket_policy.lists_Policy_03BA1C36"]);
    expect(inventory.get("destination")).toEqual({
      bucket: {
        account_id: "111122223333",
        bucket_arn: "${aws_s3_bucket.lists_F04B627F.arn}",
        encryption: { sse_s3: {} },
        format: "Parquet",
        prefix: "inventory",
      },
    });
    expect(statementsOf(template.only(S3BucketPolicy, { path: "lists" }).get("policy"))[2]).toEqual({
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "${aws_s3_bucket.lists_F04B627F.arn}/inventory/*",
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-pos" },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    });
  });

  test("is as often, in the format and of the part that is said, under the key of its destination", () => {
    const template = on((stack) => {
      const key = new AwsKey(stack, "key");
      const destination = new AwsBucket(stack, "lists", { encryption: BucketEncryption.key(key) });
      const often = { frequency: InventoryFrequency.DAILY, format: InventoryFormat.CSV, prefix: "raw/" };
      new AwsBucket(stack, "pos", { inventory: { destination, ...often } });
    });
    const inventory = template.only(S3BucketInventory);
    expect(inventory.get("schedule")).toEqual({ frequency: "Daily" });
    expect(inventory.get("filter")).toEqual({ prefix: "raw/" });
    expect(inventory.get("destination.bucket.format")).toBe("CSV");
    expect(inventory.get("destination.bucket.encryption")).toEqual({
      sse_kms: { key_id: "${aws_kms_key.key_FEDD6EC0.arn}" },
    });
  });

  test("fails with everything that is wrong with it", () => {
    const message = messageOf(() =>
      on((stack) => {
        const inventory = { destination: "lists", frequency: "hourly", format: "json", prefix: "/raw" };
        new AwsBucket(stack, "pos", { inventory: inventory as never });
      }),
    );
    expect(message).toBe(
      lines(
        "lake/pos has 4 problems",
        '  inventory.destination must be a bucket of S3, own or referred to, got "lists"',
        '  inventory.frequency must be one of "daily", "weekly", got "hourly"',
        '  inventory.format must be one of "parquet", "orc", "csv", got "json"',
        '  inventory.prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
      ),
    );
  });

  test("fails into another region", () => {
    const message = messageOf(() =>
      on((stack) => {
        const destination = new AwsBucket(stack, "lists", { region: "us-west-2" });
        new AwsBucket(stack, "pos", { inventory: { destination } });
      }),
    );
    expect(message).toBe(
      'lake/pos has 1 problem\n  inventory.destination must be a bucket of region eu-west-1, as this one is, got "us-west-2"',
    );
  });
});

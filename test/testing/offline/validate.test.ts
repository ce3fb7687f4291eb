import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TerraformStack } from "cdktf";
import { describe as said } from "../../../lib/testing/offline/runner/diagnostics";
import { OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

async function diagnosticsOf(build: (stack: TerraformStack) => void): Promise<readonly string[]> {
  const terraform = await OfflineTerraform.open(smallStack(build));
  try {
    return (await terraform.validate()).map(said);
  } finally {
    terraform.close();
  }
}

const bucket = (stack: TerraformStack): S3Bucket => new S3Bucket(stack, "pos", { bucket: "acme-pos" });

const rules = (stack: TerraformStack, rule: object): S3BucketLifecycleConfiguration => {
  const lifecycle = new S3BucketLifecycleConfiguration(stack, "rules", { bucket: bucket(stack).id });
  lifecycle.addOverride("rule", [rule]);
  return lifecycle;
};

describeWithTerraform("Terraform with stand-ins of the providers", () => {
  test("a stack as it should be", async () => {
    await expect(
      diagnosticsOf((stack) => rules(stack, { id: "x", status: "Enabled", expiration: [{ days: 1 }] })),
    ).resolves.toEqual([]);
  });

  test.each<[string, (stack: TerraformStack) => void, string]>([
    [
      "a wrong argument",
      (stack) => {
        bucket(stack).addOverride("buket", "acme");
      },
      'Extraneous JSON object property [aws_s3_bucket.pos, small/pos]: No argument or block type is named "buket".',
    ],
    [
      "a missing required argument",
      (stack) => {
        stack.addOverride("resource.aws_s3_bucket_versioning.pos", { versioning_configuration: { status: "Enabled" } });
      },
      'Missing required argument [aws_s3_bucket_versioning.pos]: The argument "bucket" is required, but no definition was found.',
    ],
    [
      "a missing required argument of a nested block",
      (stack) => {
        rules(stack, { status: "Enabled", id: "x", transition: [{ days: 30 }] });
      },
      'Missing required argument [aws_s3_bucket_lifecycle_configuration.rules.rule[0].transition[0], small/rules]: The argument "storage_class" is required, but no definition was found.',
    ],
    [
      "a wrong type",
      (stack) => {
        new SqsQueue(stack, "queue", { name: "q" }).addOverride("delay_seconds", "soon");
      },
      'Incorrect attribute value type [aws_sqs_queue.queue, small/queue]: Inappropriate value for attribute "delay_seconds": a number is required.',
    ],
    [
      "a wrong type in a nested block",
      (stack) => {
        rules(stack, { status: "Enabled", id: "x", expiration: [{ days: ["one"] }] });
      },
      'Incorrect attribute value type [aws_s3_bucket_lifecycle_configuration.rules.rule[0].expiration[0], small/rules]: Inappropriate value for attribute "days": number required.',
    ],
    [
      "an unknown reference",
      (stack) => {
        new SqsQueue(stack, "queue", { name: "${aws_s3_bucket.nowhere.id}" });
      },
      'Reference to undeclared resource [aws_sqs_queue.queue, small/queue]: A managed resource "aws_s3_bucket" "nowhere" has not been declared in the root module.',
    ],
    [
      "an unknown attribute of a reference",
      (stack) => {
        new SqsQueue(stack, "queue", { name: `\${${bucket(stack).fqn}.nmae}` });
      },
      'Unsupported attribute [aws_sqs_queue.queue, small/queue]: This object has no argument, nested block, or exported attribute named "nmae".',
    ],
    [
      "an unknown resource type",
      (stack) => {
        stack.addOverride("resource.aws_s3_bukcet.pos", { bucket: "acme" });
      },
      'Invalid resource type [resource]: The provider hashicorp/aws does not support resource type "aws_s3_bukcet". Did you mean "aws_s3_bucket"?',
    ],
  ])("%s is refused in Terraform's words", async (_, build, message) => {
    await expect(diagnosticsOf(build)).resolves.toEqual([message]);
  });

  test("a reference cycle is refused in Terraform's words", async () => {
    const [cycle, ...more] = await diagnosticsOf((stack) => {
      new SqsQueue(stack, "one", { name: "${aws_sqs_queue.other.name}" });
      new SqsQueue(stack, "other", { name: "${aws_sqs_queue.one.name}" });
    });
    // in no order of its own
    expect(cycle).toMatch(/^Cycle: aws_sqs_queue\.(one, aws_sqs_queue\.other|other, aws_sqs_queue\.one)$/);
    expect(more).toEqual([]);
  });
});

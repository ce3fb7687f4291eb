import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Lazy, TerraformOutput } from "cdktf";
import { synthApp } from "../../lib/testing/synth";
import { AWS } from "./clouds/aws";
import { stackOn } from "./clouds/cloud";
import { danglingReferences } from "./references";

test("references that lead nowhere are found: an attribute read late, a token that lost its form", () => {
  const app = synthApp((app) => {
    const bucket = new S3Bucket(stackOn(AWS, app), "pos", {});
    const use = stackOn(AWS, app, "use");
    new TerraformOutput(use, "late", { value: Lazy.stringValue({ produce: () => bucket.arn }) });
    new TerraformOutput(use, "lower", { value: bucket.arn.toLowerCase() });
  });
  expect(danglingReferences(app.stack("lake"))).toEqual([]);
  expect(danglingReferences(app.stack("use"))).toEqual([
    "aws_s3_bucket.pos",
    expect.stringMatching(/^tftoken\[token\.\d+\]$/i),
  ]);
});

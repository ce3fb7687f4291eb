import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import type { TerraformStack } from "cdktf";
import type { AwsMetric } from "../../../lib/monitoring/aws/metric";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { StorageTier } from "../../../lib/storage/tier";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { messageOf } from "../../support/messages";
import { AWS } from "../clouds/aws";
import { stackOn, templateOn } from "../clouds/cloud";

const on = (build: (bucket: AwsBucket, stack: TerraformStack) => unknown): Template =>
  templateOn(AWS, (stack) => build(new AwsBucket(stack, "pos", { bucketName: "acme-pos" }), stack));

describe("the metrics of a bucket", () => {
  test("are those that S3 publishes, with the dimensions that it publishes them under", () => {
    let found: readonly AwsMetric[] = [];
    on(({ metrics }) => {
      found = [
        metrics.clientErrors(),
        metrics.serverErrors(),
        metrics.requests({ prefix: "raw/" }),
        metrics.firstByteLatencyMs(),
        metrics.totalRequestLatencyMs(),
        metrics.sizeBytes(),
        metrics.sizeBytes(StorageTier.DEEP_ARCHIVE),
        metrics.objects(),
      ];
    });
    expect(
      found.map(({ namespace, metricName, statistic, dimensions: { FilterId, StorageType } }) => [
        namespace,
        metricName,
        statistic,
        FilterId ?? StorageType,
      ]),
    ).toEqual([
      ["AWS/S3", "4xxErrors", "Sum", "all"],
      ["AWS/S3", "5xxErrors", "Sum", "all"],
      ["AWS/S3", "AllRequests", "Sum", "raw"],
      ["AWS/S3", "FirstByteLatency", "p99", "all"],
      ["AWS/S3", "TotalRequestLatency", "p99", "all"],
      ["AWS/S3", "BucketSizeBytes", "Average", "StandardStorage"],
      ["AWS/S3", "BucketSizeBytes", "Average", "DeepArchiveStorage"],
      ["AWS/S3", "NumberOfObjects", "Average", "AllStorageTypes"],
    ]);
  });

  test("have S3 count requests where they are asked for, once, and nowhere else", () => {
    const template = on(({ metrics }) => {
      metrics.clientErrors();
      metrics.serverErrors();
      metrics.clientErrors({ prefix: "raw/" });
      expect([...metrics.requestFilters.keys()]).toEqual(["all", "raw"]);
    });
    expect(template.all(S3BucketMetric).map(({ attributes }) => attributes)).toEqual([
      { bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}", name: "all" },
      { bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}", filter: { prefix: "raw/" }, name: "raw" },
    ]);
    expect(on(({ metrics }) => metrics.objects()).all(S3BucketMetric)).toEqual([]);
  });

  test("alarm from another stack, where the bucket stays the one that counts", () => {
    const app = synthApp((app) => {
      const bucket = new AwsBucket(stackOn(AWS, app, "data"), "pos", { bucketName: "acme-pos" });
      bucket.metrics.clientErrors().alarm(stackOn(AWS, app), "refused", { above: 10, severity: "high" });
    });
    expect(Template.of(app.stack("data")).only(S3BucketMetric).get("name")).toBe("all");
    expect(Template.of(app.stack("lake")).only(CloudwatchMetricAlarm).get("dimensions.FilterId")).toBe("all");
  });

  test("fail on a tier and on a prefix that are none", () => {
    expect(messageOf(() => on(({ metrics }) => metrics.sizeBytes("glacial" as never)))).toBe(
      'lake/pos has 1 problem\n  tier must be one of "hot", "cool", "cold", "archive", "deep-archive", got "glacial"',
    );
    expect(messageOf(() => on(({ metrics }) => metrics.requests({ prefix: "/raw" })))).toBe(
      'lake/pos has 1 problem\n  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
    );
  });
});

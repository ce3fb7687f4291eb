import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import type { Construct } from "constructs";
import { keyPrefix, oneOf } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { MetricRef, Statistic } from "../../core/metric";
import { placed, placementOf } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE, type MetricKind } from "../../monitoring/silence";
import type { ObjectSelection } from "../bucket";
import { ruleName } from "../rule-name";
import { StorageTier } from "../tier";

const REQUEST_SECONDS = 60;
/** S3 measures what is stored once a day. */
const STORAGE_SECONDS = 86_400;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
const STORAGE_TYPE: Record<StorageTier, string> = {
  [StorageTier.HOT]: "StandardStorage",
  [StorageTier.COOL]: "StandardIAStorage",
  [StorageTier.COLD]: "GlacierInstantRetrievalStorage",
  [StorageTier.ARCHIVE]: "GlacierStorage",
  [StorageTier.DEEP_ARCHIVE]: "DeepArchiveStorage",
};

/**
 * What CloudWatch knows of a bucket. S3 counts requests only where it is told to, and bills that: asking for such a
 * metric tells it, for the whole bucket or for one prefix. https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
 */
export class AwsBucketMetrics {
  private readonly counted = new Map<string, S3BucketMetric>();

  public constructor(
    private readonly bucket: Construct,
    private readonly bucketName: string,
  ) {}

  /** What is counted by now, by its `FilterId`; for overrides and moves. */
  public get requestFilters(): ReadonlyMap<string, S3BucketMetric> {
    return this.counted;
  }

  /** Requests that were wrong or refused: missing objects, missing permissions. */
  public clientErrors(selection?: ObjectSelection): AwsMetric {
    return this.ofRequests("4xxErrors", "Sum", "occurrences", selection);
  }

  /** Requests that S3 failed to answer. */
  public serverErrors(selection?: ObjectSelection): AwsMetric {
    return this.ofRequests("5xxErrors", "Sum", "occurrences", selection);
  }

  /** All requests. */
  public requests(selection?: ObjectSelection): AwsMetric {
    return this.ofRequests("AllRequests", "Sum", "level", selection);
  }

  /** Milliseconds from the whole request to the first byte of the answer; the slowest one in a hundred. */
  public firstByteLatencyMs(selection?: ObjectSelection): AwsMetric {
    return this.ofRequests("FirstByteLatency", "p99", "level", selection);
  }

  /** Milliseconds from the first byte of the request to the last of the answer; the slowest one in a hundred. */
  public totalRequestLatencyMs(selection?: ObjectSelection): AwsMetric {
    return this.ofRequests("TotalRequestLatency", "p99", "level", selection);
  }

  /** Bytes of all objects and versions of a tier, once a day; nothing is counted for it. */
  public sizeBytes(tier: StorageTier = StorageTier.HOT): AwsMetric {
    const problems = oneOf("tier", tier, Object.values(StorageTier));
    if (problems.length > 0) throw new ConstructValidationError(this.bucket.node.path, problems);
    return this.ofStorage("BucketSizeBytes", STORAGE_TYPE[tier]);
  }

  /** Objects, versions and parts of all tiers, once a day; nothing is counted for it. */
  public objects(): AwsMetric {
    return this.ofStorage("NumberOfObjects", "AllStorageTypes");
  }

  private ofRequests(
    metricName: string,
    statistic: Statistic,
    kind: MetricKind,
    { prefix = "" }: ObjectSelection = {},
  ): AwsMetric {
    const problems = keyPrefix("prefix", prefix);
    if (problems.length > 0) throw new ConstructValidationError(this.bucket.node.path, problems);
    const dimensions = { BucketName: this.bucketName, FilterId: this.count(prefix) };
    return this.metric({
      metricName,
      dimensions,
      statistic,
      periodSeconds: REQUEST_SECONDS,
      missingData: SILENCE[kind],
    });
  }

  private ofStorage(metricName: string, storageType: string): AwsMetric {
    const dimensions = { BucketName: this.bucketName, StorageType: storageType };
    const missingData = SILENCE.level;
    return this.metric({ metricName, dimensions, statistic: "Average", periodSeconds: STORAGE_SECONDS, missingData });
  }

  private metric(metric: Omit<MetricRef, "namespace">): AwsMetric {
    return new AwsMetric({ namespace: "AWS/S3", ...metric }, placementOf(this.bucket));
  }

  /** Has S3 count the requests below a prefix, once; the name is the metric's `FilterId`. */
  private count(prefix: string): string {
    const name = ruleName({ prefix });
    if (!this.counted.has(name)) {
      const filter = prefix === "" ? {} : { filter: { prefix } };
      const config = placed(this.bucket, { bucket: this.bucketName, name, ...filter });
      this.counted.set(name, new S3BucketMetric(this.bucket, `RequestMetrics-${name}`, config));
    }
    return name;
  }
}

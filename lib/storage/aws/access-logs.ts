import { S3BucketLoggingA as S3BucketLogging } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { claim } from "../../core/claim";
import { given, having, problem } from "../../core/checks";
import { placed } from "../../core/placement";
import type { IAwsBucket, OwnBucket } from "./own-or-referred";
import { besideProblems, literalArn, waitForPolicies, type Standing } from "./written-beside";

/** Where the lines are, below the log bucket; S3 adds account, region, bucket and the day of the request. */
const LOG_PREFIX = "access-logs/";

/**
 * What cannot take the logs: S3 writes them with its own keys alone, and into no bucket that locks what comes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export const accessLogProblems = (source: Standing, target: IAwsBucket | undefined): readonly string[] =>
  given(target, (bucket) => {
    const shape = having("accessLogs", bucket, "allowService", "a bucket of S3, own or referred to");
    if (shape.length > 0) return shape;
    return [
      ...(bucket.keyArn === undefined
        ? []
        : [
            problem(
              "accessLogs",
              "encrypted with S3's own keys, the only ones that access logs are written with",
              bucket,
            ),
          ]),
      ...(bucket.locked === true
        ? [problem("accessLogs", "without a retention, because S3 writes no access logs into a locked bucket", bucket)]
        : []),
      ...besideProblems("accessLogs", source, bucket),
    ];
  });

/** A line for each request, in files by the day: what a query by day then has to read is that day alone. */
export function logAccess(source: OwnBucket, target: IAwsBucket): S3BucketLogging {
  claim(source, S3BucketLogging.tfResourceType, source.path);
  const policies = target.allowService({
    service: "logging.s3.amazonaws.com",
    sourceArn: literalArn(source, target),
    prefix: LOG_PREFIX,
  });
  const logging = new S3BucketLogging(
    source,
    "AccessLogs",
    placed(source, {
      bucket: source.bucketName,
      targetBucket: target.bucketName,
      targetPrefix: LOG_PREFIX,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    }),
  );
  waitForPolicies(logging, policies);
  return logging;
}

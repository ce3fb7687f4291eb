import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { given, having, isToken, keyPrefix, object, problem } from "../../core/checks";
import { waitFor, type Dependent } from "../../core/grant";
import { placedGlobally } from "../../core/placement";
import type { GoogleBucketRef } from "../references";

/** Where the hourly logs of who asked for what go. https://cloud.google.com/storage/docs/access-logs */
export interface GoogleAccessLogs {
  /** Another bucket, own or referred to; Cloud Storage is let in to write there. */
  readonly bucket: LogBucket;
  /** What the names of logs begin with. @default - the name of the bucket */
  readonly prefix?: string;
}

/** A bucket that takes logs. */
export interface LogBucket extends GoogleBucketRef {
  /** Lets Cloud Storage write logs, once; answers with what has to be there first. */
  admitAccessLogs(): IConstruct & StorageBucketIamMember;
}

const WRITER = "group:cloud-storage-analytics@google.com";

/** The membership of who writes logs. It stands with the bucket that takes them: two of them would be one to Google. */
export class AccessLogWriter {
  private membership?: StorageBucketIamMember;

  public constructor(
    private readonly bucket: Construct,
    private readonly bucketName: string,
  ) {}

  public admit(): StorageBucketIamMember {
    this.membership ??= new StorageBucketIamMember(
      this.bucket,
      "AccessLogWriter",
      placedGlobally(this.bucket, {
        bucket: this.bucketName,
        role: "roles/storage.objectCreator",
        member: WRITER,
      }),
    );
    return this.membership;
  }
}

/** The problems of where logs go; a bucket that logs into itself would log that as well. */
export const accessLogsProblems = (
  bucketName: string | undefined,
  logs: GoogleAccessLogs | undefined,
): readonly string[] =>
  given(logs, (value) => {
    const shape = object("accessLogs", value);
    if (shape.length > 0) return shape;
    const stranger = having("accessLogs.bucket", value.bucket, "admitAccessLogs", "a GoogleBucket, own or referred to");
    return [...stranger, ...(stranger.length > 0 ? [] : selfProblems(bucketName, value)), ...prefixProblems(value)];
  });

const selfProblems = (bucketName: string | undefined, { bucket }: GoogleAccessLogs): readonly string[] =>
  bucketName !== undefined && !isToken(bucketName) && bucket.bucketName === bucketName
    ? [problem("accessLogs.bucket", "another bucket, because each log would be logged", bucketName)]
    : [];

const prefixProblems = ({ prefix }: GoogleAccessLogs): readonly string[] =>
  given(prefix, (value) => keyPrefix("accessLogs.prefix", value));

/** Logs as the bucket says it. */
export const loggingOf = (logs: GoogleAccessLogs | undefined): Pick<StorageBucketConfig, "logging"> =>
  logs === undefined
    ? {}
    : {
        logging: {
          logBucket: logs.bucket.bucketName,
          ...(logs.prefix !== undefined && { logObjectPrefix: logs.prefix }),
        },
      };

/** Lets Cloud Storage write the logs of a bucket before there is something to log. */
export function admitLogs(bucket: Construct, resource: Dependent, logs: GoogleAccessLogs | undefined): void {
  if (logs === undefined) return;
  const membership = logs.bucket.admitAccessLogs();
  if (TerraformStack.of(membership) === TerraformStack.of(bucket)) waitFor(resource, membership);
}

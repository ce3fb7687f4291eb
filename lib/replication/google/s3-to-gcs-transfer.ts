import type { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import { Construct } from "constructs";
import { having, matching } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { place } from "../../core/placement";
import type { GoogleAlarm } from "../../monitoring/google/alarm";
import type { AwsBucketRef } from "../../storage/references";
import { bucketIdentity, loopProblems } from "../loops";
import type { S3TransferTrust } from "../references";
import { unopenedProblems } from "../transfer";
import { watchErrors } from "./transfer-alarm";
import {
  gcsTransferProblems,
  openDestination,
  transferJob,
  transferRoute,
  waitForRights,
  type GcsTransferProps,
} from "./transfer-job";
import { TransferMetrics } from "./transfer-metrics";

/** Copies from S3 to Cloud Storage, made by Storage Transfer of Google. */
export interface S3ToGcsTransferProps extends GcsTransferProps {
  /** Any bucket of S3, own or referred to. */
  readonly source: AwsBucketRef;
  /** What opens it: `new GoogleTransferAccess(…)` of AWS. With a queue the transfer runs by events, unless it has a time. */
  readonly trust: S3TransferTrust;
}

/**
 * Copies objects from a bucket of S3 to one of Cloud Storage, without a key of either cloud: the service agent of Storage
 * Transfer assumes a role of AWS with its own token.
 *
 * Each run copies what is new or different; nothing is ever deleted, on either side. Versions other than the current one stay where they are.
 */
export class S3ToGcsTransfer extends Construct {
  /** `transferJobs/<id>` */
  public readonly jobName: string;
  public readonly metrics: TransferMetrics;
  /** Goes off with the first object that could not be copied; there is one as soon as there is a route. */
  public readonly errorAlarm?: GoogleAlarm;
  public readonly resource: StorageTransferJob;

  public constructor(scope: Construct, id: string, props: S3ToGcsTransferProps) {
    super(scope, id);
    const problems = [...place(this, "google", props), ...transferProblems(props)];
    assertValid(this, problems.length > 0 ? problems : loopProblems(this, "prefixes", route(props)));
    const { source, destination, trust } = props;
    this.resource = transferJob(this, props, {
      source: { awsS3DataSource: { bucketName: source.bucketName, roleArn: trust.roleArn } },
      description: `${this.node.path}: ${source.path} (S3) to ${destination.path} (Cloud Storage)`,
      ...(trust.queueArn !== undefined && { queueArn: trust.queueArn }),
    });
    openDestination(this.resource, this, destination);
    waitForRights(this.resource, trust);
    this.jobName = this.resource.name;
    this.metrics = new TransferMetrics(this.jobName, props);
    this.errorAlarm = watchErrors(this, this.metrics, props.monitoring);
  }
}

const route = (props: S3ToGcsTransferProps) =>
  transferRoute(bucketIdentity(props.source.path, props.source.bucketArn), props);

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

const transferProblems = (props: S3ToGcsTransferProps): readonly string[] => {
  const { source, trust } = props;
  const opener = having(
    "trust",
    trust,
    "roleArn",
    "a role that Google may assume, as GoogleTransferAccess of AWS makes it",
  );
  const shape = [
    ...having("source", source, "bucketArn", "a bucket of S3, own or referred to"),
    ...opener,
    ...(opener.length > 0 ? [] : matching("trust.roleArn", trust.roleArn, ROLE, "the ARN of a role")),
    ...gcsTransferProblems(props, opener.length === 0 && trust.queueArn !== undefined),
  ];
  return shape.length > 0 ? shape : unopenedProblems(props, trust);
};

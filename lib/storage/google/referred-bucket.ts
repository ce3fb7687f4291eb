import type { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import { given, text } from "../../core/checks";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems } from "../../core/names";
import { AccessLogWriter, type LogBucket } from "./access-logs";
import { GoogleBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";

/** What has to be known of an existing bucket. */
export interface GoogleBucketAttributes {
  readonly bucketName: string;
  /** @default - the environment's region */
  readonly location?: string;
}

/** A bucket that exists and is not ours to change. */
export class ReferredBucket extends Construct implements LogBucket {
  public readonly path: string;
  public readonly bucketName: string;
  public readonly url: string;
  public readonly location: string;
  public readonly grants: GoogleBucketGrants;
  private readonly logWriter: AccessLogWriter;

  public constructor(scope: Construct, id: string, { bucketName, location }: GoogleBucketAttributes) {
    super(scope, id);
    assertValid(this, [
      ...nameProblems("bucketName", bucketName, BUCKET_NAME),
      ...given(location, (value) => text("location", value)),
    ]);
    this.path = this.node.path;
    this.bucketName = bucketName;
    this.url = `gs://${bucketName}`;
    this.location = location ?? environmentFact(this, "google.region", ({ google }) => google?.region);
    this.grants = new GoogleBucketGrants(this, this);
    this.logWriter = new AccessLogWriter(this, bucketName);
  }

  public admitAccessLogs(): StorageBucketIamMember {
    return this.logWriter.admit();
  }
}

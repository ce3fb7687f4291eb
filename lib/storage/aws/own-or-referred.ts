import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import type { AwsBucketRef, AwsObjectsCreated } from "../references";
import type { AwsBucketGrants } from "./bucket-grants";
import type { ObjectsCreatedOptions } from "./object-events";
import type { WriterPolicies, WritingService } from "./service-access";

/** A bucket of S3, own or referred to. */
export interface IAwsBucket extends AwsBucketRef {
  readonly grants: AwsBucketGrants;
  /** New objects as the source of a function's or a queue's events. */
  objectsCreated(options?: ObjectsCreatedOptions): AwsObjectsCreated;
  /**
   * Lets a service write objects into the bucket and use its key for that, and answers with the policies that say so,
   * if they are own ones. `accessLogs` and `inventory` of another bucket ask for it.
   */
  allowService(writer: WritingService): WriterPolicies;
}

/** A bucket that is made here. */
export type OwnBucket = Construct & AwsBucketRef & { readonly resource: S3Bucket };

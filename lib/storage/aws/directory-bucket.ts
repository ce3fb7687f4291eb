import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3DirectoryBucket } from "@cdktf/provider-aws/lib/s3-directory-bucket";
import { Construct } from "constructs";
import { given, literal, matching, wholeNumber } from "../../core/checks";
import { claim } from "../../core/claim";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { ABORT_UPLOAD_DAYS } from "../noncurrent";
import type { AwsDirectoryBucketRef } from "../references";

/** A directory bucket of S3 (Express One Zone), beside the machines that read it. */
export interface DirectoryBucketProps extends DataRemovalProps, AwsPlacementProps {
  /** Id of the availability zone, such as `use1-az4`: the same place in every account, unlike the zone's name. */
  readonly zoneId: string;
  /** The part of the name before `--use1-az4--x-s3`. @default - derived from the construct path */
  readonly baseName?: string;
  /** Days after which objects are removed. @default - never */
  readonly expireAfterDays?: number;
  /** Days after which the parts of an upload that was never completed are removed. @default 7 */
  readonly abortIncompleteUploadsAfterDays?: number;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources of a directory bucket besides itself, each for overrides and moves. */
export interface DirectoryBucketResources {
  readonly lifecycle: S3BucketLifecycleConfiguration;
  readonly policy: S3BucketPolicy;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-Endpoints.html */
const ZONE_ID = /^[a-z]{3,5}\d-az\d{1,2}$/;
const SUFFIX = "--x-s3";
/** Of the 63 characters of the whole name, up to 19 are the zone's: `--apne1-az10--x-s3`. */
const BASE_NAME: NameRule = {
  rule: "1-44 lower-case letters, digits or hyphens, no hyphen first or last",
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9]([a-z0-9-]{0,42}[a-z0-9])?$/,
  maximum: 44,
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html",
};

/**
 * A directory bucket in one availability zone, for data that is read over and over and can be fetched again: training
 * data, checkpoints of a running job. What S3 never lets anybody change there: no public access, no lists, keys of S3.
 * There are no versions and no copies, so it is never the only place of anything.
 */
export class DirectoryBucket extends Construct implements AwsDirectoryBucketRef {
  public readonly path: string;
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly zoneId: string;
  public readonly grants: DirectoryBucketGrants;
  public readonly resource: S3DirectoryBucket;
  public readonly resources: DirectoryBucketResources;

  public constructor(scope: Construct, id: string, props: DirectoryBucketProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...directoryBucketProblems(props)]);
    this.resource = this.create(props);
    this.path = this.node.path;
    this.zoneId = props.zoneId;
    this.bucketName = this.resource.bucket;
    this.bucketArn = this.resource.arn;
    const policy = this.letLifecycleDelete();
    this.resources = { policy, lifecycle: this.tidyUp(props, policy) };
    this.grants = new DirectoryBucketGrants(this, this.bucketArn);
  }

  private create({ baseName, zoneId, tags, dataRemoval }: DirectoryBucketProps): S3DirectoryBucket {
    const destroys = destroysData(this, { dataRemoval });
    return new S3DirectoryBucket(
      this,
      "Resource",
      placed(this, {
        bucket: `${baseName ?? physicalName(this, BASE_NAME)}--${zoneId}${SUFFIX}`,
        location: [{ name: zoneId, type: "AvailabilityZone" }],
        dataRedundancy: "SingleAvailabilityZone",
        type: "Directory",
        forceDestroy: destroys,
        ...keptUnless(destroys),
        ...tagsFor(this, tags),
      }),
    );
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-buckets-objects-lifecycle.html */
  private letLifecycleDelete(): S3BucketPolicy {
    claim(this, S3BucketPolicy.tfResourceType, this.node.path);
    const statement = {
      Sid: "LifecycleDeletes",
      Effect: "Allow",
      Principal: { Service: "lifecycle.s3.amazonaws.com" },
      Action: CREATE_SESSION,
      Resource: this.bucketArn,
      Condition: { StringEquals: { "s3express:SessionMode": "ReadWrite" } },
    };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    return new S3BucketPolicy(this, "Policy", placed(this, { bucket: this.bucketName, policy }));
  }

  private tidyUp(
    { expireAfterDays, abortIncompleteUploadsAfterDays = ABORT_UPLOAD_DAYS }: DirectoryBucketProps,
    policy: S3BucketPolicy,
  ): S3BucketLifecycleConfiguration {
    const rule = {
      id: "housekeeping",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: abortIncompleteUploadsAfterDays }],
      ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
    };
    return new S3BucketLifecycleConfiguration(
      this,
      "Lifecycle",
      placed(this, { bucket: this.bucketName, rule: [rule], dependsOn: [policy] }),
    );
  }
}

const CREATE_SESSION = "s3express:CreateSession";

/** Who may do what with the objects of a directory bucket: all of them or none, because S3 asks for a session with the bucket. */
export class DirectoryBucketGrants {
  public constructor(
    private readonly bucket: Construct,
    private readonly bucketArn: string,
  ) {}

  /** List and get objects. */
  public read(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give("read", grantee, { StringEquals: { "s3express:SessionMode": "ReadOnly" } });
  }

  /** List, get, put and delete objects: S3 Express has no session that only writes. */
  public readWrite(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give("read-write", grantee, { StringEquals: { "s3express:SessionMode": ["ReadOnly", "ReadWrite"] } });
  }

  private give(
    verb: string,
    grantee: Grantee<AwsPrincipal>,
    condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> },
  ): Grant {
    const principal = principalOf<AwsPrincipal>(this.bucket, "aws", grantee);
    return principal.allow({ verb, target: this.bucket.node.path }, [
      { actions: [CREATE_SESSION], resources: [this.bucketArn], condition },
    ]);
  }
}

const directoryBucketProblems = (props: DirectoryBucketProps): readonly string[] => [
  ...literal("zoneId", props.zoneId),
  ...matching("zoneId", props.zoneId, ZONE_ID, "the id of an availability zone such as use1-az4"),
  ...given(props.baseName, (name) => nameProblems("baseName", name, BASE_NAME)),
  ...(["expireAfterDays", "abortIncompleteUploadsAfterDays"] as const).flatMap((name) =>
    given(props[name], (days) => [...literal(name, days), ...wholeNumber(name, days, { minimum: 1, unit: "days" })]),
  ),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

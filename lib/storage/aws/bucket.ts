import { S3Bucket, type S3BucketConfig } from "@cdktf/provider-aws/lib/s3-bucket";
import type { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { S3BucketObjectLockConfigurationA as S3BucketObjectLock } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import type { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import type { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { given, having } from "../../core/checks";
import { destroysData, keptUnless } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems } from "../../core/tags";
import { declaredStanding } from "../../identity/aws/arn";
import { bucketProblems, type BucketProps } from "../bucket";
import { Delivery } from "../delivery";
import type { AwsBucketRef, AwsObjectsCreated } from "../references";
import { retentionProblems } from "../retention";
import { AwsBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";
import { OwnedBucketNotification } from "./bucket-notification";
import { OwnedBucketPolicy } from "./bucket-policy";
import { applyLifecycle, blockPublicAccess, disableAcls, encrypt, keepVersions } from "./bucket-settings";
import type { BucketEncryption } from "./encryption";
import { AWS_LIFECYCLE } from "./lifecycle";
import { LOCK_ATTRIBUTE, lockObjects } from "./object-lock";
import { objectsCreated, type ObjectsCreatedOptions } from "./object-events";
import { ReferredBucket, type AwsBucketAttributes } from "./referred-bucket";

/** An S3 bucket: private, encrypted, versioned, TLS only, kept. */
export interface AwsBucketProps extends BucketProps, AwsPlacementProps {
  /** @default BucketEncryption.s3Managed() */
  readonly encryption?: BucketEncryption;
}

/** A bucket of S3, own or referred to. */
export interface IAwsBucket extends AwsBucketRef {
  readonly grants: AwsBucketGrants;
  /** New objects as the source of a function's or a queue's events. */
  objectsCreated(options?: ObjectsCreatedOptions): AwsObjectsCreated;
}

/** The provider's resources of a bucket, each for overrides and moves. */
export interface AwsBucketResources {
  readonly publicAccessBlock: S3BucketPublicAccessBlock;
  readonly ownership: S3BucketOwnershipControls;
  readonly versioning: S3BucketVersioning;
  readonly encryption: S3BucketEncryption;
  readonly lifecycle: S3BucketLifecycleConfiguration;
  /** There where the bucket has a retention. */
  readonly objectLock?: S3BucketObjectLock;
  readonly policy: S3BucketPolicy;
  readonly notification: S3BucketNotification;
}

/**
 * A bucket of S3.
 *
 * Taking over an existing one: `new AwsBucket(…).resource.importFrom("name")`; its versioning, encryption, lifecycle,
 * policy and notification then replace the live ones.
 */
export class AwsBucket extends Construct implements IAwsBucket {
  /** Refers to a bucket that exists; nothing of it is written. `encryption` is required, because a grant includes the key. */
  public static fromBucketAttributes(scope: Construct, id: string, attributes: AwsBucketAttributes): IAwsBucket {
    return new ReferredBucket(scope, id, attributes);
  }

  public readonly path: string;
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly versioned = true;
  public readonly locked: boolean;
  public readonly versioning: S3BucketVersioning;
  public readonly grants: AwsBucketGrants;
  public readonly resource: S3Bucket;
  public readonly resources: AwsBucketResources;
  private readonly notification: OwnedBucketNotification;

  public constructor(scope: Construct, id: string, props: AwsBucketProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...awsBucketProblems(this, props)]);
    this.resource = this.createBucket(props);
    this.path = this.node.path;
    this.bucketName = this.resource.bucket;
    this.bucketArn = this.resource.arn;
    const declared = declaredStanding(this, props);
    this.region = props.region ?? declared?.region ?? this.resource.region;
    this.accountId = declared?.accountId;
    this.keyArn = props.encryption?.keyArn;
    this.locked = props.retention !== undefined;
    const publicAccessBlock = blockPublicAccess(this, this.bucketName);
    const policy = new OwnedBucketPolicy(this, this, publicAccessBlock);
    this.notification = new OwnedBucketNotification(this, this.bucketName);
    this.versioning = keepVersions(this, this.bucketName);
    this.resources = {
      publicAccessBlock,
      ownership: disableAcls(this, this.bucketName),
      versioning: this.versioning,
      encryption: encrypt(this, this.bucketName, this.keyArn),
      lifecycle: applyLifecycle(this, this.bucketName, props, this.versioning),
      objectLock: props.retention && lockObjects(this, this.bucketName, props.retention, this.versioning),
      policy: policy.resource,
      notification: this.notification.resource,
    };
    this.grants = new AwsBucketGrants(this, this, policy, props.encryption?.key);
  }

  public objectsCreated(options: ObjectsCreatedOptions = {}): AwsObjectsCreated {
    return objectsCreated(this, this, options, options.delivery === Delivery.DIRECT ? this.notification : undefined);
  }

  private createBucket(props: AwsBucketProps): S3Bucket {
    const destroys = destroysData(this, props);
    return new S3Bucket(
      this,
      "Resource",
      placed(this, {
        bucket: props.bucketName ?? physicalName(this, BUCKET_NAME),
        forceDestroy: destroys,
        ...(props.retention && { objectLockEnabled: true }),
        ...guarded(destroys, props.retention !== undefined),
        ...tagsFor(this, props.tags),
      }),
    );
  }
}

/** Kept, and not made anew because it is locked from now on: S3 locks existing buckets by the configuration alone. */
function guarded(destroys: boolean, locked: boolean): Pick<S3BucketConfig, "lifecycle"> {
  const { lifecycle } = keptUnless(destroys);
  return locked ? { lifecycle: { ...lifecycle, ignoreChanges: [LOCK_ATTRIBUTE] } } : keptUnless(destroys);
}

const awsBucketProblems = (scope: Construct, props: AwsBucketProps): string[] => [
  ...given(props.encryption, (encryption) =>
    having("encryption", encryption, "keyArn", "BucketEncryption.s3Managed() or BucketEncryption.key(key)"),
  ),
  ...bucketProblems(props, AWS_LIFECYCLE),
  ...retentionProblems(scope, props),
  ...given(props.bucketName, (name) => nameProblems("bucketName", name, BUCKET_NAME)),
  ...tagProblems("tags", props.tags),
];

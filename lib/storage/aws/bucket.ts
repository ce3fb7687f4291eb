import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import type { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
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
import { AwsBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";
import { OwnedBucketNotification } from "./bucket-notification";
import { OwnedBucketPolicy } from "./bucket-policy";
import type { BucketEncryption } from "./encryption";
import { AWS_LIFECYCLE, lifecycleRules } from "./lifecycle";
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
  public readonly versioning: S3BucketVersioning;
  public readonly grants: AwsBucketGrants;
  public readonly resource: S3Bucket;
  public readonly resources: AwsBucketResources;
  private readonly notification: OwnedBucketNotification;

  public constructor(scope: Construct, id: string, props: AwsBucketProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...awsBucketProblems(props)]);
    this.resource = this.createBucket(props);
    this.path = this.node.path;
    this.bucketName = this.resource.bucket;
    this.bucketArn = this.resource.arn;
    const declared = declaredStanding(this, props);
    this.region = props.region ?? declared?.region ?? this.resource.region;
    this.accountId = declared?.accountId;
    this.keyArn = props.encryption?.keyArn;
    const publicAccessBlock = this.blockPublicAccess();
    const policy = new OwnedBucketPolicy(this, {
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      after: publicAccessBlock,
    });
    this.notification = new OwnedBucketNotification(this, this.bucketName);
    this.versioning = this.keepVersions();
    this.resources = {
      publicAccessBlock,
      ownership: this.disableAcls(),
      versioning: this.versioning,
      encryption: this.encrypt(),
      lifecycle: this.applyLifecycle(props, this.versioning),
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
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private blockPublicAccess(): S3BucketPublicAccessBlock {
    return new S3BucketPublicAccessBlock(
      this,
      "PublicAccessBlock",
      placed(this, {
        bucket: this.bucketName,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
    );
  }

  private disableAcls(): S3BucketOwnershipControls {
    const rule = { objectOwnership: "BucketOwnerEnforced" };
    return new S3BucketOwnershipControls(this, "Ownership", placed(this, { bucket: this.bucketName, rule }));
  }

  private keepVersions(): S3BucketVersioning {
    const versioningConfiguration = { status: "Enabled" };
    return new S3BucketVersioning(
      this,
      "Versioning",
      placed(this, { bucket: this.bucketName, versioningConfiguration }),
    );
  }

  private encrypt(): S3BucketEncryption {
    const withKey = {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.keyArn },
      bucketKeyEnabled: true,
    };
    const s3Managed = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    const rule = [this.keyArn === undefined ? s3Managed : withKey];
    return new S3BucketEncryption(this, "Encryption", placed(this, { bucket: this.bucketName, rule }));
  }

  private applyLifecycle(props: AwsBucketProps, versioning: S3BucketVersioning): S3BucketLifecycleConfiguration {
    return new S3BucketLifecycleConfiguration(
      this,
      "Lifecycle",
      // rules for noncurrent versions mean nothing before there are versions
      placed(this, { bucket: this.bucketName, rule: lifecycleRules(props), dependsOn: [versioning] }),
    );
  }
}

const awsBucketProblems = (props: AwsBucketProps): string[] => [
  ...given(props.encryption, (encryption) =>
    having("encryption", encryption, "keyArn", "BucketEncryption.s3Managed() or BucketEncryption.key(key)"),
  ),
  ...bucketProblems(props, AWS_LIFECYCLE),
  ...given(props.bucketName, (name) => nameProblems("bucketName", name, BUCKET_NAME)),
  ...tagProblems("tags", props.tags),
];

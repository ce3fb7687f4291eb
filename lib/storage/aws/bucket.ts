import { S3Bucket, type S3BucketConfig } from "@cdktf/provider-aws/lib/s3-bucket";
import type { S3BucketIntelligentTieringConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import type { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import type { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketLoggingA as S3BucketLogging } from "@cdktf/provider-aws/lib/s3-bucket-logging";
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
import type { AwsKeyRef } from "../../encryption/references";
import { declaredStanding } from "../../identity/aws/arn";
import { bucketProblems, type BucketProps } from "../bucket";
import { Delivery } from "../delivery";
import type { AwsObjectsCreated } from "../references";
import { retentionProblems } from "../retention";
import { accessLogProblems, logAccess } from "./access-logs";
import { AwsBucketGrants } from "./bucket-grants";
import { AwsBucketMetrics } from "./bucket-metrics";
import { BUCKET_NAME } from "./bucket-name";
import { OwnedBucketNotification } from "./bucket-notification";
import { OwnedBucketPolicy } from "./bucket-policy";
import { applyLifecycle, blockPublicAccess, disableAcls, encrypt, keepVersions } from "./bucket-settings";
import type { BucketEncryption } from "./encryption";
import { archiveByAccess, tieringProblems, tieringRules, type IntelligentTiering } from "./intelligent-tiering";
import { inventoryProblems, takeInventory, type BucketInventory } from "./inventory";
import { AWS_LIFECYCLE, lifecycleRules } from "./lifecycle";
import { objectsCreated, type ObjectsCreatedOptions } from "./object-events";
import { LOCK_ATTRIBUTE, lockObjects } from "./object-lock";
import type { IAwsBucket } from "./own-or-referred";
import { ReferredBucket, type AwsBucketAttributes } from "./referred-bucket";
import type { WriterPolicies, WritingService } from "./service-access";
import { admitWriter } from "./writers";

/** An S3 bucket: private, encrypted, versioned, TLS only, kept. */
export interface AwsBucketProps extends BucketProps, AwsPlacementProps {
  /** @default BucketEncryption.s3Managed() */
  readonly encryption?: BucketEncryption;
  /** Where S3 writes a line for each request, of the same account and region, with S3's own keys. @default - nowhere */
  readonly accessLogs?: IAwsBucket;
  /** A list of all objects, regularly. @default - none */
  readonly inventory?: BucketInventory;
  /** Tiers by when objects were read last, instead of `transitions` by their age. @default - none */
  readonly intelligentTiering?: IntelligentTiering;
}

export type { IAwsBucket } from "./own-or-referred";

/** The provider's resources of a bucket, each for overrides and moves. */
export interface AwsBucketResources {
  readonly publicAccessBlock: S3BucketPublicAccessBlock;
  readonly ownership: S3BucketOwnershipControls;
  readonly versioning: S3BucketVersioning;
  readonly encryption: S3BucketEncryption;
  readonly lifecycle: S3BucketLifecycleConfiguration;
  /** There where the bucket has a retention. */
  readonly objectLock?: S3BucketObjectLock;
  /** There where the bucket has access logs. */
  readonly accessLogs?: S3BucketLogging;
  /** There where the bucket has an inventory. */
  readonly inventory?: S3BucketInventory;
  /** There where intelligent tiering goes on to archives. */
  readonly intelligentTiering?: S3BucketIntelligentTieringConfiguration;
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
  /** What CloudWatch knows of it; metrics of requests are counted, and billed, from when they are asked for. */
  public readonly metrics: AwsBucketMetrics;
  public readonly resource: S3Bucket;
  public readonly resources: AwsBucketResources;
  private readonly notification: OwnedBucketNotification;
  private readonly policy: OwnedBucketPolicy;
  private readonly key?: AwsKeyRef;

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
    this.key = props.encryption?.key;
    this.keyArn = props.encryption?.keyArn;
    this.locked = props.retention !== undefined;
    const publicAccessBlock = blockPublicAccess(this, this.bucketName);
    this.policy = new OwnedBucketPolicy(this, this, publicAccessBlock);
    this.notification = new OwnedBucketNotification(this, this.bucketName);
    this.versioning = keepVersions(this, this.bucketName);
    this.resources = { publicAccessBlock, ...this.settings(props), ...this.options(props) };
    this.grants = new AwsBucketGrants(this, this, this.policy, this.key);
    this.metrics = new AwsBucketMetrics(this, this.bucketName);
  }

  public objectsCreated(options: ObjectsCreatedOptions = {}): AwsObjectsCreated {
    return objectsCreated(this, this, options, options.delivery === Delivery.DIRECT ? this.notification : undefined);
  }

  public allowService(writer: WritingService): WriterPolicies {
    return admitWriter(this, this.policy, this.key, writer);
  }

  /** What every bucket has. */
  private settings(props: AwsBucketProps): Omit<AwsBucketResources, "publicAccessBlock" | keyof Options> {
    const rules = lifecycleRules(props, tieringRules(props.intelligentTiering));
    return {
      ownership: disableAcls(this, this.bucketName),
      versioning: this.versioning,
      encryption: encrypt(this, this.bucketName, this.keyArn),
      lifecycle: applyLifecycle(this, this.bucketName, rules, this.versioning),
      policy: this.policy.resource,
      notification: this.notification.resource,
    };
  }

  /** What a bucket has where it is said. */
  private options({ retention, accessLogs, inventory, intelligentTiering }: AwsBucketProps): Options {
    return {
      objectLock: retention && lockObjects(this, this.bucketName, retention, this.versioning),
      accessLogs: accessLogs && logAccess(this, accessLogs),
      inventory: inventory && takeInventory(this, inventory),
      intelligentTiering: intelligentTiering && archiveByAccess(this, this.bucketName, intelligentTiering),
    };
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

type Options = Pick<AwsBucketResources, "objectLock" | "accessLogs" | "inventory" | "intelligentTiering">;

/** Kept, and not made anew because it is locked from now on: S3 locks existing buckets by the configuration alone. */
function guarded(destroys: boolean, locked: boolean): Pick<S3BucketConfig, "lifecycle"> {
  const { lifecycle } = keptUnless(destroys);
  return locked ? { lifecycle: { ...lifecycle, ignoreChanges: [LOCK_ATTRIBUTE] } } : keptUnless(destroys);
}

function awsBucketProblems(scope: Construct, props: AwsBucketProps): string[] {
  const declared = declaredStanding(scope, props);
  const standing = { accountId: declared?.accountId, region: props.region ?? declared?.region };
  return [
    ...given(props.encryption, (encryption) =>
      having("encryption", encryption, "keyArn", "BucketEncryption.s3Managed() or BucketEncryption.key(key)"),
    ),
    ...bucketProblems(props, AWS_LIFECYCLE),
    ...retentionProblems(scope, props),
    ...tieringProblems(props.intelligentTiering, props.lifecycle),
    ...accessLogProblems(standing, props.accessLogs),
    ...inventoryProblems(standing, props.inventory),
    ...given(props.bucketName, (name) => nameProblems("bucketName", name, BUCKET_NAME)),
    ...tagProblems("tags", props.tags),
  ];
}

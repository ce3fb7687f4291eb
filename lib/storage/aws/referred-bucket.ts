import { Construct } from "constructs";
import { flag, having, text } from "../../core/checks";
import { environmentFact, environmentOf } from "../../core/environment";
import { assertValid, ConstructValidationError } from "../../core/errors";
import { nameProblems } from "../../core/names";
import type { AwsKeyRef } from "../../encryption/references";
import type { AwsObjectsCreated } from "../references";
import { AwsBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";
import { AGREED_POLICY, ForeignBucketPolicy, type BucketPolicy } from "./bucket-policy";
import type { BucketEncryption } from "./encryption";
import { objectsCreated, type ObjectsCreatedOptions } from "./object-events";
import type { IAwsBucket } from "./own-or-referred";
import type { WriterPolicies, WritingService } from "./service-access";
import { admitWriter } from "./writers";

/** What has to be known of an existing bucket. */
export interface AwsBucketAttributes {
  readonly bucketName: string;
  /** Its default encryption: a grant includes the key. */
  readonly encryption: BucketEncryption;
  /** @default - the environment's account */
  readonly accountId?: string;
  /** @default - the environment's region */
  readonly region?: string;
  /** Whether its notification sends to EventBridge; needed for `objectsCreated`. @default false */
  readonly eventBridge?: boolean;
  /** Whether it keeps versions; needed to replicate into it. @default false */
  readonly versioned?: boolean;
  /** Whether it locks its objects; needed to replicate into it from a bucket that does. @default false */
  readonly locked?: boolean;
  /**
   * Whether its owner has added to its policy what services and roles of other accounts are granted here. Until then
   * such a grant is an error that prints the statements to add.
   * @default false
   */
  readonly policyAgrees?: boolean;
}

/** A bucket that exists and is not ours to change. */
export class ReferredBucket extends Construct implements IAwsBucket {
  public readonly path: string;
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly versioned: boolean;
  public readonly locked: boolean;
  public readonly grants: AwsBucketGrants;
  private readonly eventBridge: boolean;
  private readonly policy: BucketPolicy;
  private readonly key?: AwsKeyRef;

  public constructor(scope: Construct, id: string, attributes: AwsBucketAttributes) {
    super(scope, id);
    assertValid(this, referenceProblems(attributes));
    const {
      bucketName,
      encryption,
      accountId,
      region,
      eventBridge = false,
      versioned = false,
      locked = false,
    } = attributes;
    this.path = this.node.path;
    this.bucketName = bucketName;
    this.bucketArn = `arn:aws:s3:::${bucketName}`;
    this.region = region ?? environmentFact(this, "aws.region", (environment) => environment.aws?.region);
    this.accountId = accountId ?? environmentOf(this)?.aws?.accountId;
    this.keyArn = encryption.keyArn;
    this.eventBridge = eventBridge;
    this.versioned = versioned;
    this.locked = locked;
    this.policy = attributes.policyAgrees === true ? AGREED_POLICY : new ForeignBucketPolicy(this, this);
    this.key = encryption.key;
    this.grants = new AwsBucketGrants(this, this, this.policy, this.key);
  }

  public allowService(writer: WritingService): WriterPolicies {
    return admitWriter(this, this.policy, this.key, writer);
  }

  public objectsCreated(options: ObjectsCreatedOptions = {}): AwsObjectsCreated {
    if (this.eventBridge) return objectsCreated(this, this, options);
    throw new ConstructValidationError(this.node.path, [
      "eventBridge must be true for objectsCreated: switch EventBridge on in the notification of the bucket and say so here, got false",
    ]);
  }
}

const referenceProblems = ({ bucketName, encryption, accountId, region, ...flags }: AwsBucketAttributes): string[] => [
  ...nameProblems("bucketName", bucketName, BUCKET_NAME),
  ...having("encryption", encryption, "keyArn", "BucketEncryption.s3Managed() or BucketEncryption.key(key)"),
  ...(accountId === undefined ? [] : text("accountId", accountId)),
  ...(region === undefined ? [] : text("region", region)),
  ...(["eventBridge", "versioned", "locked", "policyAgrees"] as const).flatMap((name) =>
    flags[name] === undefined ? [] : flag(name, flags[name]),
  ),
];

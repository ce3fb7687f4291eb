import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { Construct } from "constructs";
import { given, having, problem, text } from "../../core/checks";
import { destroysData, keptUnless } from "../../core/data-removal";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { labelsFor } from "../../core/tagging";
import { tagProblems } from "../../core/tags";
import { bucketProblems, type BucketProps } from "../bucket";
import type { GoogleBucketRef } from "../references";
import { GoogleBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";
import { admitStorage, keyLocationProblems, type BucketEncryption } from "./encryption";
import { GOOGLE_LIFECYCLE, lifecycleRules } from "./lifecycle";
import { ReferredBucket, type GoogleBucketAttributes } from "./referred-bucket";

/** A bucket of Cloud Storage: private, encrypted, versioned, kept; its API speaks TLS alone. */
export interface GoogleBucketProps extends BucketProps, PlacementProps {
  /** @default BucketEncryption.googleManaged() */
  readonly encryption?: BucketEncryption;
  /** Region, dual-region or multi-region, such as `europe-west1` or `EU`. @default - the environment's region */
  readonly location?: string;
}

/** A bucket of Cloud Storage, own or referred to. */
export interface IGoogleBucket extends GoogleBucketRef {
  readonly grants: GoogleBucketGrants;
}

/** Seconds in which a deleted object or version can be had back: a week. */
const SOFT_DELETE_SECONDS = 7 * 24 * 60 * 60;

/**
 * A bucket of Cloud Storage.
 *
 * Taking over an existing one: `new GoogleBucket(…).resource.importFrom("name")`; what it says then replaces the live
 * settings, its IAM policy excepted, to which grants only add.
 */
export class GoogleBucket extends Construct implements IGoogleBucket {
  /** Refers to a bucket that exists; nothing of it is written. */
  public static fromBucketAttributes(scope: Construct, id: string, attributes: GoogleBucketAttributes): IGoogleBucket {
    return new ReferredBucket(scope, id, attributes);
  }

  public readonly path: string;
  public readonly bucketName: string;
  public readonly url: string;
  public readonly location: string;
  public readonly keyName?: string;
  public readonly grants: GoogleBucketGrants;
  public readonly resource: StorageBucket;

  public constructor(scope: Construct, id: string, props: GoogleBucketProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...googleBucketProblems(props)]);
    this.location = props.location ?? environmentFact(this, "google.region", ({ google }) => google?.region);
    assertValid(this, keyLocationProblems(this.location, props.encryption?.key));
    this.keyName = props.encryption?.keyName;
    this.resource = this.createBucket(props);
    admitStorage(this, this.resource, props.encryption?.key);
    this.path = this.node.path;
    this.bucketName = this.resource.name;
    this.url = this.resource.url;
    this.grants = new GoogleBucketGrants(this, this);
  }

  private createBucket(props: GoogleBucketProps): StorageBucket {
    const destroys = destroysData(this, props);
    return new StorageBucket(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.bucketName ?? physicalName(this, BUCKET_NAME),
        location: this.location,
        storageClass: "STANDARD",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        versioning: { enabled: true },
        softDeletePolicy: { retentionDurationSeconds: destroys ? 0 : SOFT_DELETE_SECONDS },
        lifecycleRule: lifecycleRules(props),
        ...(this.keyName !== undefined && { encryption: { defaultKmsKeyName: this.keyName } }),
        forceDestroy: destroys,
        ...keptUnless(destroys),
        ...labelsFor(this, props.tags),
      }),
    );
  }
}

const googleBucketProblems = (props: GoogleBucketProps): string[] => [
  ...given(props.encryption, (encryption) =>
    having("encryption", encryption, "keyName", "BucketEncryption.googleManaged() or BucketEncryption.key(key)"),
  ),
  ...given(props.location, (location) => text("location", location)),
  ...bucketProblems(props, GOOGLE_LIFECYCLE),
  ...given(props.retention, (value) => [
    problem("retention", "left out on Google Cloud, where it is not modelled", value),
  ]),
  ...given(props.bucketName, (name) => nameProblems("bucketName", name, BUCKET_NAME)),
  ...tagProblems("tags", props.tags),
];

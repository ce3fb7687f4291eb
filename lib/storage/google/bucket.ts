import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import { given, having } from "../../core/checks";
import { destroysData, keptUnless } from "../../core/data-removal";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { labelsFor } from "../../core/tagging";
import { tagProblems } from "../../core/tags";
import { bucketProblems, type BucketProps } from "../bucket";
import { retentionProblems } from "../retention";
import {
  AccessLogWriter,
  accessLogsProblems,
  admitLogs,
  loggingOf,
  type GoogleAccessLogs,
  type LogBucket,
} from "./access-logs";
import { GoogleBucketGrants } from "./bucket-grants";
import { BUCKET_NAME } from "./bucket-name";
import { admitStorage, keyLocationProblems, type BucketEncryption } from "./encryption";
import { GOOGLE_LIFECYCLE, lifecycleRules } from "./lifecycle";
import { locationProblems, placementOf, type BucketLocation } from "./location";
import { protectionOf, protectionProblems, type ProtectionProps } from "./protection";
import { ReferredBucket, type GoogleBucketAttributes } from "./referred-bucket";

/** A bucket of Cloud Storage: private, encrypted, versioned, kept; its API speaks TLS alone. */
export interface GoogleBucketProps extends BucketProps, ProtectionProps, PlacementProps {
  /** @default BucketEncryption.googleManaged() */
  readonly encryption?: BucketEncryption;
  /** Region or multi-region by name (`europe-west1`, `EU`), or two regions: `BucketLocation.dualRegion(…)`. @default - the environment's region */
  readonly location?: string | BucketLocation;
  /** Where the logs of who asked for what go. @default - none are kept; Cloud Audit Logs are the project's */
  readonly accessLogs?: GoogleAccessLogs;
}

/** A bucket of Cloud Storage, own or referred to. */
export interface IGoogleBucket extends LogBucket {
  readonly grants: GoogleBucketGrants;
}

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
  private readonly logWriter: AccessLogWriter;

  public constructor(scope: Construct, id: string, props: GoogleBucketProps = {}) {
    super(scope, id);
    const standing = [...place(this, "google", props), ...retentionProblems(this, props)];
    assertValid(this, [...standing, ...googleBucketProblems(props)]);
    this.location = this.locationOf(props);
    assertValid(this, keyLocationProblems(this.location, props.encryption?.key));
    this.keyName = props.encryption?.keyName;
    this.resource = this.createBucket(props);
    admitStorage(this, this.resource, props.encryption?.key);
    admitLogs(this, this.resource, props.accessLogs);
    this.path = this.node.path;
    this.bucketName = this.resource.name;
    this.url = this.resource.url;
    this.grants = new GoogleBucketGrants(this, this);
    this.logWriter = new AccessLogWriter(this, this.bucketName);
  }

  public admitAccessLogs(): StorageBucketIamMember {
    return this.logWriter.admit();
  }

  private locationOf({ location }: GoogleBucketProps): string {
    if (location !== undefined) return typeof location === "string" ? location : location.location;
    return environmentFact(this, "google.region", ({ google }) => google?.region);
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
        lifecycleRule: lifecycleRules(props),
        ...placementOf(props.location),
        ...protectionOf(props, destroys),
        ...loggingOf(props.accessLogs),
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
  ...given(props.location, locationProblems),
  ...bucketProblems(props, GOOGLE_LIFECYCLE),
  ...protectionProblems(props),
  ...accessLogsProblems(props.bucketName, props.accessLogs),
  ...given(props.bucketName, (name) => nameProblems("bucketName", name, BUCKET_NAME)),
  ...tagProblems("tags", props.tags),
];

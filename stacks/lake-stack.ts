import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { onAws } from "../lib/blueprints/data-lake/aws";
import { onAzure } from "../lib/blueprints/data-lake/azure";
import { DataLake } from "../lib/blueprints/data-lake/data-lake";
import { onGoogle } from "../lib/blueprints/data-lake/google";
import type { LakeCloud } from "../lib/blueprints/data-lake/lake-cloud";
import type { Cloud } from "../lib/core/placement";
import { AwsKey } from "../lib/encryption/aws/key";
import { S3Replication } from "../lib/replication/aws/s3-replication";
import { AwsBucket } from "../lib/storage/aws/bucket";
import { BucketEncryption } from "../lib/storage/aws/encryption";
import { AzureBucket } from "../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../lib/storage/azure/storage-account";
import { GoogleBucket } from "../lib/storage/google/bucket";
import type { LifecycleRule } from "../lib/storage/lifecycle";
import { RetentionMode, type ObjectRetention } from "../lib/storage/retention";
import { StorageTier } from "../lib/storage/tier";
import type { PlatformEnvironment } from "./environments/environment";
import { dataRemovalIn, foundation, outputs } from "./foundation";
import { backUp } from "./lake-backup";

/** What a second region keeps as well. */
const REPLICATED_PREFIX = "training-data/";

/** Of the raw zone, on three clouds: raw data cools, is archived and goes after two years; training data only cools. */
const LIFECYCLE: readonly LifecycleRule[] = [
  {
    prefix: "raw/",
    transitions: [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.ARCHIVE, afterDays: 90 },
    ],
    expireAfterDays: 730,
  },
  { prefix: REPLICATED_PREFIX, transitions: [{ tier: StorageTier.COOL, afterDays: 30 }] },
];

/** What is archived can be removed by nobody without a right of its own, and by nobody by mistake. */
const ARCHIVED: ObjectRetention = { minimumDays: 30, mode: RetentionMode.GOVERNANCE };

/** The data lake of one environment: its zones on each of its clouds. */
export class LakeStack extends TerraformStack {
  public constructor(
    scope: Construct,
    id: string,
    private readonly environment: PlatformEnvironment,
  ) {
    super(scope, id);
    foundation(this, environment, environment.clouds);
    const on: Record<Cloud, () => LakeCloud> = {
      aws: () => this.onAws(),
      azure: () => this.onAzure(),
      google: () => this.onGoogle(),
    };
    const lake = new DataLake(this, "lake", {
      clouds: environment.clouds.map((cloud) => on[cloud]()),
      zones: { raw: {}, processed: {}, curated: {}, archive: { on: ["aws"], retention: ARCHIVED }, dlq: {} },
      dataRemoval: dataRemovalIn(environment),
    });
    outputs(this, lake.logicalPaths);
  }

  /** The raw zone is the bucket that was there before the others, with a second copy of what cannot be made again. */
  private onAws(): LakeCloud {
    const { organisation, name, replicaRegion } = this.environment;
    const raw = new AwsBucket(this, "aws-lake", {
      bucketName: `${organisation}-lake-${name}`,
      lifecycle: LIFECYCLE,
      encryption: this.encryptionIn(),
      dataRemoval: dataRemovalIn(this.environment),
    });
    const replica = new AwsBucket(this, "aws-lake-replica", {
      bucketName: `${organisation}-lake-${name}-replica`,
      encryption: this.encryptionIn(replicaRegion),
      dataRemoval: dataRemovalIn(this.environment),
      region: replicaRegion,
    });
    new S3Replication(this, "aws-replication", {
      source: raw,
      destinations: [{ bucket: replica, prefixes: [REPLICATED_PREFIX], tier: StorageTier.COOL }],
    });
    backUp(this, raw, this.environment);
    outputs(this, {
      raw_bucket_name: raw.bucketName,
      replica_bucket_name: replica.bucketName,
      replicated_prefix: REPLICATED_PREFIX,
    });
    return onAws({ name: `${organisation}-lake`, encryption: this.encryptionIn(), buckets: { raw } });
  }

  private onAzure(): LakeCloud {
    const { organisation, name, accountReplication } = this.environment;
    const dataRemoval = dataRemovalIn(this.environment);
    const account = new AzureStorageAccount(this, "azure-account", {
      accountName: `${organisation}lake${name}`,
      replication: accountReplication,
      dataRemoval,
    });
    const raw = new AzureBucket(this, "azure-lake", { account, bucketName: "lake", lifecycle: LIFECYCLE, dataRemoval });
    return onAzure({ name: organisation, account, buckets: { raw } });
  }

  private onGoogle(): LakeCloud {
    const { organisation, name } = this.environment;
    const raw = new GoogleBucket(this, "google-lake", {
      bucketName: `${organisation}-lake-${name}-gcs`,
      lifecycle: LIFECYCLE,
      dataRemoval: dataRemovalIn(this.environment),
    });
    return onGoogle({ name: `${organisation}-lake`, buckets: { raw } });
  }

  /** A key for each region, where the environment keeps keys of its own. */
  private encryptionIn(region?: string): BucketEncryption {
    if (!this.environment.customerManagedKeys) return BucketEncryption.s3Managed();
    const id = region === undefined ? "aws-key" : "aws-replica-key";
    const existing = this.node.tryFindChild(id) as AwsKey | undefined;
    const key =
      existing ??
      new AwsKey(this, id, {
        description: "Objects of the lake",
        dataRemoval: dataRemovalIn(this.environment),
        region,
      });
    return BucketEncryption.key(key);
  }
}

import {
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { clientSettings, plainSettings } from "../../scripts/local/clients";
import { output } from "../../scripts/local/stacks";
import { declared } from "./declared";
import { Twin } from "./impersonation";
import { deployedCloud, stack, STACKS } from "./local-cloud";

const { address, plainAws } = deployedCloud();
const s3 = new S3Client(clientSettings(address));

interface Bucket {
  readonly bucket: string;
}

interface Encryption extends Bucket {
  readonly rule: readonly {
    readonly apply_server_side_encryption_by_default: { readonly kms_master_key_id: string };
  }[];
}

interface Lifecycle extends Bucket {
  readonly rule: readonly {
    readonly id: string;
    readonly filter: readonly { readonly prefix: string }[];
    readonly transition?: readonly { readonly days: number; readonly storage_class: string }[];
    readonly expiration?: readonly { readonly days?: number; readonly expired_object_delete_marker?: boolean }[];
    readonly noncurrent_version_expiration?: readonly { readonly noncurrent_days: number }[];
    readonly abort_incomplete_multipart_upload?: readonly { readonly days_after_initiation: number }[];
  }[];
}

interface Replication {
  readonly role: string;
  readonly rule: readonly {
    readonly destination: { readonly encryption_configuration: { readonly replica_kms_key_id: string } };
  }[];
}

/** The resources of one type in both stacks. */
const everywhere = (type: string): readonly unknown[] => STACKS.flatMap((name) => declared(name, type));

test("every declared bucket is private, encrypted, versioned and closed to plain HTTP on the server", async () => {
  const buckets = everywhere("aws_s3_bucket") as readonly Bucket[];
  const encryption = everywhere("aws_s3_bucket_server_side_encryption_configuration") as readonly Encryption[];
  const keyOf = (name: string): unknown =>
    encryption.find(({ bucket }) => bucket === name)?.rule[0]?.apply_server_side_encryption_by_default
      .kms_master_key_id;
  const names = buckets.map(({ bucket }) => bucket).sort();
  expect(names).toEqual([
    "acme-lake-archive-local",
    "acme-lake-curated-local",
    "acme-lake-dlq-local",
    "acme-lake-local",
    "acme-lake-local-replica",
    "acme-lake-processed-local",
    "acme-retraining-artifacts-local",
    "acme-retraining-data-local",
  ]);
  for (const name of names) {
    await expect(facts(name)).resolves.toEqual({
      access: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      ownership: "BucketOwnerEnforced",
      versioning: "Enabled",
      encryption: {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyOf(name) },
        BucketKeyEnabled: true,
      },
      denied: ["Bool aws:SecureTransport false", "NumericLessThan s3:TlsVersion 1.2"],
    });
  }
});

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

async function facts(name: string): Promise<object> {
  const Bucket = name;
  const access = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const ownership = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
  const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const { Policy: policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const { Statement: statements } = JSON.parse(policy) as Policy;
  const conditions = statements.filter(({ Effect: effect }) => effect === "Deny").map(({ Condition: one = {} }) => one);
  return {
    access: access.PublicAccessBlockConfiguration,
    ownership: ownership.OwnershipControls?.Rules?.[0]?.ObjectOwnership,
    versioning: versioning.Status,
    encryption: encryption.ServerSideEncryptionConfiguration?.Rules?.[0],
    denied: conditions.flatMap((condition) =>
      Object.entries(condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, limit]) => `${operator} ${key} ${limit}`),
      ),
    ),
  };
}

test("the tiers of every bucket on the server are the declared ones", async () => {
  const lifecycles = everywhere("aws_s3_bucket_lifecycle_configuration") as readonly Lifecycle[];
  const tiered = lifecycles.flatMap(({ rule }) => rule).flatMap(({ transition = [] }) => transition);
  expect(tiered.map(({ storage_class: tier }) => tier).sort()).toEqual([
    "GLACIER",
    "GLACIER",
    "STANDARD_IA",
    "STANDARD_IA",
    "STANDARD_IA",
    "STANDARD_IA",
    "STANDARD_IA",
    "STANDARD_IA",
  ]);
  for (const { bucket, rule } of lifecycles) {
    const { Rules: rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    const found = rules.map((one) => ({
      id: one.ID,
      status: one.Status,
      prefix: one.Filter?.Prefix ?? "",
      transitions: (one.Transitions ?? []).map(({ Days, StorageClass }) => [Days, StorageClass]),
      expiration: [one.Expiration?.Days, one.Expiration?.ExpiredObjectDeleteMarker],
      noncurrent: one.NoncurrentVersionExpiration?.NoncurrentDays,
      abort: one.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    }));
    expect(found).toEqual(
      rule.map((one) => ({
        id: one.id,
        status: "Enabled",
        prefix: one.filter[0]?.prefix ?? "",
        transitions: (one.transition ?? []).map(({ days, storage_class: tier }) => [days, tier]),
        expiration: [one.expiration?.[0]?.days, one.expiration?.[0]?.expired_object_delete_marker],
        noncurrent: one.noncurrent_version_expiration?.[0]?.noncurrent_days,
        abort: one.abort_incomplete_multipart_upload?.[0]?.days_after_initiation,
      })),
    );
  }
});

describe("the archive", () => {
  const Bucket = output(stack("lake-local"), "archive_data").replace(/^s3:\/\/|\/$/g, "");
  const Key = "2025/ledger.csv";

  test("is locked on the server as declared: 30 days, for all but who has a right of their own", async () => {
    const { ObjectLockConfiguration: lock } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(lock).toEqual({
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Days: 30, Mode: "GOVERNANCE" } },
    });
  });

  test("keeps every version that is written into it, and goes on when a delete hides it", async () => {
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "1,paid" }));
    const { Retention: retention } = await s3.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId }));
    expect(retention?.Mode).toBe("GOVERNANCE");
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    await expect(body?.transformToString()).resolves.toBe("1,paid");
  });
});

describe("the replica", () => {
  const lake = stack("lake-local");
  const source = output(lake, "raw_bucket_name");
  const replica = output(lake, "replica_bucket_name");
  const prefix = output(lake, "replicated_prefix");

  test("has what lies under the replicated prefix, in its tier and with its key, and nothing else", async () => {
    await s3.send(new PutObjectCommand({ Bucket: source, Key: `${prefix}a.csv`, Body: "id,label\n1,fraud\n" }));
    await s3.send(new PutObjectCommand({ Bucket: source, Key: "raw/a.csv", Body: "id\n1\n" }));
    const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: replica }));
    expect(contents.map(({ Key: key }) => key)).toEqual([`${prefix}a.csv`]);
    const copy = await s3.send(new HeadObjectCommand({ Bucket: replica, Key: `${prefix}a.csv` }));
    const original = await s3.send(new HeadObjectCommand({ Bucket: source, Key: `${prefix}a.csv` }));
    expect([copy.ReplicationStatus, copy.StorageClass, original.ReplicationStatus]).toEqual([
      "REPLICA",
      "STANDARD_IA",
      "COMPLETED",
    ]);
  });

  test("is configured on the server as declared", async () => {
    const [configuration] = declared("lake-local", "aws_s3_bucket_replication_configuration") as readonly Replication[];
    const { ReplicationConfiguration: found } = await s3.send(new GetBucketReplicationCommand({ Bucket: source }));
    expect(found).toMatchObject({
      Role: configuration?.role,
      Rules: [
        {
          Status: "Enabled",
          Filter: { Prefix: prefix },
          DeleteMarkerReplication: { Status: "Disabled" },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
          Destination: {
            Bucket: `arn:aws:s3:::${replica}`,
            StorageClass: "STANDARD_IA",
            EncryptionConfiguration: {
              ReplicaKmsKeyID: configuration?.rule[0]?.destination.encryption_configuration.replica_kms_key_id,
            },
          },
        },
      ],
    });
  });
});

describe("a bucket", () => {
  const retraining = stack("retraining-local");
  const Bucket = output(retraining, "data_bucket_name");
  const Key = `${output(retraining, "trigger_prefix")}read-me.txt`;

  const training = new Twin(clientSettings(address), output(retraining, "training_role_arn"));

  beforeAll(() => s3.send(new PutObjectCommand({ Bucket, Key, Body: "labelled" })));
  afterAll(() => training.remove());

  test("is read over TLS by who may, and by nobody over plain HTTP", async () => {
    const credentials = await training.credentials();
    const overTls = new S3Client(clientSettings(address, credentials));
    const { Body: body } = await overTls.send(new GetObjectCommand({ Bucket, Key }));
    await expect(body?.transformToString()).resolves.toBe("labelled");
    const overHttp = new S3Client({ ...plainSettings(plainAws, credentials), forcePathStyle: true });
    await expect(overHttp.send(new GetObjectCommand({ Bucket, Key }))).rejects.toThrow(
      `is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${Bucket}/${Key}" with an explicit deny in a resource-based policy`,
    );
  });

  test("is not read by somebody without a name", async () => {
    const response = await fetch(`${plainAws}/${Bucket}/${Key}`);
    expect(response.status).toBe(403);
  });
});

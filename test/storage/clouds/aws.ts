import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Grantee, Principal } from "../../../lib/core/grant";
import type { AwsPrincipal } from "../../../lib/identity/aws/principal";
import { AwsRole } from "../../../lib/identity/aws/role";
import { trustService } from "../../../lib/identity/aws/trust";
import { AwsBucket, type IAwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import type { LifecycleRule } from "../../../lib/storage/lifecycle";
import type { LifecycleFilter } from "../../../lib/storage/lifecycle-filter";
import type { NoncurrentVersions } from "../../../lib/storage/noncurrent";
import type { ObjectRetention, RetentionMode } from "../../../lib/storage/retention";
import { StorageTier } from "../../../lib/storage/tier";
import type { Template } from "../../../lib/testing/template";
import { statementsOf } from "../../support/policies";
import type { AnyBucket, BucketCloud } from "./cloud";

const any = (bucket: IAwsBucket): AnyBucket => ({
  path: bucket.path,
  bucketName: bucket.bucketName,
  grant: (verb, to: Grantee<Principal>, prefix) => bucket.grants[verb](to as Grantee<AwsPrincipal>, { prefix }),
});

interface S3Filter {
  readonly prefix?: string;
  readonly tag?: readonly { readonly key: string; readonly value: string }[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly object_size_greater_than?: number;
  readonly object_size_less_than?: number;
}

interface S3Rule {
  readonly id: string;
  readonly filter: readonly (S3Filter & { readonly and?: readonly S3Filter[] })[];
  readonly transition?: readonly { readonly days: number; readonly storage_class: string }[];
  readonly expiration?: readonly { readonly days: number }[];
  readonly abort_incomplete_multipart_upload?: unknown;
  readonly noncurrent_version_transition?: readonly {
    readonly noncurrent_days: number;
    readonly storage_class: string;
  }[];
  readonly noncurrent_version_expiration?: readonly {
    readonly noncurrent_days: number;
    readonly newer_noncurrent_versions?: number;
  }[];
}

const TIER_OF: Readonly<Record<string, StorageTier>> = {
  STANDARD_IA: StorageTier.COOL,
  GLACIER_IR: StorageTier.COLD,
  GLACIER: StorageTier.ARCHIVE,
};
const tierOf = (storageClass: string): StorageTier => TIER_OF[storageClass] ?? StorageTier.HOT;

const rulesOf = (template: Template): readonly S3Rule[] =>
  template.only(S3BucketLifecycleConfiguration).get("rule") as readonly S3Rule[];

function readFilter({ filter: [one = {}] }: S3Rule): LifecycleFilter {
  const { prefix, tag, tags, ...sizes } = one.and?.[0] ?? one;
  const all = { ...Object.fromEntries((tag ?? []).map(({ key, value }) => [key, value])), ...tags };
  const { object_size_greater_than: above, object_size_less_than: below } = sizes;
  return {
    ...(prefix && { prefix }),
    ...(Object.keys(all).length > 0 && { tags: all }),
    ...(above !== undefined && { minimumSizeBytes: above + 1 }),
    ...(below !== undefined && { maximumSizeBytes: below - 1 }),
  };
}

const lifecycle = (template: Template): readonly LifecycleRule[] =>
  rulesOf(template)
    .filter(({ id }) => id !== "housekeeping")
    .map((rule) => ({
      ...(rule.id === "archive-rule" && { id: rule.id }),
      ...readFilter(rule),
      ...(rule.transition?.[0] && {
        transitions: rule.transition.map(({ days, storage_class }) => ({
          tier: tierOf(storage_class),
          afterDays: days,
        })),
      }),
      ...(rule.expiration && { expireAfterDays: rule.expiration[0]?.days }),
    }));

const housekeeping = (template: Template): Partial<S3Rule> =>
  rulesOf(template).find(({ id }) => id === "housekeeping") ?? {};

function versions(template: Template): NoncurrentVersions {
  const { noncurrent_version_transition: moves, noncurrent_version_expiration: [end] = [] } = housekeeping(template);
  return {
    ...(moves && {
      transitions: moves.map(({ noncurrent_days, storage_class }) => ({
        tier: tierOf(storage_class),
        afterDays: noncurrent_days,
      })),
    }),
    ...(end && { expireAfterDays: end.noncurrent_days }),
    ...(end?.newer_noncurrent_versions && { keepNewest: end.newer_noncurrent_versions }),
  };
}

function retention(template: Template): ObjectRetention | undefined {
  const [lock] = template.all(S3BucketObjectLockConfigurationA);
  if (lock === undefined) return undefined;
  const { mode, days } = lock.get("rule.default_retention") as { readonly mode: string; readonly days: number };
  return { minimumDays: days, mode: mode.toLowerCase() as RetentionMode };
}

const ARN = "${aws_s3_bucket.pos_A02B06CA.arn}";

export const AWS: BucketCloud = {
  name: "AWS",
  provider: (stack, alias) => new AwsProvider(stack, alias ?? "provider", { region: "eu-west-1", alias }),
  providerType: "aws",
  make: (scope, id, props) => any(new AwsBucket(scope, id, props)),
  refer: (scope, id) =>
    any(
      AwsBucket.fromBucketAttributes(scope, id, {
        bucketName: "acme-legacy",
        encryption: BucketEncryption.s3Managed(),
      }),
    ),
  principal: (scope, id) => new AwsRole(scope, id, { trust: trustService("lambda.amazonaws.com") }),
  privacy: (template) => template.only(S3BucketPublicAccessBlock).attributes,
  private: {
    block_public_acls: true,
    block_public_policy: true,
    bucket: "${aws_s3_bucket.pos_A02B06CA.bucket}",
    ignore_public_acls: true,
    restrict_public_buckets: true,
  },
  encryption: (template) => template.only(S3BucketServerSideEncryptionConfigurationA).get("rule"),
  encrypted: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
  versioning: (template) => template.only(S3BucketVersioningA).get("versioning_configuration"),
  versioned: { status: "Enabled" },
  transport: (template) =>
    statementsOf(template.only(S3BucketPolicy).get("policy")).map(({ Effect, Action, Principal: who, Condition }) => ({
      Effect,
      Action,
      Principal: who,
      Condition,
    })),
  tlsOnly: [
    {
      Effect: "Deny",
      Action: "s3:*",
      Principal: { AWS: "*" },
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Effect: "Deny",
      Action: "s3:*",
      Principal: { AWS: "*" },
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ],
  guards: (template) => ({
    preventDestroy: template.all(S3Bucket).map((block) => block.has("lifecycle.prevent_destroy")),
    native: { force_destroy: template.only(S3Bucket).get("force_destroy") },
  }),
  kept: { preventDestroy: [true], native: { force_destroy: false } },
  removable: { preventDestroy: [false], native: { force_destroy: true } },
  lifecycle,
  versions,
  retention,
  refused: {},
  noncurrentDays: (template) => housekeeping(template).noncurrent_version_expiration,
  abortDays: (template) => housekeeping(template).abort_incomplete_multipart_upload,
  tags: (template) => template.only(S3Bucket).get("tags"),
  tagged: { CostCenter: "Data 42", Environment: "prod", Owner: "Sales @ Co" },
  nameOf: (template) => template.only(S3Bucket).get("bucket"),
  names: {
    generated: "lake-pos-",
    longest: 63,
    rule: "3-63 lower-case letters, digits, dots or hyphens",
  },
  granted: (template) =>
    template.all(IamRolePolicy).flatMap((block) =>
      statementsOf(block.get("policy")).map(({ Action, Resource, Condition }) => ({
        Action,
        Resource,
        ...(Condition && { Condition }),
      })),
    ),
  grants: {
    read: {
      whole: [
        { Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: [`${ARN}/*`] },
        { Action: ["s3:ListBucket"], Resource: [ARN] },
      ],
      below: [
        { Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: [`${ARN}/raw/*`] },
        { Action: ["s3:ListBucket"], Resource: [ARN], Condition: { StringLike: { "s3:prefix": "raw/*" } } },
      ],
    },
    write: {
      whole: [{ Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: [`${ARN}/*`] }],
      below: [{ Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: [`${ARN}/raw/*`] }],
    },
    delete: {
      whole: [{ Action: ["s3:DeleteObject"], Resource: [`${ARN}/*`] }],
      below: [{ Action: ["s3:DeleteObject"], Resource: [`${ARN}/raw/*`] }],
    },
  },
  addresses: [
    "aws_iam_role.delete_1CCE71FF",
    "aws_iam_role.read_01E76452",
    "aws_iam_role.write_BABD5EC8",
    "aws_iam_role_policy.delete_delete-pos-0177a2ae_6249C15E",
    "aws_iam_role_policy.read_read-pos-0177a2ae_D99757E3",
    "aws_iam_role_policy.write_write-pos-0177a2ae_10480EBF",
    "aws_s3_bucket.pos_A02B06CA",
    "aws_s3_bucket_lifecycle_configuration.pos_Lifecycle_D64398C8",
    "aws_s3_bucket_notification.pos_Notification_B30A039B",
    "aws_s3_bucket_ownership_controls.pos_Ownership_072B6205",
    "aws_s3_bucket_policy.pos_Policy_BF2C0CE0",
    "aws_s3_bucket_public_access_block.pos_PublicAccessBlock_503ACD0E",
    "aws_s3_bucket_server_side_encryption_configuration.pos_Encryption_A397F224",
    "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6",
  ],
};

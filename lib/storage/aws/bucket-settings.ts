import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { placed } from "../../core/placement";

/** The four ways in which a bucket could be opened to everybody, all shut. */
export const blockPublicAccess = (bucket: Construct, bucketName: string): S3BucketPublicAccessBlock =>
  new S3BucketPublicAccessBlock(
    bucket,
    "PublicAccessBlock",
    placed(bucket, {
      bucket: bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
  );

/** Whoever wrote an object, it belongs to the bucket's account; access control lists mean nothing. */
export function disableAcls(bucket: Construct, bucketName: string): S3BucketOwnershipControls {
  const rule = { objectOwnership: "BucketOwnerEnforced" };
  return new S3BucketOwnershipControls(bucket, "Ownership", placed(bucket, { bucket: bucketName, rule }));
}

/** Versions from the first object on. */
export function keepVersions(bucket: Construct, bucketName: string): S3BucketVersioning {
  const versioningConfiguration = { status: "Enabled" };
  const config = placed(bucket, { bucket: bucketName, versioningConfiguration });
  return new S3BucketVersioning(bucket, "Versioning", config);
}

/** What encrypts objects that come without a word about it: the key, or else keys of S3's own. */
export function encrypt(bucket: Construct, bucketName: string, keyArn: string | undefined): S3BucketEncryption {
  const withKey = {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
    bucketKeyEnabled: true,
  };
  const s3Managed = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  const rule = [keyArn === undefined ? s3Managed : withKey];
  return new S3BucketEncryption(bucket, "Encryption", placed(bucket, { bucket: bucketName, rule }));
}

/** Rules for noncurrent versions mean nothing before there are versions. */
export const applyLifecycle = (
  bucket: Construct,
  bucketName: string,
  rule: S3BucketLifecycleConfigurationRule[],
  versioning: S3BucketVersioning,
): S3BucketLifecycleConfiguration =>
  new S3BucketLifecycleConfiguration(
    bucket,
    "Lifecycle",
    placed(bucket, { bucket: bucketName, rule, dependsOn: [versioning] }),
  );

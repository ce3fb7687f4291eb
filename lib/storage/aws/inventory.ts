import {
  S3BucketInventory,
  type S3BucketInventoryDestinationBucket,
} from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { given, having, keyPrefix, object, oneOf } from "../../core/checks";
import { placed } from "../../core/placement";
import type { IAwsBucket, OwnBucket } from "./own-or-referred";
import { besideProblems, literalArn, waitForPolicies, type Standing } from "./written-beside";

/** How often a list of all objects is made; S3 knows no other. */
export const InventoryFrequency = { DAILY: "daily", WEEKLY: "weekly" } as const;
export type InventoryFrequency = (typeof InventoryFrequency)[keyof typeof InventoryFrequency];

/** What the list is written in; S3 Batch Operations read CSV. */
export const InventoryFormat = { PARQUET: "parquet", ORC: "orc", CSV: "csv" } as const;
export type InventoryFormat = (typeof InventoryFormat)[keyof typeof InventoryFormat];

/** A list of all objects and versions of a bucket, with class, size, encryption, replication and lock. */
export interface BucketInventory {
  /** Where the lists go, below `inventory/`: of the same account and region. */
  readonly destination: IAwsBucket;
  /** @default InventoryFrequency.WEEKLY */
  readonly frequency?: InventoryFrequency;
  /** @default InventoryFormat.PARQUET */
  readonly format?: InventoryFormat;
  /** Objects below it alone. @default - the whole bucket */
  readonly prefix?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Schedule.html */
const FREQUENCY: Record<InventoryFrequency, string> = {
  [InventoryFrequency.DAILY]: "Daily",
  [InventoryFrequency.WEEKLY]: "Weekly",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryS3BucketDestination.html */
const FORMAT: Record<InventoryFormat, string> = {
  [InventoryFormat.PARQUET]: "Parquet",
  [InventoryFormat.ORC]: "ORC",
  [InventoryFormat.CSV]: "CSV",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html */
const FIELDS = [
  "Size",
  "LastModifiedDate",
  "StorageClass",
  "ETag",
  "IsMultipartUploaded",
  "ReplicationStatus",
  "EncryptionStatus",
  "ObjectLockRetainUntilDate",
  "ObjectLockMode",
  "ObjectLockLegalHoldStatus",
  "IntelligentTieringAccessTier",
  "BucketKeyStatus",
  "ChecksumAlgorithm",
];

const LIST_PREFIX = "inventory";

/** The problems of an inventory of a bucket that stands somewhere. */
export const inventoryProblems = (source: Standing, inventory: BucketInventory | undefined): readonly string[] =>
  given(inventory, (value) => {
    const shape = object("inventory", value);
    if (shape.length > 0) return shape;
    const { destination, frequency, format, prefix } = value;
    const bucket = having("inventory.destination", destination, "allowService", "a bucket of S3, own or referred to");
    return [
      ...bucket,
      ...(bucket.length > 0 ? [] : besideProblems("inventory.destination", source, destination)),
      ...given(frequency, (one) => oneOf("inventory.frequency", one, Object.values(InventoryFrequency))),
      ...given(format, (one) => oneOf("inventory.format", one, Object.values(InventoryFormat))),
      ...given(prefix, (one) => keyPrefix("inventory.prefix", one)),
    ];
  });

/** The lists of a bucket, which its destination admits first. */
export function takeInventory(source: OwnBucket, inventory: BucketInventory): S3BucketInventory {
  const { destination, frequency = InventoryFrequency.WEEKLY, prefix } = inventory;
  const policies = destination.allowService({
    service: "s3.amazonaws.com",
    sourceArn: literalArn(source, destination),
    prefix: `${LIST_PREFIX}/`,
  });
  const resource = new S3BucketInventory(
    source,
    "Inventory",
    placed(source, {
      bucket: source.bucketName,
      name: LIST_PREFIX,
      includedObjectVersions: "All",
      optionalFields: [...FIELDS],
      schedule: { frequency: FREQUENCY[frequency] },
      ...(prefix !== undefined && { filter: { prefix } }),
      destination: { bucket: target(source, inventory) },
    }),
  );
  waitForPolicies(resource, policies);
  return resource;
}

/** Where the lists go, encrypted as their bucket says. */
const target = (
  { accountId }: OwnBucket,
  { destination: { bucketArn, keyArn }, format = InventoryFormat.PARQUET }: BucketInventory,
): S3BucketInventoryDestinationBucket => ({
  bucketArn,
  format: FORMAT[format],
  prefix: LIST_PREFIX,
  ...(accountId !== undefined && { accountId }),
  encryption: keyArn === undefined ? { sseS3: {} } : { sseKms: { keyId: keyArn } },
});

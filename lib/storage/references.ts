import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { Delivery, ObjectFilter } from "./delivery";

/** An S3 bucket as other constructs are given it: identifiers only. */
export interface AwsBucketRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The customer-managed key of its objects. */
  readonly keyArn?: string;
  /** Whether it is known to keep versions of its objects: always for an own bucket, said of one that is referred to. */
  readonly versioned: boolean;
  /** Whether its objects are locked for a time (retention): known of an own bucket, said of one that is referred to. */
  readonly locked?: boolean;
  /** What switches the versions of an own bucket on: replication in the same stack waits for it. */
  readonly versioning?: ITerraformDependable & IConstruct;
}

/** A directory bucket of S3 as other constructs are given it: identifiers only. */
export interface AwsDirectoryBucketRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  /** With its zone: `training--use1-az4--x-s3`. */
  readonly bucketName: string;
  readonly bucketArn: string;
  /** Id of its availability zone: compute belongs beside it. */
  readonly zoneId: string;
}

/** New objects of an S3 bucket as an event source; the consumer renders what delivers them. */
export interface AwsObjectsCreated extends ObjectFilter {
  readonly bucket: AwsBucketRef;
  readonly delivery: Delivery;
  /** Adds a queue to the bucket's own notification; there is one only for {@link Delivery.DIRECT}. */
  readonly notify?: (queue: NotifiedQueue) => void;
}

/** A queue that a bucket notifies itself. */
export interface NotifiedQueue extends ObjectFilter {
  readonly id: string;
  readonly queueArn: string;
  /** The policy that lets S3 send: S3 tries the queue when the notification is written. */
  readonly policy: ITerraformDependable;
}

/** A storage account of Azure as other constructs are given it: identifiers only. */
export interface AzureStorageAccountRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly accountName: string;
  /** Its resource id. */
  readonly accountId: string;
  /** Resource id of its resource group. */
  readonly resourceGroupId: string;
  /** Such as `https://acmelake.blob.core.windows.net/`. */
  readonly blobEndpoint: string;
  /** Such as `acmelake.dfs.core.windows.net`, of an account with a hierarchical namespace. */
  readonly dataLakeHost?: string;
  /** Whether it has a hierarchical namespace. @default - not known, of one that is only referred to */
  readonly hierarchical?: boolean;
  /** Whether its blobs have versions. @default - not known, of one that is only referred to */
  readonly versioned?: boolean;
  /** Whether it keeps a record of all changes (change feed). An own account does once somebody needs it. @default - not known */
  readonly changeFeed?: boolean;
}

/** A blob container of Azure as other constructs are given it: identifiers only. */
export interface AzureBucketRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  /** The container's name within its account. */
  readonly bucketName: string;
  /** Resource id of the container, the scope of what is granted on it. */
  readonly containerId: string;
  /** `abfss://<container>@<account>.dfs.core.windows.net/` in a hierarchical namespace, else `https://<account>.blob.core.windows.net/<container>/`. */
  readonly url: string;
  readonly account: AzureStorageAccountRef;
}

/** Where Event Grid publishes what happens in a storage account: Azure has one system topic for an account. */
export interface AzureEventTopicRef {
  readonly topicName: string;
  readonly resourceGroupName: string;
  /** Object id of its managed identity, as which it delivers. */
  readonly principalId: string;
}

/** Which new blobs are meant besides prefix and suffix. */
export interface AzureObjectFilter extends ObjectFilter {
  /** Content types such as `text/csv`; the first characters do. Events tell no blob index tags. @default - any */
  readonly contentTypes?: readonly string[];
}

/** New blobs of a container as an event source; the consumer renders what delivers them. */
export interface AzureObjectsCreated extends AzureObjectFilter {
  readonly bucket: AzureBucketRef;
  readonly topic: AzureEventTopicRef;
}

/** A bucket of Cloud Storage as other constructs are given it: identifiers only. */
export interface GoogleBucketRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly bucketName: string;
  /** `gs://<bucketName>` */
  readonly url: string;
  /** Region, dual-region or multi-region, such as `europe-west1` or `EU`. */
  readonly location: string;
  /** Resource name of the customer-managed key of its objects. */
  readonly keyName?: string;
}

/** A topic of Pub/Sub that a bucket tells its news. */
export interface NotifiedTopic {
  /** Path of the construct that stands for it. */
  readonly path: string;
  /** Its resource name: `projects/<project>/topics/<topic>`. */
  readonly topicName: string;
}

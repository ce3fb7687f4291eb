import { Construct } from "constructs";
import { assertValid } from "../../core/errors";
import { nameProblems } from "../../core/names";
import type { AzureBucketRef, AzureObjectFilter, AzureObjectsCreated, AzureStorageAccountRef } from "../references";
import { ForeignEvents, type AccountEvents } from "./account-events";
import { AzureBucketGrants } from "./bucket-grants";
import { CONTAINER_NAME } from "./container-name";
import { newObjects } from "./object-events";
import { locate, locatorProblems, type AccountLocator } from "./referred-account";

/** What has to be known of an existing container. */
export interface AzureBucketAttributes extends AccountLocator {
  /** The container's name within its account. */
  readonly bucketName: string;
}

/** The resource id of a container. */
export const containerId = (accountId: string, bucketName: string): string =>
  `${accountId}/blobServices/default/containers/${bucketName}`;

/** Where the blobs of a container are, in the words of what reads them: Spark takes `abfss`, and directories need it. */
export const containerUrl = ({ blobEndpoint, dataLakeHost }: AzureStorageAccountRef, bucketName: string): string =>
  dataLakeHost === undefined ? `${blobEndpoint}${bucketName}/` : `abfss://${bucketName}@${dataLakeHost}/`;

/** A container that exists and is not ours to change. */
export class ReferredBucket extends Construct implements AzureBucketRef {
  public readonly path: string;
  public readonly bucketName: string;
  public readonly containerId: string;
  public readonly url: string;
  public readonly account: AzureStorageAccountRef;
  public readonly grants: AzureBucketGrants;
  private readonly events: AccountEvents;

  public constructor(scope: Construct, id: string, attributes: AzureBucketAttributes) {
    super(scope, id);
    const { bucketName } = attributes;
    assertValid(this, [...nameProblems("bucketName", bucketName, CONTAINER_NAME), ...locatorProblems(attributes)]);
    this.path = this.node.path;
    this.bucketName = bucketName;
    this.account = locate(this, attributes);
    this.containerId = containerId(this.account.accountId, bucketName);
    this.url = containerUrl(this.account, bucketName);
    this.grants = new AzureBucketGrants(this, this);
    this.events = new ForeignEvents(attributes.accountName, attributes.eventTopic);
  }

  public objectsCreated(filter: AzureObjectFilter = {}): AzureObjectsCreated {
    return newObjects(this, this, this.events, filter);
  }
}

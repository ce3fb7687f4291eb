import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import type { StorageContainerImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy";
import { Construct } from "constructs";
import { given, having, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { DataRemoval, destroysData, keptUnless } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagProblems } from "../../core/tags";
import { placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import { bucketProblems, type BucketProps } from "../bucket";
import type { AzureBucketRef, AzureObjectFilter, AzureObjectsCreated } from "../references";
import { retentionProblems } from "../retention";
import { retainBlobs } from "./blob-retention";
import { AzureBucketGrants } from "./bucket-grants";
import { CONTAINER_NAME } from "./container-name";
import { hierarchicalProblems } from "./hierarchical";
import { azureLifecycle, otherAbortProblems } from "./lifecycle";
import { newObjects } from "./object-events";
import { containerUrl, ReferredBucket, type AzureBucketAttributes } from "./referred-bucket";
import { AccountReplication } from "./replication";
import { snapshotProblems, type BlobSnapshots } from "./snapshots";
import { AzureStorageAccount, type IAzureStorageAccount } from "./storage-account";

/** A blob container: private, encrypted, versioned, TLS only, kept. */
export interface AzureBucketProps extends BucketProps, AzurePlacementProps {
  /**
   * The account that it is put into; network, replication and versions are the account's. It may stand in another stack.
   * @default - an account of its own, with every default
   */
  readonly account?: IAzureStorageAccount;
  /** What happens to snapshots of blobs. @default - they stay as they are */
  readonly snapshots?: BlobSnapshots;
}

/** The provider's resources of a bucket besides its container, each for overrides and moves. */
export interface AzureBucketResources {
  /** There where the bucket has a retention. */
  readonly retention?: StorageContainerImmutabilityPolicy;
}

/** A container of Azure, own or referred to. */
export interface IAzureBucket extends AzureBucketRef {
  readonly grants: AzureBucketGrants;
  /** News of what is written, for any number of listeners in any stack. */
  objectsCreated(filter?: AzureObjectFilter): AzureObjectsCreated;
}

/** A blob container of Azure. Its lifecycle is written into the one management policy of its account. */
export class AzureBucket extends Construct implements IAzureBucket {
  /** Refers to a container that exists; nothing of it is written. */
  public static fromBucketAttributes(scope: Construct, id: string, attributes: AzureBucketAttributes): IAzureBucket {
    return new ReferredBucket(scope, id, attributes);
  }

  public readonly path: string;
  public readonly bucketName: string;
  public readonly containerId: string;
  public readonly url: string;
  public readonly account: IAzureStorageAccount;
  /** The account that was made for this bucket alone. */
  public readonly ownAccount?: AzureStorageAccount;
  public readonly grants: AzureBucketGrants;
  public readonly resource: StorageContainer;
  public readonly resources: AzureBucketResources;

  public constructor(scope: Construct, id: string, props: AzureBucketProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...azureBucketProblems(this, props)]);
    const destroys = destroysData(this, props);
    const name = props.bucketName ?? physicalName(this, CONTAINER_NAME);
    if (props.account === undefined) this.account = this.ownAccount = this.createAccount(props, destroys);
    else this.account = props.account;
    claim(this, StorageContainer.tfResourceType, `${this.account.path}/${name}`);
    this.resource = this.createContainer(name, destroys);
    this.path = this.node.path;
    this.bucketName = this.resource.name;
    this.containerId = this.resource.id;
    this.url = containerUrl(this.account, this.bucketName);
    this.account.managementPolicy.add(this, name, props);
    this.resources = {
      retention: props.retention && retainBlobs(this, this.containerId, props.retention, destroys),
    };
    this.grants = new AzureBucketGrants(this, this);
  }

  public objectsCreated(filter: AzureObjectFilter = {}): AzureObjectsCreated {
    return newObjects(this, this, this.account.events, filter);
  }

  private createContainer(name: string, destroys: boolean): StorageContainer {
    const storageAccountId = this.account.accountId;
    const config = { name, storageAccountId, containerAccessType: "private", ...keptUnless(destroys) };
    return new StorageContainer(this, "Resource", placedGlobally(this, config));
  }

  /** The bucket has turned the keys already, and has said what is missing. */
  private createAccount(props: AzureBucketProps, destroys: boolean): AzureStorageAccount {
    const { resourceGroupName, location, provider, tags } = props;
    const dataRemoval = destroys ? DataRemoval.DESTROY : DataRemoval.KEEP;
    return new AzureStorageAccount(this, "Account", { resourceGroupName, location, provider, tags, dataRemoval });
  }
}

function azureBucketProblems(scope: Construct, props: AzureBucketProps): string[] {
  const { account, abortIncompleteUploadsAfterDays } = props;
  const shape = given(account, (value) =>
    having("account", value, "managementPolicy", "an AzureStorageAccount, own or referred to"),
  );
  const replication =
    account === undefined ? AccountReplication.GRS : shape.length > 0 ? undefined : account.replication;
  return [
    ...shape,
    ...bucketProblems(props, azureLifecycle(replication)),
    ...otherAbortProblems(abortIncompleteUploadsAfterDays),
    ...snapshotProblems(props.snapshots, azureLifecycle(replication)),
    ...retentionProblems(scope, props),
    ...(shape.length === 0 && account?.hierarchical === true ? hierarchicalProblems(props) : []),
    ...given(props.bucketName, (name) => nameProblems("bucketName", name, CONTAINER_NAME)),
    ...tagProblems("tags", props.tags),
    ...(account === undefined ? [] : accountsOwnProblems(props)),
  ];
}

/** What only an account has cannot be said of a bucket in an account that is given. */
const accountsOwnProblems = (props: AzureBucketProps): string[] =>
  (["tags", "resourceGroupName", "location"] as const).flatMap((name) =>
    given(props[name], (value) => [problem(name, "left to the account, where an account is given", value)]),
  );

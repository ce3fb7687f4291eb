import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { given, oneOf } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { environmentProvider } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import type { AzureStorageAccountRef } from "../references";
import { ACCOUNT_NAME } from "./account-name";
import { OwnedManagementPolicy, type ManagementPolicy } from "./management-policy";
import { networkProblems, StorageNetwork } from "./network";
import { expectOfProvider } from "./provider-settings";
import { ReferredAccount, type AzureStorageAccountAttributes } from "./referred-account";
import { AccountReplication } from "./replication";

/** A storage account: no shared keys, no public address, TLS 1.2, versioned, soft delete, kept. */
export interface AzureStorageAccountProps extends DataRemovalProps, AzurePlacementProps {
  /** @default - derived from the construct path, within 24 characters */
  readonly accountName?: string;
  /** Where the copies are; a change between those with and without zones makes a new account. @default AccountReplication.GRS */
  readonly replication?: AccountReplication;
  /** From where the data can be reached. @default StorageNetwork.closed() */
  readonly network?: StorageNetwork;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A storage account of Azure, own or referred to: what an `AzureBucket` is put into. */
export interface IAzureStorageAccount extends AzureStorageAccountRef {
  /** Where the lifecycle of its buckets is written. */
  readonly managementPolicy: ManagementPolicy;
  /** @default - not known, of an account that is only referred to */
  readonly replication?: AccountReplication;
}

/** The provider's resources of an account besides itself, each for overrides and moves. */
export interface AzureStorageAccountResources {
  /** There once the account has a bucket. */
  readonly managementPolicy?: StorageManagementPolicy;
}

/** Days in which a deleted blob, or a deleted version of one, can be had back. */
const SOFT_DELETE_BLOB_DAYS = 7;
/** Days in which a deleted container can be had back. */
const SOFT_DELETE_CONTAINER_DAYS = 30;
/** Longest life of a signed URL, as `d.hh:mm:ss`. */
const LONGEST_SAS = "1.00:00:00";

/**
 * A storage account of Azure, for any number of `AzureBucket`s: what S3 and Google say of a bucket (versions, soft
 * delete, network, replication), Azure says of the account. It has no customer-managed key yet: Azure's own keys
 * encrypt twice, in the service and below it.
 */
export class AzureStorageAccount extends Construct implements IAzureStorageAccount {
  /** Refers to an account that exists; nothing of it is written. */
  public static fromAccountAttributes(
    scope: Construct,
    id: string,
    attributes: AzureStorageAccountAttributes,
  ): IAzureStorageAccount {
    return new ReferredAccount(scope, id, attributes);
  }

  public readonly path: string;
  public readonly accountName: string;
  public readonly accountId: string;
  public readonly resourceGroupId: string;
  public readonly blobEndpoint: string;
  public readonly replication: AccountReplication;
  public readonly managementPolicy: OwnedManagementPolicy;
  public readonly resource: StorageAccount;

  public constructor(scope: Construct, id: string, props: AzureStorageAccountProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...accountProblems(props)]);
    const network = props.network ?? StorageNetwork.closed();
    this.replication = props.replication ?? AccountReplication.GRS;
    this.resource = this.create(props, network);
    this.path = this.node.path;
    this.accountName = this.resource.name;
    this.accountId = this.resource.id;
    this.resourceGroupId = Token.asString(Fn.element(Fn.split("/providers/", this.accountId), 0));
    this.blobEndpoint = this.resource.primaryBlobEndpoint;
    this.managementPolicy = new OwnedManagementPolicy(this, this.accountId);
    expectOfProvider({
      account: this,
      provider: props.provider ?? environmentProvider(this, "azure"),
      isPublic: network.isPublic,
    });
  }

  public get resources(): AzureStorageAccountResources {
    return { managementPolicy: this.managementPolicy.resource };
  }

  private create(props: AzureStorageAccountProps, network: StorageNetwork): StorageAccount {
    const destroys = destroysData(this, props);
    return new StorageAccount(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.accountName ?? physicalName(this, ACCOUNT_NAME),
        ...azurePlace(this, props),
        accountKind: "StorageV2",
        accountTier: "Standard",
        accountReplicationType: this.replication,
        accessTier: "Hot",
        ...KEYLESS,
        ...PRIVATE,
        ...networkRules(network),
        infrastructureEncryptionEnabled: true,
        blobProperties: { versioningEnabled: true, ...(destroys ? {} : SOFT_DELETE) },
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }
}

/** Entra is the only way in: no account keys, no SFTP users, and signed URLs that do not last. */
const KEYLESS = {
  sharedAccessKeyEnabled: false,
  defaultToOauthAuthentication: true,
  localUserEnabled: false,
  sasPolicy: { expirationPeriod: LONGEST_SAS, expirationAction: "Log" },
} as const;

/** Nothing for everybody, nothing in the clear, no copies to other tenants. */
const PRIVATE = {
  httpsTrafficOnlyEnabled: true,
  minTlsVersion: "TLS1_2",
  allowNestedItemsToBePublic: false,
  crossTenantReplicationEnabled: false,
} as const;

const SOFT_DELETE = {
  deleteRetentionPolicy: { days: SOFT_DELETE_BLOB_DAYS },
  containerDeleteRetentionPolicy: { days: SOFT_DELETE_CONTAINER_DAYS },
} as const;

const networkRules = ({ isPublic, networks: { ipRanges = [], subnetIds = [] } }: StorageNetwork) => ({
  publicNetworkAccessEnabled: isPublic,
  networkRules: {
    defaultAction: "Deny",
    bypass: ["AzureServices"],
    ...(ipRanges.length > 0 && { ipRules: [...ipRanges] }),
    ...(subnetIds.length > 0 && { virtualNetworkSubnetIds: [...subnetIds] }),
  },
});

const accountProblems = (props: AzureStorageAccountProps): string[] => [
  ...given(props.accountName, (name) => nameProblems("accountName", name, ACCOUNT_NAME)),
  ...given(props.replication, (value) => oneOf("replication", value, Object.values(AccountReplication))),
  ...given(props.network, (network) => networkProblems("network", network)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

import type { EventgridSystemTopic } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic";
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
import type { AzureManagedIdentity } from "../../identity/azure/managed-identity";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import type { AzureStorageAccountRef } from "../references";
import { accountKey, type AccountKey } from "./account-key";
import { ACCOUNT_NAME } from "./account-name";
import { OwnedEvents, type AccountEvents } from "./account-events";
import { BlobService } from "./blob-service";
import { AccountEncryption, encryptionProblems } from "./encryption";
import { OwnedManagementPolicy, type ManagementPolicy } from "./management-policy";
import { AccountNamespace, TenantCopies } from "./namespace";
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
  /** @default AccountEncryption.azureManaged() */
  readonly encryption?: AccountEncryption;
  /** How blobs are kept; a change makes a new account. @default AccountNamespace.FLAT */
  readonly namespace?: AccountNamespace;
  /** Whether blobs may be copied to other tenants; vaulted backups need it. @default TenantCopies.REFUSED */
  readonly tenantCopies?: TenantCopies;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A storage account of Azure, own or referred to: what an `AzureBucket` is put into. */
export interface IAzureStorageAccount extends AzureStorageAccountRef {
  /** Where the lifecycle of its buckets is written. */
  readonly managementPolicy: ManagementPolicy;
  /** @default - not known, of an account that is only referred to */
  readonly replication?: AccountReplication;
  /** Where others switch on what they need of the blobs; an account that is only referred to has none. */
  readonly blobService?: BlobService;
  /** What happens in it, as Event Grid publishes it. */
  readonly events: AccountEvents;
}

/** The provider's resources of an account besides itself, each for overrides and moves. */
export interface AzureStorageAccountResources {
  /** There once the account has a bucket. */
  readonly managementPolicy?: StorageManagementPolicy;
  /** There once somebody listens to a bucket of the account. */
  readonly events?: EventgridSystemTopic;
  /** As whom the account uses its key, if it is not a given one. */
  readonly identity?: AzureManagedIdentity;
}

/** Longest life of a signed URL, as `d.hh:mm:ss`. */
const LONGEST_SAS = "1.00:00:00";

/**
 * A storage account of Azure, for any number of `AzureBucket`s: what S3 and Google say of a bucket (versions, soft
 * delete, network, replication, key), Azure says of the account. Data is encrypted twice, in the service and below it.
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
  public readonly hierarchical: boolean;
  public readonly versioned: boolean;
  public readonly dataLakeHost?: string;
  public readonly replication: AccountReplication;
  public readonly tenantCopies: TenantCopies;
  public readonly blobService: BlobService;
  public readonly events: OwnedEvents;
  public readonly managementPolicy: OwnedManagementPolicy;
  public readonly resource: StorageAccount;
  private readonly key: AccountKey;

  public constructor(scope: Construct, id: string, props: AzureStorageAccountProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...accountProblems(props)]);
    const network = props.network ?? StorageNetwork.closed();
    this.replication = props.replication ?? AccountReplication.GRS;
    this.tenantCopies = props.tenantCopies ?? TenantCopies.REFUSED;
    this.hierarchical = props.namespace === AccountNamespace.HIERARCHICAL;
    this.versioned = !this.hierarchical;
    this.key = accountKey(this, props.encryption ?? AccountEncryption.azureManaged(), props);
    const destroys = destroysData(this, props);
    this.blobService = new BlobService({ versioned: this.versioned, softDelete: !destroys });
    this.resource = this.create(props, network, destroys);
    this.path = this.node.path;
    this.accountName = this.resource.name;
    this.accountId = this.resource.id;
    this.resourceGroupId = Token.asString(Fn.element(Fn.split("/providers/", this.accountId), 0));
    this.blobEndpoint = this.resource.primaryBlobEndpoint;
    if (this.hierarchical) this.dataLakeHost = this.resource.primaryDfsHost;
    this.managementPolicy = new OwnedManagementPolicy(this, this.accountId, this.versioned);
    this.events = new OwnedEvents(this, this.resource, props.tags);
    expectOfProvider({
      account: this,
      provider: props.provider ?? environmentProvider(this, "azure"),
      isPublic: network.isPublic,
    });
  }

  public get resources(): AzureStorageAccountResources {
    const { managementPolicy, events, key } = this;
    return { managementPolicy: managementPolicy.resource, events: events.resource, identity: key.ownIdentity };
  }

  private create(props: AzureStorageAccountProps, network: StorageNetwork, destroys: boolean): StorageAccount {
    const account = new StorageAccount(
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
        crossTenantReplicationEnabled: this.tenantCopies === TenantCopies.ALLOWED,
        ...networkRules(network),
        ...(this.hierarchical && { isHnsEnabled: true }),
        infrastructureEncryptionEnabled: true,
        ...this.key.config,
        blobProperties: this.blobService.properties(),
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
    this.key.before(account);
    this.blobService.attach(account);
    return account;
  }
}

/** Entra is the only way in: no account keys, no SFTP users, and signed URLs that do not last. */
const KEYLESS = {
  sharedAccessKeyEnabled: false,
  defaultToOauthAuthentication: true,
  localUserEnabled: false,
  sasPolicy: { expirationPeriod: LONGEST_SAS, expirationAction: "Log" },
} as const;

/** Nothing for everybody, nothing in the clear. */
const PRIVATE = {
  httpsTrafficOnlyEnabled: true,
  minTlsVersion: "TLS1_2",
  allowNestedItemsToBePublic: false,
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
  ...given(props.encryption, encryptionProblems),
  ...given(props.namespace, (value) => oneOf("namespace", value, Object.values(AccountNamespace))),
  ...given(props.tenantCopies, (value) => oneOf("tenantCopies", value, Object.values(TenantCopies))),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

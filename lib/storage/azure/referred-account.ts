import { Construct } from "constructs";
import { flag, given, having, oneOf, text } from "../../core/checks";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems } from "../../core/names";
import type { AzureEventTopicRef, AzureStorageAccountRef } from "../references";
import { ForeignEvents, type AccountEvents } from "./account-events";
import { ACCOUNT_NAME } from "./account-name";
import { AGREED_POLICY, ForeignManagementPolicy, type ManagementPolicy } from "./management-policy";
import { AccountNamespace } from "./namespace";

/** Where an existing account is. */
export interface AccountLocator {
  readonly accountName: string;
  /** @default - the environment's resource group */
  readonly resourceGroupName?: string;
  /** @default - the environment's subscription */
  readonly subscriptionId?: string;
  /** How its blobs are kept. @default AccountNamespace.FLAT */
  readonly namespace?: AccountNamespace;
  /** Whether its blobs have versions; replication needs them. @default - not known */
  readonly versioned?: boolean;
  /** Whether its change feed is on; replication from it needs that. @default - not known */
  readonly changeFeed?: boolean;
  /** The one system topic of Event Grid that its owner has made for it. @default - not known: nobody can listen */
  readonly eventTopic?: AzureEventTopicRef;
}

/** What has to be known of an existing account. */
export interface AzureStorageAccountAttributes extends AccountLocator {
  /**
   * Whether its owner has added to its management policy the rules of the buckets that are made in it here. Until then
   * a lifecycle is an error that prints the rules to add.
   * @default false
   */
  readonly policyAgrees?: boolean;
}

/** An account that exists and is not ours to change. */
export class ReferredAccount extends Construct implements AzureStorageAccountRef {
  public readonly path: string;
  public readonly accountName: string;
  public readonly accountId: string;
  public readonly resourceGroupId: string;
  public readonly blobEndpoint: string;
  public readonly dataLakeHost?: string;
  public readonly hierarchical: boolean;
  public readonly versioned?: boolean;
  public readonly changeFeed?: boolean;
  public readonly managementPolicy: ManagementPolicy;
  public readonly events: AccountEvents;

  public constructor(scope: Construct, id: string, attributes: AzureStorageAccountAttributes) {
    super(scope, id);
    const { accountName, policyAgrees } = attributes;
    assertValid(this, [...locatorProblems(attributes), ...given(policyAgrees, (value) => flag("policyAgrees", value))]);
    const { accountId, resourceGroupId, blobEndpoint, dataLakeHost, hierarchical } = locate(this, attributes);
    this.path = this.node.path;
    this.accountName = accountName;
    this.accountId = accountId;
    this.resourceGroupId = resourceGroupId;
    this.blobEndpoint = blobEndpoint;
    if (dataLakeHost !== undefined) this.dataLakeHost = dataLakeHost;
    this.hierarchical = hierarchical;
    if (attributes.versioned !== undefined) this.versioned = attributes.versioned;
    if (attributes.changeFeed !== undefined) this.changeFeed = attributes.changeFeed;
    this.events = new ForeignEvents(accountName, attributes.eventTopic);
    this.managementPolicy =
      policyAgrees === true ? AGREED_POLICY : new ForeignManagementPolicy(accountName, !hierarchical);
  }
}

/** The problems of where an account is said to be. */
export const locatorProblems = ({
  accountName,
  resourceGroupName,
  subscriptionId,
  namespace,
  eventTopic,
  ...known
}: AccountLocator): string[] => [
  ...given(known.versioned, (value) => flag("versioned", value)),
  ...given(known.changeFeed, (value) => flag("changeFeed", value)),
  ...nameProblems("accountName", accountName, ACCOUNT_NAME),
  ...given(resourceGroupName, (name) => text("resourceGroupName", name)),
  ...given(subscriptionId, (id) => text("subscriptionId", id)),
  ...given(eventTopic, (topic) =>
    having("eventTopic", topic, "principalId", "a system topic { topicName, resourceGroupName, principalId }"),
  ),
  ...given(namespace, (value) => oneOf("namespace", value, Object.values(AccountNamespace))),
];

/** What is said of an account's place, as identifiers. */
type Located = AzureStorageAccountRef & { readonly hierarchical: boolean };

/** The identifiers of an account, for one construct that refers to it. */
export function locate(
  scope: Construct,
  { accountName, namespace, versioned, changeFeed, ...where }: AccountLocator,
): Located {
  const subscriptionId =
    where.subscriptionId ?? environmentFact(scope, "azure.subscriptionId", ({ azure }) => azure?.subscriptionId);
  const resourceGroupName =
    where.resourceGroupName ??
    environmentFact(scope, "azure.resourceGroupName", ({ azure }) => azure?.resourceGroupName);
  const hierarchical = namespace === AccountNamespace.HIERARCHICAL;
  const resourceGroupId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  return {
    path: scope.node.path,
    accountName,
    accountId: `${resourceGroupId}/providers/Microsoft.Storage/storageAccounts/${accountName}`,
    resourceGroupId,
    blobEndpoint: `https://${accountName}.blob.core.windows.net/`,
    ...(hierarchical && { dataLakeHost: `${accountName}.dfs.core.windows.net` }),
    hierarchical,
    ...(versioned !== undefined && { versioned }),
    ...(changeFeed !== undefined && { changeFeed }),
  };
}

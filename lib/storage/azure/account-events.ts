import { EventgridSystemTopic } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { Construct, IConstruct } from "constructs";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { physicalName, type NameRule } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import type { Tags } from "../../core/tags";
import type { AzureEventTopicRef } from "../references";

/** What happens in an account, as Event Grid publishes it. */
export interface AccountEvents {
  /** The one system topic of the account, for whoever listens. */
  topicFor(listener: IConstruct): AzureEventTopicRef;
}

const TOPIC_NAME: NameRule = {
  rule: "3-50 letters, digits or hyphens",
  pattern: /^[A-Za-z0-9-]{3,50}$/,
  maximum: 50,
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsofteventgrid",
};

/** The topic of an own account, made for its first listener. */
export class OwnedEvents implements AccountEvents {
  public resource?: EventgridSystemTopic;
  private topic?: AzureEventTopicRef;

  public constructor(
    private readonly account: Construct,
    private readonly source: StorageAccount,
    private readonly tags?: Tags,
  ) {
    claim(account, EventgridSystemTopic.tfResourceType, account.node.path);
  }

  public topicFor(): AzureEventTopicRef {
    this.resource ??= this.create();
    this.topic ??= {
      topicName: this.resource.name,
      resourceGroupName: this.resource.resourceGroupName,
      principalId: this.resource.identity.principalId,
    };
    return this.topic;
  }

  /** A topic stands where its source does; with an identity of its own it delivers without keys. */
  private create(): EventgridSystemTopic {
    return new EventgridSystemTopic(
      this.account,
      "Events",
      placedGlobally(this.account, {
        name: physicalName(this.account, TOPIC_NAME, "events"),
        resourceGroupName: this.source.resourceGroupName,
        location: this.source.location,
        sourceResourceId: this.source.id,
        topicType: "Microsoft.Storage.StorageAccounts",
        identity: { type: "SystemAssigned" },
        ...tagsFor(this.account, this.tags),
      }),
    );
  }
}

/** The topic of an account that somebody else owns is not made: Azure has one, and it is there or not. */
export class ForeignEvents implements AccountEvents {
  public constructor(
    private readonly accountName: string,
    private readonly topic?: AzureEventTopicRef,
  ) {}

  public topicFor(listener: IConstruct): AzureEventTopicRef {
    if (this.topic !== undefined) return this.topic;
    throw new ConstructValidationError(listener.node.path, [
      `objectsCreated must be asked of an account whose system topic is known, because Azure has one for an account and "${this.accountName}" is only referred to here; eventTopic: { topicName, resourceGroupName, principalId } says which`,
    ]);
  }
}

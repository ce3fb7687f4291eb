import { EventgridSystemTopicEventSubscription as EventSubscription } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic-event-subscription";
import { Construct } from "constructs";
import { given, having, literal, wholeNumber } from "../../core/checks";
import { DataRemoval } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { AzureManagedIdentity } from "../../identity/azure/managed-identity";
import { AzureBucket, type IAzureBucket } from "../../storage/azure/bucket";
import type { AzureObjectsCreated } from "../../storage/references";
import { CREATED, createdFilter } from "./created-filter";
import type { AzureQueue } from "./queue";

/** News of written blobs, delivered into a queue by Event Grid. */
export interface AzureObjectEventsProps extends PlacementProps {
  /** Such as `pos.objectsCreated({ prefix: "raw/" })`; the bucket may stand in another stack. */
  readonly source: AzureObjectsCreated;
  /** A queue of this app. */
  readonly queue: AzureQueue;
  /** Where events go that could not be delivered. @default - a container of its own beside the queue */
  readonly deadLetters?: IAzureBucket;
  /** Tries until an event is a dead letter, 1 to 30. @default 30 */
  readonly maxAttempts?: number;
  /** Minutes until an event is a dead letter, 1 to 1,440. @default 1440 */
  readonly retryMinutes?: number;
  /** Hours that a message waits in the queue before it is gone. @default 168 */
  readonly messageRetentionHours?: number;
}

const SUBSCRIPTION_NAME: NameRule = {
  rule: "3-64 letters, digits or hyphens",
  pattern: /^[A-Za-z0-9-]{3,64}$/,
  maximum: 64,
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsofteventgrid",
};

/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry#retry-policy */
const RETRIES = { minimum: 1, maximum: 30 };
/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry#retry-policy */
const RETRY_MINUTES = { minimum: 1, maximum: 1440, unit: "minutes" };
/** The service's own, when nothing is said. https://learn.microsoft.com/rest/api/storageservices/put-message */
const MESSAGE_HOURS = 168;
const HOUR_SECONDS = 3600;
/** https://learn.microsoft.com/azure/event-grid/add-identity-roles */
const SENDER = "Storage Queue Data Message Sender";
const WRITER = "Storage Blob Data Contributor";

/**
 * Listens to a bucket: Event Grid delivers as the identity of the account's one system topic, without a key, through
 * the firewall of a closed account.
 */
export class AzureObjectEvents extends Construct {
  public readonly deadLetters: IAzureBucket;
  /** The dead letters, if they are not a given bucket. */
  public readonly ownDeadLetters?: AzureBucket;
  public readonly resource: EventSubscription;

  public constructor(scope: Construct, id: string, props: AzureObjectEventsProps) {
    super(scope, id);
    assertValid(this, [...place(this, "azure", props), ...eventProblems(props)]);
    this.deadLetters = props.deadLetters ?? (this.ownDeadLetters = this.makeDeadLetters(props.queue));
    this.resource = this.subscribe(props);
    this.admit(props);
  }

  /** Beside the queue, in its account. */
  private makeDeadLetters({ account, resource }: AzureQueue): AzureBucket {
    const dataRemoval = resource.lifecycle === undefined ? DataRemoval.DESTROY : DataRemoval.KEEP;
    return new AzureBucket(this, "DeadLetters", { account, dataRemoval });
  }

  private subscribe({ source, queue, ...props }: AzureObjectEventsProps): EventSubscription {
    const { topic } = source;
    return new EventSubscription(
      this,
      "Resource",
      placedGlobally(this, {
        name: physicalName(this, SUBSCRIPTION_NAME),
        systemTopic: topic.topicName,
        resourceGroupName: topic.resourceGroupName,
        eventDeliverySchema: "CloudEventSchemaV1_0",
        includedEventTypes: [CREATED],
        ...createdFilter(source),
        storageQueueEndpoint: {
          storageAccountId: queue.account.accountId,
          queueName: queue.queueName,
          queueMessageTimeToLiveInSeconds: (props.messageRetentionHours ?? MESSAGE_HOURS) * HOUR_SECONDS,
        },
        storageBlobDeadLetterDestination: {
          storageAccountId: this.deadLetters.account.accountId,
          storageBlobContainerName: this.deadLetters.bucketName,
        },
        deliveryIdentity: { type: "SystemAssigned" },
        deadLetterIdentity: { type: "SystemAssigned" },
        retryPolicy: {
          maxDeliveryAttempts: props.maxAttempts ?? RETRIES.maximum,
          eventTimeToLive: props.retryMinutes ?? RETRY_MINUTES.maximum,
        },
      }),
    );
  }

  /** Event Grid tries the queue when it is told of it, so its topic may send before. */
  private admit({ source: { topic }, queue }: AzureObjectEventsProps): void {
    const { principalId } = topic;
    const { grantPrincipal: sender } = AzureManagedIdentity.fromIdentityAttributes(this, "Topic", { principalId });
    const role = (builtIn: string, target: string, scope: string) =>
      sender.allow({ verb: "deliver", target }, { scope, role: { builtIn } }).before(this.resource);
    role(SENDER, queue.path, queue.queueId);
    role(WRITER, this.deadLetters.path, this.deadLetters.containerId);
  }
}

const eventProblems = ({ source, queue, ...props }: AzureObjectEventsProps): string[] => [
  ...having("source", source, "topic", "new objects of a bucket of Azure: bucket.objectsCreated()"),
  ...having("queue", queue, "queueId", "an AzureQueue of this app"),
  ...given(props.deadLetters, (bucket) =>
    having("deadLetters", bucket, "containerId", "an AzureBucket, own or referred to"),
  ),
  ...given(props.maxAttempts, (count) => wholeNumber("maxAttempts", count, RETRIES)),
  ...given(props.retryMinutes, (minutes) => wholeNumber("retryMinutes", minutes, RETRY_MINUTES)),
  ...given(props.messageRetentionHours, (hours) => [
    ...literal("messageRetentionHours", hours),
    ...wholeNumber("messageRetentionHours", hours, { minimum: 1, unit: "hours" }),
  ]),
];

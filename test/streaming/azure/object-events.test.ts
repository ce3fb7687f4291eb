import { EventgridSystemTopic } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic";
import { EventgridSystemTopicEventSubscription as EventSubscription } from "@cdktf/provider-azurerm/lib/eventgrid-system-topic-event-subscription";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import type { App, TerraformStack } from "cdktf";
import { claim } from "../../../lib/core/claim";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { AzureObjectEvents, type AzureObjectEventsProps } from "../../../lib/streaming/azure/object-events";
import { AzureQueue } from "../../../lib/streaming/azure/queue";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { stackOn, templateOn } from "../../storage/clouds/cloud";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const TOPIC = {
  topicName: "acme-events",
  resourceGroupName: "rg-old",
  principalId: "11111111-2222-3333-4444-555555555555",
};
const listen = (stack: TerraformStack, props: Partial<AzureObjectEventsProps> = {}): AzureObjectEvents => {
  const account = new AzureStorageAccount(stack, "lake");
  const source = new AzureBucket(stack, "pos", { account, bucketName: "pos" }).objectsCreated({ prefix: "raw/" });
  return new AzureObjectEvents(stack, "news", { source, queue: new AzureQueue(stack, "queue"), ...props });
};
const errorOf = (build: (stack: TerraformStack, app: App) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app), app)));

describe("news of blobs in a queue", () => {
  const template = templateOn(AZURE, (stack) => void listen(stack));

  test("come from the one topic of the account, which has an identity and no key", () => {
    expect(template.only(EventgridSystemTopic).attributes).toMatchObject({
      identity: { type: "SystemAssigned" },
      name: expect.stringMatching(/^lake-lake-events-[0-9a-f]{8}$/) as string,
      source_resource_id: "${azurerm_storage_account.lake_DBDDD6F6.id}",
      topic_type: "Microsoft.Storage.StorageAccounts",
    });
  });

  test("are of written files below the prefix, not of empty ones, and are tried for a day", () => {
    const { attributes } = template.only(EventSubscription);
    expect(attributes).toMatchObject({
      advanced_filter: { string_not_in: [{ key: "data.api", values: ["CreateFile"] }] },
      dead_letter_identity: { type: "SystemAssigned" },
      delivery_identity: { type: "SystemAssigned" },
      event_delivery_schema: "CloudEventSchemaV1_0",
      included_event_types: ["Microsoft.Storage.BlobCreated"],
      retry_policy: { event_time_to_live: 1440, max_delivery_attempts: 30 },
      storage_queue_endpoint: { queue_message_time_to_live_in_seconds: 604_800 },
    });
    expect(attributes["subject_filter"]).toEqual({
      case_sensitive: true,
      subject_begins_with: "/blobServices/default/containers/${azurerm_storage_container.pos_A02B06CA.name}/blobs/raw/",
    });
  });

  test("are delivered once the topic may send to the queue and keep dead letters, and nothing else", () => {
    const given = template
      .all(RoleAssignment)
      .map(({ attributes }) => [attributes["role_definition_name"], attributes["scope"], attributes["principal_id"]]);
    const principal = expect.stringMatching(/system_topic\.lake_Events_\w+\.identity\[0\]\.principal_id/) as string;
    expect(given).toEqual([
      [
        "Storage Blob Data Contributor",
        expect.stringMatching(/^\$\{azurerm_storage_container\.news_DeadLetters_\w+\.id\}$/),
        principal,
      ],
      [
        "Storage Queue Data Message Sender",
        expect.stringMatching(/\/queueServices\/default\/queues\/\$\{azurerm_storage_queue\.queue_\w+\.name\}$/),
        principal,
      ],
    ]);
    const assignments = template.addresses().filter((address) => address.startsWith("azurerm_role_assignment."));
    expect([...(template.only(EventSubscription).get("depends_on") as string[])].sort()).toEqual(assignments);
  });

  test("take a suffix, content types, retries and dead letters that are said", () => {
    const said = templateOn(AZURE, (stack) => {
      const account = new AzureStorageAccount(stack, "lake");
      const bucket = new AzureBucket(stack, "pos", { account, bucketName: "pos" });
      const deadLetters = new AzureBucket(stack, "dead", { account, bucketName: "dlq" });
      const news = new AzureObjectEvents(stack, "news", {
        source: bucket.objectsCreated({ suffix: ".csv", contentTypes: ["text/csv"] }),
        queue: new AzureQueue(stack, "queue", { account }),
        deadLetters,
        maxAttempts: 3,
        retryMinutes: 10,
        messageRetentionHours: 24,
      });
      expect([news.deadLetters, news.ownDeadLetters]).toEqual([deadLetters, undefined]);
    });
    expect(said.only(EventSubscription).attributes).toMatchObject({
      advanced_filter: { string_begins_with: [{ key: "data.contentType", values: ["text/csv"] }] },
      retry_policy: { event_time_to_live: 10, max_delivery_attempts: 3 },
      storage_queue_endpoint: { queue_message_time_to_live_in_seconds: 86_400 },
      subject_filter: { subject_ends_with: ".csv" },
    });
    expect(said.count(StorageContainer)).toBe(2);
  });
});

describe("listeners", () => {
  test("in other stacks share the account's topic, and wait for its stack alone", () => {
    const app = synthApp((app) => {
      const pos = new AzureBucket(stackOn(AZURE, app), "pos", { bucketName: "pos" });
      for (const name of ["one", "two"]) {
        const stack = stackOn(AZURE, app, name);
        new AzureObjectEvents(stack, "news", { source: pos.objectsCreated(), queue: new AzureQueue(stack, "queue") });
      }
    });
    expect(Template.of(app.stack("lake")).count(EventgridSystemTopic)).toBe(1);
    expect([app.dependencies("lake"), app.dependencies("one"), app.dependencies("two")]).toEqual([
      [],
      ["lake"],
      ["lake"],
    ]);
    for (const name of ["lake", "one", "two"]) expect(danglingReferences(app.stack(name))).toEqual([]);
  });

  test("of what is only referred to use the topic that is there", () => {
    const template = templateOn(AZURE, (stack) => {
      const old = AzureBucket.fromBucketAttributes(stack, "old", {
        accountName: "acmeold",
        bucketName: "pos",
        eventTopic: TOPIC,
      });
      new AzureObjectEvents(stack, "news", { source: old.objectsCreated(), queue: new AzureQueue(stack, "queue") });
    });
    template.none(EventgridSystemTopic);
    expect(template.only(EventSubscription).attributes).toMatchObject({
      resource_group_name: "rg-old",
      system_topic: "acme-events",
    });
  });
});

describe("fails on", () => {
  test("an account that is referred to without its topic", () => {
    const build = (stack: TerraformStack): void => {
      const attributes = { accountName: "acmeold", bucketName: "pos" };
      AzureBucket.fromBucketAttributes(stack, "old", attributes).objectsCreated();
    };
    expect(errorOf(build)).toBe(
      'lake/old has 1 problem\n  objectsCreated must be asked of an account whose system topic is known, because Azure has one for an account and "acmeold" is only referred to here; eventTopic: { topicName, resourceGroupName, principalId } says which',
    );
  });

  test("a second owner of the topic", () => {
    const build = (stack: TerraformStack): void => {
      const account = new AzureStorageAccount(stack, "lake");
      claim(new AzureManagedIdentity(stack, "second"), EventgridSystemTopic.tfResourceType, account.path);
    };
    expect(errorOf(build)).toBe(
      'lake/second has 1 problem\n  azurerm_eventgrid_system_topic of "lake/lake" must have one owner, because the server keeps one and the last writer wins, got lake/lake and lake/second',
    );
  });

  test("a filter that is none", () => {
    const build = (stack: TerraformStack): void => {
      new AzureBucket(stack, "pos").objectsCreated({ prefix: "/raw", contentTypes: [] });
    };
    expect(errorOf(build)).toBe(
      lines(
        "lake/pos has 2 problems",
        '  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
        "  contentTypes must be a list of 1 to 25 content types, got 0",
      ),
    );
  });

  test("every wrong prop at once", () => {
    const props = { source: "pos", queue: "orders", deadLetters: "dlq", maxAttempts: 31, retryMinutes: 0 };
    const build = (stack: TerraformStack): unknown =>
      new AzureObjectEvents(stack, "news", { ...props, messageRetentionHours: 0 } as never);
    expect(errorOf(build)).toBe(
      lines(
        "lake/news has 6 problems",
        '  source must be new objects of a bucket of Azure: bucket.objectsCreated(), got "pos"',
        '  queue must be an AzureQueue of this app, got "orders"',
        '  deadLetters must be an AzureBucket, own or referred to, got "dlq"',
        "  maxAttempts must be a whole number from 1 to 30, got 31",
        "  retryMinutes must be a whole number from 1 to 1440 minutes, got 0",
        "  messageRetentionHours must be a whole number of at least 1 hours, got 0",
      ),
    );
  });
});

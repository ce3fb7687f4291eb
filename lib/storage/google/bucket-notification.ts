import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";
import { Construct } from "constructs";
import { given, having, keyPrefix, list, literal, matching, oneOf, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { GoogleService, GoogleServiceAgent } from "../../identity/google/service-agent";
import type { GoogleBucketRef, NotifiedTopic } from "../references";

/** What may happen to an object. https://cloud.google.com/storage/docs/pubsub-notifications#events */
export const ObjectEvent = {
  /** It was written, for the first time or again. */
  CREATED: "OBJECT_FINALIZE",
  /** A version was removed for good. */
  DELETED: "OBJECT_DELETE",
  /** A version was replaced, or the object deleted: the version stays. */
  ARCHIVED: "OBJECT_ARCHIVE",
  METADATA_UPDATED: "OBJECT_METADATA_UPDATE",
} as const;
export type ObjectEvent = (typeof ObjectEvent)[keyof typeof ObjectEvent];

/** News of objects, on their way to a topic of Pub/Sub. */
export interface BucketNotificationProps extends PlacementProps {
  /** Own or referred to; it takes up to 100 of these. */
  readonly bucket: GoogleBucketRef;
  /** Where they go; Cloud Storage is let in to publish there. */
  readonly topic: NotifiedTopic;
  /** @default - ObjectEvent.CREATED alone */
  readonly events?: readonly ObjectEvent[];
  /** Beginning of the keys; literal. @default - the whole bucket */
  readonly prefix?: string;
}

const TOPIC = /^projects\/[^/]+\/topics\/[^/]+$/;

/** Tells a topic of Pub/Sub what happens to the objects of a bucket, with their metadata as JSON. */
export class BucketNotification extends Construct {
  public readonly resource: StorageNotification;

  public constructor(scope: Construct, id: string, props: BucketNotificationProps) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...notificationProblems(props)]);
    const { bucket, topic, events = [ObjectEvent.CREATED], prefix } = props;
    this.resource = new StorageNotification(
      this,
      "Resource",
      placedGlobally(this, {
        bucket: bucket.bucketName,
        topic: topic.topicName,
        payloadFormat: "JSON_API_V1",
        eventTypes: [...events],
        ...(prefix !== undefined && prefix !== "" && { objectNamePrefix: prefix }),
      }),
    );
    this.letIn(topic);
  }

  /** Cloud Storage tries the topic when the notification is written. One right for all notifications to a topic. */
  private letIn({ path, topicName }: NotifiedTopic): void {
    GoogleServiceAgent.of(this, GoogleService.STORAGE)
      .allow(
        { verb: "publish", target: path },
        {
          role: "roles/pubsub.publisher",
          bind: (scope, id, member) => new PubsubTopicIamMember(scope, id, { ...member, topic: topicName }),
        },
      )
      .before(this.resource);
  }
}

function topicProblems(topic: NotifiedTopic): readonly string[] {
  const shape = having("topic", topic, "path", "a topic with its path and its topicName");
  if (shape.length > 0) return shape;
  const rule = "the resource name of a topic (projects/<project>/topics/<topic>)";
  return [...literal("topic.path", topic.path), ...matching("topic.topicName", topic.topicName, TOPIC, rule)];
}

const notificationProblems = ({ bucket, topic, events, prefix }: BucketNotificationProps): readonly string[] => [
  ...having("bucket", bucket, "url", "a GoogleBucket, own or referred to"),
  ...topicProblems(topic),
  ...given(events, (some) => [
    ...list("events", some, (event, path) => oneOf(path, event, Object.values(ObjectEvent))),
    ...(some.length === 0 ? [problem("events", "at least one event, or left out", some)] : []),
  ]),
  ...given(prefix, (value) => keyPrefix("prefix", value)),
];

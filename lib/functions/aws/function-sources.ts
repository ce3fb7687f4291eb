import type { Construct } from "constructs";
import { problem } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { AwsPlacementProps } from "../../core/placement";
import type { Tags } from "../../core/tags";
import type { AwsObjectsCreated } from "../../storage/references";
import type { KinesisDataStream } from "../../streaming/aws/kinesis-data-stream";
import type { AwsQueue } from "../../streaming/aws/queue";
import {
  objectSourceId,
  ObjectEventSource,
  type EventConsumer,
  type ObjectEventSourceOptions,
} from "./object-event-source";
import { QueueEventSource, type QueueEventSourceOptions } from "./queue-event-source";
import { sourceId } from "./source-id";
import { StreamEventSource, type StreamEventSourceOptions } from "./stream-event-source";

/** What a function can be run on: new objects of a bucket, records of a stream, messages of a queue. */
export type EventSource = AwsObjectsCreated | KinesisDataStream | AwsQueue;

/** How it is run on them. */
export type EventSourceOptions = ObjectEventSourceOptions | StreamEventSourceOptions | QueueEventSourceOptions;

/** Where a function's sources stand. */
interface Surroundings extends AwsPlacementProps {
  readonly tags: Tags | undefined;
}

type Consumer = Construct & EventConsumer;

/**
 * Adds a source below the function.
 *
 * @throws ConstructValidationError for wrong options, and for a source that is there already
 */
export function addSource(
  consumer: Consumer,
  source: EventSource,
  options: EventSourceOptions | undefined,
  around: Surroundings,
): ObjectEventSource | StreamEventSource | QueueEventSource {
  if ("streamArn" in source) {
    const id = newId(consumer, sourceId(consumer, "records", source.path), source.path);
    const given = (options ?? {}) as StreamEventSourceOptions;
    return new StreamEventSource(consumer, id, { ...given, ...around, consumer, stream: source });
  }
  if ("queueArn" in source) {
    const id = newId(consumer, sourceId(consumer, "messages", source.path), source.path);
    return new QueueEventSource(consumer, id, {
      ...(options as QueueEventSourceOptions),
      ...around,
      consumer,
      queue: source,
    });
  }
  const { bucket, prefix = "", suffix = "" } = source;
  const id = newId(consumer, objectSourceId(consumer, source), `${bucket.path}: ${prefix}*${suffix}`);
  return new ObjectEventSource(consumer, id, {
    ...(options as ObjectEventSourceOptions),
    ...around,
    consumer,
    objects: source,
  });
}

function newId(consumer: Consumer, id: string, shown: string): string {
  if (consumer.node.tryFindChild(id) === undefined) return id;
  throw new ConstructValidationError(consumer.node.path, [
    problem("source", "one that the function is not told of already", shown),
  ]);
}

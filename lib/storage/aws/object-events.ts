import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { given, keyPrefix, literal, oneOf, problem } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import { Delivery, type ObjectFilter } from "../delivery";
import type { AwsBucketRef, AwsObjectsCreated, NotifiedQueue } from "../references";

/** Which new objects a consumer is told of, and how. */
export interface ObjectsCreatedOptions extends ObjectFilter {
  /** @default Delivery.EVENT_BRIDGE */
  readonly delivery?: Delivery;
}

/** What can add a queue to a bucket's own notification. */
interface QueueNotifier {
  readonly resource: IConstruct;
  addQueue(queue: NotifiedQueue): void;
}

/** New objects of a bucket as a descriptor; the consumer renders rule and queue in its own stack. */
export function objectsCreated(
  scope: IConstruct,
  bucket: AwsBucketRef,
  { prefix, suffix, delivery = Delivery.EVENT_BRIDGE }: ObjectsCreatedOptions,
  notifier?: QueueNotifier,
): AwsObjectsCreated {
  const direct = delivery === Delivery.DIRECT && notifier === undefined;
  const problems = [
    ...given(prefix, (value) => keyPrefix("prefix", value)),
    ...given(suffix, (value) => literal("suffix", value)),
    ...oneOf("delivery", delivery, Object.values(Delivery)),
    ...(direct ? [problem("delivery", "EVENT_BRIDGE for a bucket that is only referred to", delivery)] : []),
  ];
  if (problems.length > 0) throw new ConstructValidationError(scope.node.path, problems);
  const notify = (queue: NotifiedQueue): void => notifier?.addQueue(queue);
  return {
    bucket,
    delivery,
    ...(prefix !== undefined && { prefix }),
    ...(suffix !== undefined && { suffix }),
    ...(notifier && { notify }),
  };
}

/** Refuses direct delivery into another stack: bucket and queue would then wait for each other. */
export const directProblems = (consumer: IConstruct, { bucket, delivery }: AwsObjectsCreated): string[] =>
  delivery === Delivery.DIRECT && !bucket.path.startsWith(`${TerraformStack.of(consumer).node.path}/`)
    ? [problem("delivery", `EVENT_BRIDGE, because ${bucket.path} stands in another stack`, delivery)]
    : [];

import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { having, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsQueue } from "../../streaming/aws/queue";
import { hiddenSeconds } from "./event-delivery";
import { batchingProblems } from "./object-event-limits";
import type { EventConsumer } from "./object-event-source";
import { filterProblems, type EventFilter } from "./stream-limits";

/** How a function takes the messages of a queue. */
export interface QueueEventSourceOptions {
  /** Most messages of one run, 1 to 10,000. @default 10 */
  readonly batchSize?: number;
  /** How long a batch is collected, 0 to 300 seconds; needed for more than 10 messages. @default 0 */
  readonly maximumBatchingWindowSeconds?: number;
  /** Most runs at a time that this source starts, 2 to 1,000. @default - as many as there is work for */
  readonly maximumConcurrency?: number;
  /** Patterns of which one must fit, at most 5; a message that fits none is deleted. @default - all messages */
  readonly filters?: readonly EventFilter[];
}

/** What the function hands to its source. */
export interface QueueEventSourceProps extends QueueEventSourceOptions, AwsPlacementProps {
  readonly consumer: EventConsumer;
  readonly queue: AwsQueue;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The messages of a queue on their way to a function; what fails too often goes to the queue's own dead letters. */
export class QueueEventSource extends Construct {
  public readonly resource: LambdaEventSourceMapping;

  public constructor(scope: Construct, id: string, props: QueueEventSourceProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...sourceProblems(props)]);
    const { consumer, queue, filters, maximumConcurrency } = props;
    this.resource = new LambdaEventSourceMapping(
      this,
      "Resource",
      placed(this, {
        eventSourceArn: queue.queueArn,
        functionName: consumer.functionArn,
        batchSize: props.batchSize ?? 10,
        maximumBatchingWindowInSeconds: props.maximumBatchingWindowSeconds ?? 0,
        functionResponseTypes: ["ReportBatchItemFailures"],
        ...(maximumConcurrency !== undefined && { scalingConfig: { maximumConcurrency } }),
        ...(filters && { filterCriteria: { filter: filters.map((one) => ({ pattern: JSON.stringify(one) })) } }),
        ...tagsFor(this, props.tags),
      }),
    );
    queue.grants.consume(consumer).before(this.resource);
  }
}

function sourceProblems(props: QueueEventSourceProps): readonly string[] {
  const shape = having(
    "source",
    props.queue,
    "visibilityTimeoutSeconds",
    "a queue of this app, whose visibility timeout is known",
  );
  if (shape.length > 0) return shape;
  return [
    ...batchingProblems("source", props),
    ...filterProblems("source.filters", props.filters),
    ...visibilityProblems(props),
    ...tagProblems("tags", props.tags),
  ];
}

/** A batch that takes several tries must not be delivered a second time meanwhile. */
function visibilityProblems({ queue, consumer, maximumBatchingWindowSeconds }: QueueEventSourceProps): string[] {
  const least = hiddenSeconds(consumer.timeoutSeconds, maximumBatchingWindowSeconds);
  return queue.visibilityTimeoutSeconds >= least
    ? []
    : [
        problem(
          `visibilityTimeoutSeconds of ${queue.path}`,
          `at least ${String(least)}, six times the function's timeout and its window`,
          queue.visibilityTimeoutSeconds,
        ),
      ];
}

import type { IConstruct } from "constructs";
import { given, having, isToken, literal, object, problem, wholeNumber, type Range } from "../../core/checks";
import { environmentOf } from "../../core/environment";
import type { NameRule } from "../../core/names";
import type { AwsPlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { directProblems } from "../../storage/aws/object-events";
import type { AwsObjectsCreated } from "../../storage/references";

/** What a rule of EventBridge may be called. */
export const RULE_NAME: NameRule = {
  rule: "1-64 letters, digits or any of ._-",
  pattern: /^[\w.-]{1,64}$/,
  maximum: 64,
  source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
};

/** How messages become runs. */
interface Batching {
  readonly batchSize?: number;
  readonly maximumBatchingWindowSeconds?: number;
  readonly maximumConcurrency?: number;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const RANGES: Readonly<Record<keyof Batching, Range>> = {
  batchSize: { minimum: 1, maximum: 10_000, unit: "messages" },
  maximumBatchingWindowSeconds: { minimum: 0, maximum: 300, unit: "seconds" },
  maximumConcurrency: { minimum: 2, maximum: 1000, unit: "runs" },
};

/** Most messages that SQS hands out at once: more take a window to be collected in. */
const UNCOLLECTED = 10;

/** The problems of how messages become runs. They are literal: the queue's visibility timeout follows from them. */
export function batchingProblems(path: string, batching: Batching): string[] {
  const shape = object(path, batching);
  if (shape.length > 0) return shape;
  const own = (Object.keys(RANGES) as (keyof Batching)[]).flatMap((name) =>
    given(batching[name], (value) => [
      ...literal(`${path}.${name}`, value),
      ...wholeNumber(`${path}.${name}`, value, RANGES[name]),
    ]),
  );
  if (own.length > 0) return own;
  const { batchSize = 0, maximumBatchingWindowSeconds = 0 } = batching;
  return batchSize <= UNCOLLECTED || maximumBatchingWindowSeconds > 0
    ? []
    : [
        problem(
          `${path}.maximumBatchingWindowSeconds`,
          "at least 1 with more than 10 messages a batch",
          maximumBatchingWindowSeconds,
        ),
      ];
}

interface Source extends Batching, AwsPlacementProps {
  readonly objects: AwsObjectsCreated;
  readonly tags?: Tags;
}

/** The problems of a source of new objects. */
export function sourceProblems(consumer: IConstruct, { objects, tags, ...props }: Source): string[] {
  const shape = having("source", objects, "delivery", "objectsCreated(…) of a bucket");
  if (shape.length > 0) return shape;
  return [
    ...directProblems(consumer, objects),
    ...placeProblems(consumer, objects, props),
    ...batchingProblems("source", props),
    ...tagProblems("tags", tags),
  ];
}

/**
 * S3 tells the event bus and the queues of its bucket's own region and account alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
function placeProblems(
  consumer: IConstruct,
  { bucket }: AwsObjectsCreated,
  { region, provider }: AwsPlacementProps,
): string[] {
  const declared = provider === undefined ? environmentOf(consumer)?.aws : undefined;
  return [
    ...differing("region", bucket.region, region ?? declared?.region),
    ...differing("account", bucket.accountId, declared?.accountId),
  ];
}

function differing(what: string, ofBucket: string | undefined, ofConsumer: string | undefined): string[] {
  const known = [ofBucket, ofConsumer].every((value) => value !== undefined && !isToken(value));
  return !known || ofBucket === ofConsumer
    ? []
    : [
        problem(
          "source",
          `a bucket of the function's own ${what} (${String(ofConsumer)}), the only one that S3 tells`,
          ofBucket,
        ),
      ];
}

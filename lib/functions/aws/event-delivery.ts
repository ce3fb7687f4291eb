/**
 * How long EventBridge tries to hand an event over: its own longest, said so that a reader sees it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export const DELIVERY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** Longest description of a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const LONGEST_DESCRIPTION = 512;

/** A batch that takes several runs to succeed is not delivered a second time meanwhile. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const RUNS_HIDDEN = 6;

/** Seconds that a message has to be hidden from others while a function works on it. */
export const hiddenSeconds = (timeoutSeconds: number, maximumBatchingWindowSeconds = 0): number =>
  RUNS_HIDDEN * timeoutSeconds + maximumBatchingWindowSeconds;

import type { NameRule } from "../../core/names";

/** What follows the name of a queue in that of its dead-letter queue. */
export const DEAD_LETTER = "dead-letter";

/** What a standard queue and, with its suffix, its dead-letter queue may be called. */
export const QUEUE_NAME: NameRule = {
  rule: "1-68 letters, digits, hyphens or underscores (the dead-letter queue adds -dead-letter, and 80 is the limit)",
  pattern: /^[A-Za-z0-9_-]{1,68}$/,
  maximum: 68,
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
};

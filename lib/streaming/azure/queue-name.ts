import type { NameRule } from "../../core/names";

/** What a queue of Azure Storage may be called within its account. */
export const QUEUE_NAME: NameRule = {
  rule: "3-63 lower-case letters, digits or single hyphens, a letter or digit first and last",
  pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  maximum: 63,
  source: "https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata#queue-names",
};

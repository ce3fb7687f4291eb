/**
 * The attributes of an idempotency table that its construct declares and every handler relies on. `id` and `expiration`
 * are what Powertools for Lambda expects without being told.
 */
export const idempotencyTable = {
  /** Text: what belongs together, such as the objects of one trigger. */
  partitionKey: "id",
  /** Text: one record of it. */
  sortKey: "sortKey",
  /** Seconds since 1970 after which DynamoDB removes the item, within a few days. */
  expiry: "expiration",
} as const;

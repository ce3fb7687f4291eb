/** How the news of an object reaches its consumer. */
export const Delivery = {
  /** Bucket → EventBridge rule in the consumer's stack → queue: any number of consumers, in any stack. */
  EVENT_BRIDGE: "event-bridge",
  /** Bucket notification → queue: one hop less, same stack and own bucket only, and at most one consumer a prefix. */
  DIRECT: "direct",
} as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];

/** Which objects are meant, by literal prefix and suffix of their key. */
export interface ObjectFilter {
  /** Such as `raw/`. @default - the whole bucket */
  readonly prefix?: string;
  /** Such as `.csv`. @default - any */
  readonly suffix?: string;
}

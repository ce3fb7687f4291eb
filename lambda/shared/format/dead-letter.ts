import { maskText } from "./masking";

/**
 * A message of a dead-letter queue: what was refused, by whom and why, so that it can be looked at and delivered again.
 * An object is named by its place; anything else travels itself, masked and cut.
 */
export interface DeadLetterMessage {
  readonly version: 1;
  /** Name of the handler. */
  readonly handler: string;
  /** A code of few letters, the same for all of its kind: `foreign-bucket`. */
  readonly reason: string;
  /** The rule that was broken; no value of the record. */
  readonly detail: string;
  readonly requestId: string;
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** ISO 8601, UTC. */
  readonly rejectedAt: string;
  readonly refused: Refused;
}

/** What was refused: an object by its place, anything else by its masked text. */
export type Refused =
  | { readonly kind: "object"; readonly bucket: string; readonly key: string; readonly versionId?: string }
  | { readonly kind: "record"; readonly text: string; readonly characters: number };

/** Characters of a record that travel; the whole message stays far below the 262,144 bytes that any queue takes. */
export const recordCharactersLimit = 8192;

/** A record as a dead-letter message may hold it: masked, then cut. `characters` is the length before. */
export function refusedRecord(text: string): Refused {
  return { kind: "record", text: maskText(text).slice(0, recordCharactersLimit), characters: text.length };
}

/**
 * The message as JSON. What a queue does not take is escaped.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function renderDeadLetter(message: DeadLetterMessage): string {
  return JSON.stringify(message).replace(/[\u007f-\u009f\ufffe\uffff]/g, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

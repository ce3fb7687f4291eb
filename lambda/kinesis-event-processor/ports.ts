/** What the processor asks of the world. Whatever fails here is transient: the stream delivers again. */
import type { DeadLetterMessage } from "../shared/format/dead-letter";
import type { Log } from "../shared/logger";
import type { Counts } from "../shared/metrics";
import type { ProcessorPolicy } from "./core";

/** A record on its way into the stream behind. */
export interface OutputEntry {
  readonly partitionKey: string;
  readonly data: string;
}

/** Everything the processor works with. */
export interface ProcessorDependencies {
  readonly policy: ProcessorPolicy;
  readonly output: {
    /** How many entries from the beginning were taken for certain. */
    put(entries: readonly OutputEntry[]): Promise<number>;
  };
  readonly raw: {
    /** Writes the lines as one object; one of that key is overwritten. */
    write(key: string, lines: readonly string[]): Promise<void>;
  };
  readonly deadLetters: {
    send(message: DeadLetterMessage): Promise<void>;
  };
  readonly log: Log;
  readonly counts: Counts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

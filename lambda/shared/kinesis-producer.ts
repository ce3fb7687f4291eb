import { PutRecordsCommand, type KinesisClient, type PutRecordsResultEntry } from "@aws-sdk/client-kinesis";
import { utf8Bytes } from "./format/object-key";

/** A record on its way into a stream. */
export interface StreamEntry {
  readonly partitionKey: string;
  readonly data: string;
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
export const putRecordsLimits = { entries: 500, bytes: 10 * 1024 * 1024, entryBytes: 1024 * 1024 } as const;

const RETRIES = 3;
const FIRST_DELAY_MS = 200;

/** Bytes that an entry counts: its data and its key. */
export const entryBytes = ({ partitionKey, data }: StreamEntry): number => utf8Bytes(partitionKey) + utf8Bytes(data);

/**
 * Writes into a stream in order: no call holds two entries of one partition key, because Kinesis may refuse the first and
 * take the second. What a call refuses is tried again, exactly that, up to three times.
 */
export class KinesisProducer {
  public constructor(
    private readonly client: KinesisClient,
    private readonly streamName: string,
    private readonly pause: (milliseconds: number) => Promise<void> = sleep,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * How many entries from the beginning are in the stream for certain; all of them when nothing failed.
   *
   * @throws whatever a call fails with as a whole, where nothing of it was written before
   */
  public async put(entries: readonly StreamEntry[]): Promise<number> {
    let done = 0;
    for (const chunk of chunksOf(entries)) {
      const first = await this.putChunk(chunk).catch((error: unknown) => {
        if (done > 0) return 0;
        throw error;
      });
      if (first !== undefined) return done + first;
      done += chunk.length;
    }
    return done;
  }

  /** The position of the first entry that was refused to the end. */
  private async putChunk(chunk: readonly StreamEntry[]): Promise<number | undefined> {
    let waiting = chunk.map((entry, index) => ({ entry, index }));
    for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
      if (attempt > 0) await this.pause(this.random() * FIRST_DELAY_MS * 2 ** attempt);
      const results = await this.send(waiting.map(({ entry }) => entry));
      waiting = waiting.filter((_, at) => results[at]?.SequenceNumber === undefined);
      if (waiting.length === 0) return undefined;
    }
    return waiting[0]?.index;
  }

  /** An answer that names fewer entries than were sent has not taken the rest. */
  private async send(entries: readonly StreamEntry[]): Promise<readonly PutRecordsResultEntry[]> {
    const Records = entries.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: Buffer.from(data) }));
    const { Records: results } = await this.client.send(
      new PutRecordsCommand({ StreamName: this.streamName, Records }),
    );
    return results ?? [];
  }
}

/** Runs of entries, each within what one call takes and with every partition key once. */
export function chunksOf(entries: readonly StreamEntry[]): readonly (readonly StreamEntry[])[] {
  const chunks: StreamEntry[][] = [];
  let keys = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    const own = entryBytes(entry);
    const chunk = chunks.at(-1);
    const full =
      chunk === undefined || chunk.length >= putRecordsLimits.entries || bytes + own > putRecordsLimits.bytes;
    if (full || keys.has(entry.partitionKey)) {
      chunks.push([entry]);
      keys = new Set([entry.partitionKey]);
      bytes = own;
    } else {
      chunk.push(entry);
      keys.add(entry.partitionKey);
      bytes += own;
    }
  }
  return chunks;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

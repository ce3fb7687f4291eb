import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";
import { contextOf } from "./context";

/**
 * An event source mapping in memory: batches of a shard in their order, the checkpoint at the lowest failure, a batch that
 * fails from its beginning is halved, tries are bounded, what is given up goes to the on-failure destination, a batch that
 * is done may come again. https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export interface MappingSettings {
  readonly batchSize: number;
  /** Further tries of a batch. */
  readonly retries: number;
  /** Whether a batch that is done is delivered once more. */
  readonly again: () => boolean;
  /** Milliseconds that a run has left when it begins. */
  readonly remaining: () => number;
}

type StreamHandler = (event: KinesisStreamEvent, context: Context) => Promise<KinesisStreamBatchResponse>;

/** A record of one shard. */
export function streamRecord(position: number, data: Uint8Array, partitionKey: string): KinesisStreamRecord {
  const sequenceNumber = `4959${String(position).padStart(12, "0")}`;
  const eventID = `shardId-000000000000:${sequenceNumber}`;
  const approximateArrivalTimestamp = 1_742_032_800 + position;
  const kinesis = { kinesisSchemaVersion: "1.0", partitionKey, sequenceNumber, approximateArrivalTimestamp };
  return {
    kinesis: { ...kinesis, data: Buffer.from(data).toString("base64") },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: "arn:aws:iam::111122223333:role/processor",
    awsRegion: "us-west-2",
    eventSourceARN: "arn:aws:kinesis:us-west-2:111122223333:stream/pos",
  };
}

/** Delivers a shard to its end; answers with what was given up. */
export async function deliverShard(
  records: readonly KinesisStreamRecord[],
  handler: StreamHandler,
  settings: MappingSettings,
): Promise<readonly KinesisStreamRecord[]> {
  const mapping = new Mapping(handler, settings);
  for (let from = 0; from < records.length; from += settings.batchSize)
    await mapping.deliver(records.slice(from, from + settings.batchSize), settings.retries);
  return mapping.givenUp;
}

class Mapping {
  public readonly givenUp: KinesisStreamRecord[] = [];
  private runs = 0;

  public constructor(
    private readonly handler: StreamHandler,
    private readonly settings: MappingSettings,
  ) {}

  public async deliver(batch: readonly KinesisStreamRecord[], tries: number): Promise<void> {
    const done = await this.run(batch);
    if (done === batch.length) {
      if (this.settings.again()) await this.run(batch);
      return;
    }
    const rest = batch.slice(done);
    if (tries === 0) {
      this.givenUp.push(...rest);
      return;
    }
    const half = done > 0 ? rest.length : Math.ceil(rest.length / 2);
    await this.deliver(rest.slice(0, half), tries - 1);
    if (half < rest.length) await this.deliver(rest.slice(half), tries - 1);
  }

  /** How many records of the batch are done, as the answer says. A wrong answer fails the whole batch. */
  private async run(batch: readonly KinesisStreamRecord[]): Promise<number> {
    this.runs += 1;
    const context = contextOf("processor", `request-${String(this.runs)}`, this.settings.remaining);
    const answer = await this.handler({ Records: [...batch] }, context);
    const failed = answer.batchItemFailures.map(({ itemIdentifier }) =>
      batch.findIndex(({ kinesis }) => kinesis.sequenceNumber === itemIdentifier),
    );
    return failed.length === 0 ? batch.length : Math.max(0, Math.min(...failed));
  }
}

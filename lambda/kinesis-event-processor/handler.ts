/** Event in, response out: the first record that is not done, or nothing. */
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";
import { Deadline } from "../shared/deadline";
import { DeadlineError, summarizeError } from "../shared/errors";
import { refusedRecord } from "../shared/format/dead-letter";
import { userRecords } from "../shared/kinesis-records";
import { handlerName, metrics } from "./contract";
import { judge, rawKey, type Verdict } from "./core";
import type { OutputEntry, ProcessorDependencies } from "./ports";

/** What became of a user's record, and which record of the stream it came in. */
interface Judged {
  /** Position in the event: what is reported is a record of the stream. */
  readonly position: number;
  readonly id: string;
  readonly arrivedAt: number;
  readonly text: string;
  readonly verdict: Verdict;
}

/** The function. It never throws because of a record, and not because of a call: the stream is told where to go on. */
export function makeHandler(
  dependencies: ProcessorDependencies,
): (event: KinesisStreamEvent, context: Context) => Promise<KinesisStreamBatchResponse> {
  return async ({ Records: records }, context) => {
    dependencies.log.begin(context);
    const deadline = new Deadline(() => context.getRemainingTimeInMillis());
    try {
      const done = await process(records, context.awsRequestId, deadline, dependencies);
      const failed = records[done];
      return { batchItemFailures: failed ? [{ itemIdentifier: failed.kinesis.sequenceNumber }] : [] };
    } finally {
      dependencies.counts.publish();
    }
  };
}

/** How many records of the stream are done, from the beginning. */
async function process(
  records: readonly KinesisStreamRecord[],
  requestId: string,
  deadline: Deadline,
  dependencies: ProcessorDependencies,
): Promise<number> {
  const judged = records.flatMap((record, position) => judgedOf(record, position, dependencies));
  const handedOn = await handOn(judged, records.length, deadline, dependencies);
  const done = await quarantine(judged, handedOn, requestId, deadline, dependencies);
  const copied = await copy(
    judged.filter(({ position }) => position < done),
    deadline,
    dependencies,
  );
  if (!copied) return 0;
  for (const { verdict } of judged.filter(({ position }) => position < done))
    if (verdict.kind === "accepted") dependencies.counts.add(metrics.names.processed);
  return done;
}

function judgedOf(record: KinesisStreamRecord, position: number, { policy }: ProcessorDependencies): readonly Judged[] {
  const arrivedAt = Math.round(record.kinesis.approximateArrivalTimestamp * 1000);
  const users = userRecords(record);
  if (typeof users === "string") {
    const verdict = { kind: "refused", reason: users, detail: "the record must be whole" } as const;
    return [{ position, id: record.eventID, arrivedAt, text: record.kinesis.data, verdict }];
  }
  return users.map(({ id, partitionKey, data }) => {
    const text = textOf(data);
    const broken = { kind: "refused", reason: "not-utf8", detail: "the record must be UTF-8" } as const;
    const verdict = text === undefined ? broken : judge({ id, partitionKey, text, arrivedAt }, policy);
    return { position, id, arrivedAt, text: text ?? "", verdict };
  });
}

function textOf(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    return undefined;
  }
}

/** Hands the accepted records on in their order; answers with the position of the first that was not taken. */
async function handOn(
  judged: readonly Judged[],
  all: number,
  deadline: Deadline,
  dependencies: ProcessorDependencies,
): Promise<number> {
  const accepted = judged.filter(({ verdict }) => verdict.kind === "accepted");
  const entries = accepted.flatMap(({ verdict }): readonly OutputEntry[] =>
    verdict.kind === "accepted" ? [{ partitionKey: verdict.partitionKey, data: verdict.line }] : [],
  );
  if (entries.length === 0) return all;
  const taken = await attempt("records not handed on", deadline, dependencies, () => dependencies.output.put(entries));
  return accepted[taken ?? 0]?.position ?? all;
}

/** Puts what is refused aside, up to the first record that was not handed on; answers with the first that is not done. */
async function quarantine(
  judged: readonly Judged[],
  until: number,
  requestId: string,
  deadline: Deadline,
  dependencies: ProcessorDependencies,
): Promise<number> {
  for (const { position, text, verdict } of judged) {
    if (position >= until) return until;
    if (verdict.kind === "accepted") continue;
    const { reason, detail } = verdict;
    const rejectedAt = new Date(dependencies.now()).toISOString();
    const message = { version: 1, handler: handlerName, reason, detail, requestId, attempt: 1, rejectedAt } as const;
    const sent = await attempt("dead letter not sent", deadline, dependencies, async () => {
      await dependencies.deadLetters.send({ ...message, refused: refusedRecord(text) });
      return true;
    });
    if (sent === undefined) return position;
    dependencies.counts.add(metrics.names.rejected, reason);
  }
  return until;
}

/** Writes the masked copy of what is done; without it nothing is. */
async function copy(
  done: readonly Judged[],
  deadline: Deadline,
  dependencies: ProcessorDependencies,
): Promise<boolean> {
  const lines = done.flatMap(({ verdict }) => (verdict.kind === "accepted" ? [verdict.line] : []));
  const [first, last] = [done[0], done.at(-1)];
  if (first === undefined || last === undefined || lines.length === 0) return true;
  const written = await attempt("copy not written", deadline, dependencies, async () => {
    await dependencies.raw.write(rawKey(first, last, dependencies.policy), lines);
    return true;
  });
  return written === true;
}

/** The result of a call, or nothing where it failed or where there is no time for it; failures are told here alone. */
async function attempt<T>(
  message: string,
  deadline: Deadline,
  { log, counts }: ProcessorDependencies,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    if (deadline.passed) throw new DeadlineError();
    return await deadline.measure(work);
  } catch (error) {
    counts.add(metrics.names.failures);
    log.error(message, { ...summarizeError(error) });
    return undefined;
  }
}

/** From what an event says to what is remembered: the first half of the trigger. */
import type { DeadLetterMessage, Refused } from "../shared/format/dead-letter";
import type { CreatedObject } from "../shared/format/object-created";
import type { Notice } from "../shared/s3-events";
import { handlerName, metrics } from "./contract";
import { judge } from "./core";
import type { Invocation, TriggerDependencies } from "./ports";
import { succession, trainingObject } from "./training-object";

const { names } = metrics;

/** How often the source has delivered the record, this time included. */
export type Attempt = number;

/**
 * Takes in one notice: records its object, or puts it where it belongs.
 * @returns whether the object counts towards a job, be it for the first time or again
 */
export async function take(
  notice: Notice,
  attempt: Attempt,
  invocation: Invocation,
  dependencies: TriggerDependencies,
): Promise<boolean> {
  if (notice.kind === "ignored") return ignore(notice.reason, dependencies);
  if (notice.kind === "rejected") return reject(notice.rejection, attempt, invocation, dependencies);
  const { object } = notice;
  const verdict = judge(object, dependencies.policy);
  if (verdict.kind === "ignored") return ignore(verdict.reason, dependencies);
  if (verdict.kind === "refused")
    return reject({ ...verdict, refused: pointerTo(object) }, attempt, invocation, dependencies);
  await record(object, dependencies);
  return true;
}

function ignore(reason: string, { counts }: TriggerDependencies): boolean {
  counts.add(names.ignored, reason);
  return false;
}

const pointerTo = ({ bucket, key, versionId }: CreatedObject): Refused => ({ kind: "object", bucket, key, versionId });

/** A record that will never be taken: it is done with as soon as the dead-letter queue holds it. */
async function reject(
  rejection: Pick<DeadLetterMessage, "reason" | "detail" | "refused">,
  attempt: Attempt,
  invocation: Invocation,
  dependencies: TriggerDependencies,
): Promise<boolean> {
  await sendDeadLetter(rejection, attempt, invocation, dependencies);
  dependencies.counts.add(names.rejected, rejection.reason);
  dependencies.log.warn("record rejected", { reason: rejection.reason, attempt });
  return false;
}

/** Sends what was refused to the dead-letter queue; a failure is transient. */
export async function sendDeadLetter(
  { reason, detail, refused }: Pick<DeadLetterMessage, "reason" | "detail" | "refused">,
  attempt: Attempt,
  { requestId }: Invocation,
  { deadLetters, now }: TriggerDependencies,
): Promise<void> {
  const rejectedAt = new Date(now()).toISOString();
  await deadLetters.send({ version: 1, handler: handlerName, reason, detail, requestId, attempt, rejectedAt, refused });
}

/** Two invocations may meet on one key; each turn of theirs lets at least one go on. */
const turnsLimit = 5;

async function record(created: CreatedObject, { state, counts, log, now }: TriggerDependencies): Promise<void> {
  const object = trainingObject(created, now());
  const { objectId } = object;
  for (let turn = 0; turn < turnsLimit; turn += 1) {
    const known = await state.insert(object);
    const successor = known === undefined ? object : succession(known, object);
    if (typeof successor === "string") {
      counts.add(names.duplicates);
      log.info("object already known", { objectId, outcome: successor });
      return;
    }
    if (known === undefined || (await state.replace(known, successor))) {
      counts.add(names.recorded);
      log.info("object recorded", { objectId, bytes: object.size });
      return;
    }
  }
  throw new Error("the record of the object changes faster than it can be replaced");
}

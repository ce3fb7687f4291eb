/**
 * The items of the state table. Partition key `id`, sort key `sortKey`, TTL attribute `expiration`; three partitions a
 * trigger (`statePartitions`):
 * - objects: one item a key of the bucket, its newest version; `pendingKey` as long as it waits, `jobName` and `expiration`
 *   once a job took it;
 * - pending: one item a waiting object, sorted by the time it began to wait;
 * - lock: one item.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { StatePartitions } from "../contract";
import type { PlannedObject } from "../job-plan";
import type { HeldPlan, Lock } from "../lock";
import type { KnownObject, TrainingObject } from "../training-object";

/** An item as the client takes and gives it. */
export type Item = Record<string, AttributeValue>;

/** A text attribute. */
export const text = (value: string): AttributeValue.SMember => ({ S: value });
/** A number attribute. */
export const number = (value: number): AttributeValue.NMember => ({ N: String(value) });
const textOf = (value: AttributeValue | undefined): string => value?.S ?? "";
const numberOf = (value: AttributeValue | undefined): number => Number(value?.N ?? 0);

/** Milliseconds have 13 digits until the year 2286. */
const timeDigits = 13;

/** Sort key of a waiting object; sorts by time. */
export const pendingKey = ({ waitingSince, objectId }: Pick<TrainingObject, "waitingSince" | "objectId">): string =>
  `${String(waitingSince).padStart(timeDigits, "0")}#${objectId}`;

/** What is known of an object that waits. */
export const objectItem = ({ objects }: StatePartitions, object: TrainingObject): Item => ({
  id: text(objects),
  sortKey: text(object.objectId),
  identity: text(object.identity),
  sequencer: text(object.sequencer),
  pendingKey: text(pendingKey(object)),
});

/** What is known of an object, waiting or taken. */
export function knownObject(item: Item): KnownObject {
  const known = { identity: textOf(item["identity"]), sequencer: textOf(item["sequencer"]) };
  const key = item["pendingKey"]?.S;
  return key === undefined ? known : { ...known, waitingSince: Number(key.slice(0, timeDigits)) };
}

/** The place of an object among the waiting. */
export const pendingItem = ({ pending }: StatePartitions, object: TrainingObject): Item => ({
  id: text(pending),
  sortKey: text(pendingKey(object)),
  identity: text(object.identity),
  key: text(object.key),
  revision: text(object.revision),
  sequencer: text(object.sequencer),
  size: number(object.size),
});

/** The object at a place among the waiting. */
export function pendingObject(item: Item): TrainingObject {
  const [time, objectId = ""] = textOf(item["sortKey"]).split("#");
  return {
    objectId,
    identity: textOf(item["identity"]),
    key: textOf(item["key"]),
    revision: textOf(item["revision"]),
    sequencer: textOf(item["sequencer"]),
    size: numberOf(item["size"]),
    waitingSince: Number(time),
  };
}

/** The key of the lock, the same before and after its first change. */
export const lockKey = ({ lock }: StatePartitions): Item => ({ id: text(lock), sortKey: text("lock") });

/** The lock of a thousand objects takes 80 KB of the 400 KB that an item may hold. */
export function lockItem(partitions: StatePartitions, { revision, coolDownUntil, plan }: Lock): Item {
  const item = { ...lockKey(partitions), revision: number(revision), coolDownUntil: number(coolDownUntil) };
  return plan === undefined ? item : { ...item, plan: { M: planItem(plan) } };
}

const planItem = ({ jobName, phase, owner, leaseUntil, objects }: HeldPlan): Item => ({
  jobName: text(jobName),
  phase: text(phase),
  owner: text(owner),
  leaseUntil: number(leaseUntil),
  objects: { L: objects.map((object) => text(`${pendingKey(object)}#${object.identity}`)) },
});

/** The lock as it was written by `lockItem`. */
export function lockOf(item: Item): Lock {
  const lock = { revision: numberOf(item["revision"]), coolDownUntil: numberOf(item["coolDownUntil"]) };
  const plan = item["plan"]?.M;
  return plan === undefined ? lock : { ...lock, plan: planOf(plan) };
}

const planOf = (item: Item): HeldPlan => ({
  jobName: textOf(item["jobName"]),
  phase: textOf(item["phase"]) === "started" ? "started" : "planned",
  owner: textOf(item["owner"]),
  leaseUntil: numberOf(item["leaseUntil"]),
  objects: (item["objects"]?.L ?? []).map((object) => plannedObject(textOf(object))),
});

function plannedObject(entry: string): PlannedObject {
  const [time, objectId = "", identity = ""] = entry.split("#");
  return { objectId, identity, waitingSince: Number(time) };
}

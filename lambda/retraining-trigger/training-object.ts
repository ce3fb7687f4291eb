/** An object of training data on its way into a job: who it is, and what its newer and older versions do to it. */
import { createHash } from "node:crypto";
import type { CreatedObject } from "../shared/format/object-created";
import { compareSequencers } from "../shared/sequencer";

/** An object as it is recorded towards the next job. */
export interface TrainingObject {
  /** 32 hex digits of bucket and key: versions of one object share it. */
  readonly objectId: string;
  /** 32 hex digits of bucket, key and revision: the same event has it each time it comes. */
  readonly identity: string;
  readonly key: string;
  /** Version id, otherwise eTag and sequencer. */
  readonly revision: string;
  readonly sequencer: string;
  /** Bytes. */
  readonly size: number;
  /** When the first of its versions was recorded that no job has taken; milliseconds since 1970. */
  readonly waitingSince: number;
}

/** What the state knows of a key: its newest version, and since when it waits unless a job took it. */
export interface KnownObject {
  readonly identity: string;
  readonly sequencer: string;
  readonly waitingSince?: number;
}

/** The object as it begins to wait at `now`. */
export function trainingObject(object: CreatedObject, now: number): TrainingObject {
  const { bucket, key, sequencer, size } = object;
  const revision = object.versionId ?? `${object.eTag}:${sequencer}`;
  const identity = digest([bucket, key, revision]).slice(0, 32);
  return { objectId: digest([bucket, key]).slice(0, 32), identity, key, revision, sequencer, size, waitingSince: now };
}

/** SHA-256 of the texts, hexadecimal. They are hashed as a JSON array, so no two lists are the same input. */
export const digest = (texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex");

/**
 * What becomes of an object whose key is already known. The same event again and an older version change nothing; a newer
 * version takes the place of the one that waits, or waits from now on where a job took the older one.
 */
export function succession(known: KnownObject, object: TrainingObject): "duplicate" | "stale" | TrainingObject {
  if (known.identity === object.identity) return "duplicate";
  if (compareSequencers(object.sequencer, known.sequencer) < 0) return "stale";
  return { ...object, waitingSince: known.waitingSince ?? object.waitingSince };
}

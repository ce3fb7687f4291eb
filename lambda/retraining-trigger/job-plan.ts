/**
 * The job that a set of objects becomes: its name and its manifest. Both follow from the objects alone, so whoever repeats
 * a step after a crash repeats the same one.
 */
import type { S3Place } from "../shared/format/object-key";
import { digest, type TrainingObject } from "./training-object";

/** One object of a plan. Its key is read again when it is needed: a thousand keys would not fit the lock. */
export type PlannedObject = Pick<TrainingObject, "objectId" | "identity" | "waitingSince">;

/** A job before it exists: everything else about it follows from these objects. */
export interface JobPlan {
  readonly jobName: string;
  /** Oldest first. */
  readonly objects: readonly PlannedObject[];
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const jobNameLimit = 63;
const slugLimit = 30;
const hashDigits = 12;

/** The plan for these objects of the watched place. */
export function planJob(prefix: string, watched: S3Place, objects: readonly TrainingObject[]): JobPlan {
  const planned = objects.map(({ objectId, identity, waitingSince }) => ({ objectId, identity, waitingSince }));
  return { jobName: jobName(prefix, watched, objects), objects: planned };
}

/**
 * `<prefix>-<slug>-<12 hex>`. The hash is over bucket, key and version of each object in the order of their keys. The slug
 * names the data set (the last folder of the watched prefix, otherwise the bucket) and not the file: names of jobs stand
 * in logs, bills and consoles, where the names of files may be personal data.
 */
export function jobName(prefix: string, watched: S3Place, objects: readonly TrainingObject[]): string {
  const versions = sorted(objects).flatMap(({ key, revision }) => [watched.bucket, key, revision]);
  const hash = digest(versions).slice(0, hashDigits);
  const room = Math.min(slugLimit, jobNameLimit - prefix.length - hash.length - 2);
  const folder = watched.prefix.split("/").findLast((segment) => slugOf(segment, room) !== "");
  const slug = slugOf(folder ?? watched.bucket, room);
  return [prefix, ...(slug === "" ? [] : [slug]), hash].join("-");
}

const slugOf = (text: string, length: number): string =>
  text
    .normalize("NFKD")
    .replace(/[^a-zA-Z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, length)
    .replace(/-$/, "")
    .toLowerCase();

/** The order of code units: the same on every machine. */
const sorted = <T extends Pick<TrainingObject, "key">>(objects: readonly T[]): readonly T[] =>
  objects.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));

/** Where the manifest of a job lies. */
export const manifestKey = (manifests: S3Place, plan: JobPlan): string => `${manifests.prefix}${plan.jobName}.manifest`;

/**
 * The manifest: a prefix, then each key relative to it, so that a job reads exactly these objects and not their
 * namesakes (`data.csv.bak` beside `data.csv`). Keys stand as they are.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export function manifestOf(watched: S3Place, keys: readonly string[]): string {
  const folder = watched.prefix.slice(0, watched.prefix.lastIndexOf("/") + 1);
  const entries = sorted(keys.map((key) => ({ key }))).map(({ key }) => key.slice(folder.length));
  return JSON.stringify([{ prefix: `s3://${watched.bucket}/${folder}` }, ...entries]);
}

/**
 * What the trigger decides: which objects count, and when they become a job. Plain data in, plain data out; times are
 * milliseconds since 1970.
 */
import {
  isFolderMarker,
  keyBytesLimit,
  liesIn,
  unsafeKeyRule,
  utf8Bytes,
  type S3Place,
} from "../shared/format/object-key";
import type { CreatedObject } from "../shared/format/object-created";
import { writtenPlaces } from "../shared/format/training-job";
import { isObject } from "../shared/strict-json";
import { limits, tick, type RetrainingTriggerEnvironment, type SkipReason } from "./contract";
import type { Lock } from "./lock";
import type { TrainingObject } from "./training-object";

/** The environment in the units that decisions are made in. */
export interface TriggerPolicy {
  readonly watched: S3Place;
  readonly suffix: string;
  readonly manifests: S3Place;
  /** Where the trigger and its jobs write. */
  readonly written: readonly S3Place[];
  readonly jobNamePrefix: string;
  readonly minimumBytes: number;
  readonly maximumWaitMs: number;
  readonly coolDownMs: number;
  readonly maximumConcurrentJobs: number;
  readonly dryRun: boolean;
}

const minuteMs = 60_000;

/** The policy that an environment says, minutes as milliseconds. */
export function policyOf(environment: RetrainingTriggerEnvironment): TriggerPolicy {
  const manifests = { bucket: environment.MANIFEST_BUCKET, prefix: environment.MANIFEST_PREFIX };
  return {
    watched: { bucket: environment.SOURCE_BUCKET, prefix: environment.SOURCE_PREFIX ?? "" },
    suffix: environment.SOURCE_SUFFIX ?? "",
    manifests,
    written: writtenPlaces(manifests, environment.TRAINING_JOB),
    jobNamePrefix: environment.JOB_NAME_PREFIX,
    minimumBytes: environment.MINIMUM_BYTES,
    maximumWaitMs: environment.MAXIMUM_WAIT_MINUTES * minuteMs,
    coolDownMs: environment.COOL_DOWN_MINUTES * minuteMs,
    maximumConcurrentJobs: environment.MAXIMUM_CONCURRENT_JOBS,
    dryRun: environment.DRY_RUN,
  };
}

/**
 * Whether an event is a tick: our own object, a rule's or a schedule's default input.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-context-attributes.html
 */
export function isTick(event: unknown): boolean {
  if (!isObject(event)) return false;
  if (event["source"] === tick.source) return true;
  const fromSchedule = event["source"] === "aws.events" || event["source"] === "aws.scheduler";
  return fromSchedule && event["detail-type"] === "Scheduled Event";
}

/** Whether an object is training data. A refusal is for ever: the record goes to the dead-letter queue. */
export type Verdict =
  | { readonly kind: "accepted" }
  | { readonly kind: "ignored"; readonly reason: "folder-marker" | "empty-object" }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string };

/** Ignores what stands for a folder or holds nothing, refuses what the source should never have sent. */
export function judge(object: CreatedObject, policy: TriggerPolicy): Verdict {
  const { key } = object;
  const { watched, suffix, written } = policy;
  if (object.bucket !== watched.bucket) return refused("foreign-bucket", `the bucket must be ${watched.bucket}`);
  if (!key.startsWith(watched.prefix)) return refused("outside-prefix", `the key must begin with ${watched.prefix}`);
  if (written.some((place) => liesIn(object, place))) return refused("own-output", "the key must not be an output");
  if (isFolderMarker(object)) return { kind: "ignored", reason: "folder-marker" };
  if (!key.endsWith(suffix)) return refused("wrong-suffix", `the key must end with ${suffix}`);
  if (utf8Bytes(key) > keyBytesLimit) return refused("key-too-long", `the key must be at most ${keyBytesLimit} bytes`);
  const rule = unsafeKeyRule(key);
  if (rule !== undefined) return refused("unsafe-key", `the key must be ${rule}`);
  return object.size === 0 ? { kind: "ignored", reason: "empty-object" } : { kind: "accepted" };
}

const refused = (reason: string, detail: string): Verdict => ({ kind: "refused", reason, detail });

/** What waits: the oldest objects, as many as one job takes, and the bytes seen so far. */
export interface Waiting {
  readonly objects: readonly TrainingObject[];
  readonly bytes: number;
}

/** Reads what waits, oldest first, and stops where more would change neither the decision nor the job. */
export async function survey(pending: AsyncIterable<TrainingObject>, minimumBytes: number): Promise<Waiting> {
  const objects: TrainingObject[] = [];
  let bytes = 0;
  for await (const object of pending) {
    if (objects.length < limits.objectsPerJob) objects.push(object);
    bytes += object.size;
    if (objects.length === limits.objectsPerJob && bytes >= minimumBytes) break;
  }
  return { objects, bytes };
}

/** `start`: as far as the objects are concerned; how many jobs run is asked afterwards, it is the dearest question. */
export type Decision = "idle" | "start" | SkipReason;

/** Whether what waits becomes a job now. */
export function decide(lock: Lock, waiting: Waiting, policy: TriggerPolicy, now: number): Decision {
  const [oldest] = waiting.objects;
  if (oldest === undefined) return "idle";
  if (now < lock.coolDownUntil) return "cool-down";
  const due = waiting.bytes >= policy.minimumBytes || now - oldest.waitingSince >= policy.maximumWaitMs;
  return due ? "start" : "below-minimum";
}

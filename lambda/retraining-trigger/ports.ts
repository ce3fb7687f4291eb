/** What the trigger asks of the world. Whatever fails here without being a `PermanentError` is transient. */
import type { Deadline } from "../shared/deadline";
import type { DeadLetterMessage } from "../shared/format/dead-letter";
import type { Log } from "../shared/logger";
import type { Counts } from "../shared/metrics";
import type { S3Validators } from "../shared/s3-events";
import type { TriggerPolicy } from "./core";
import type { JobPlan, PlannedObject } from "./job-plan";
import type { Lock } from "./lock";
import type { KnownObject, TrainingObject } from "./training-object";

/** What is remembered between invocations. Every change is conditional, so two invocations never undo each other. */
export interface TriggerState {
  /** Records an object whose key is not known; otherwise changes nothing and answers what is known. */
  insert(object: TrainingObject): Promise<KnownObject | undefined>;
  /** Puts a newer version in the place of `known`; `false`: something else is known by now. */
  replace(known: KnownObject, object: TrainingObject): Promise<boolean>;
  /** What waits, oldest first, read page by page. */
  pending(): AsyncIterable<TrainingObject>;
  /** What still waits of a plan, under its planned versions or newer ones. */
  planned(plan: JobPlan): Promise<readonly TrainingObject[]>;
  /** Marks objects as taken by a job, save those that a newer version has replaced. Can be repeated. */
  consume(jobName: string, objects: readonly PlannedObject[], now: number): Promise<void>;
  lock(): Promise<Lock>;
  /** `false`: the lock is no longer what `from` says, nothing was changed. */
  change(from: Lock, to: Lock): Promise<boolean>;
}

/** The service that trains. */
export interface TrainingJobs {
  /** Jobs of the trigger that run now; counts no further than `enough`. */
  running(enough: number): Promise<number>;
  /**
   * Creates the job that reads this manifest; a job of that name that exists already is as good.
   * @throws PermanentError where the settings are refused: image, role, name
   */
  create(jobName: string, manifestUri: string): Promise<void>;
}

/** Where manifests lie. */
export interface ManifestStore {
  /** Writes a manifest unless there is one of that key, which is the same. */
  write(key: string, text: string): Promise<void>;
}

/** Where refused records go. */
export interface DeadLetters {
  send(message: DeadLetterMessage): Promise<void>;
}

/** Everything the trigger works with. */
export interface TriggerDependencies {
  readonly policy: TriggerPolicy;
  readonly validators: S3Validators;
  readonly state: TriggerState;
  readonly jobs: TrainingJobs;
  readonly manifests: ManifestStore;
  readonly deadLetters: DeadLetters;
  readonly log: Log;
  readonly counts: Counts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One call of the function. */
export interface Invocation {
  readonly requestId: string;
  readonly deadline: Deadline;
}

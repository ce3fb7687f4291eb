/** The one item that says who may start a job, and when. Times are milliseconds since 1970. */
import type { JobPlan } from "./job-plan";

/** Who may start a job, and when. */
export interface Lock {
  /** Grows by one with each change; 0 before the first. A change is made only on the revision it was decided on. */
  readonly revision: number;
  /** No new job before. */
  readonly coolDownUntil: number;
  readonly plan?: HeldPlan;
}

/** A planned job and the invocation that carries it out. When its lease is over, another one goes on with the same plan. */
export interface HeldPlan extends JobPlan {
  /** `started`: the job exists, its objects are still to be marked. */
  readonly phase: "planned" | "started";
  /** Id of the request. */
  readonly owner: string;
  readonly leaseUntil: number;
}

/** A lock with a plan in it. */
export type HeldLock = Lock & { readonly plan: HeldPlan };

/** Before the first job. */
export const unlocked: Lock = { revision: 0, coolDownUntil: 0 };

/** The lock in the hands of this plan. */
export const held = (lock: Lock, plan: HeldPlan): HeldLock => ({ ...lock, revision: lock.revision + 1, plan });

/** The lock without a plan: whoever comes next may plan anew, not before the cool-down is over. */
export const released = (lock: Lock, coolDownUntil: number): Lock => ({ revision: lock.revision + 1, coolDownUntil });

/** Whether another invocation is busy with the plan right now. */
export const isBusy = (plan: HeldPlan, owner: string, now: number): boolean =>
  plan.leaseUntil > now && plan.owner !== owner;

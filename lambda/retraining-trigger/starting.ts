/**
 * From what waits to a training job: the second half of the trigger. The plan is written down before its first step, each
 * step can be repeated, and only the holder of the plan's lease takes one. An invocation that dies leaves a plan that
 * the next one carries on; an invocation that fails gives its lease back at once.
 */
import { DeadlineError, PermanentError, summarizeError } from "../shared/errors";
import { metrics, type SkipReason } from "./contract";
import { decide, survey } from "./core";
import { manifestKey, manifestOf, planJob } from "./job-plan";
import { held, isBusy, released, type HeldLock, type HeldPlan, type Lock } from "./lock";
import type { Invocation, TriggerDependencies } from "./ports";
import { sendDeadLetter } from "./recording";

const { names } = metrics;

/** Starts a job if one is due, or carries on with one that was begun. Whatever throws is transient. */
export async function startIfDue(invocation: Invocation, dependencies: TriggerDependencies): Promise<void> {
  const lock = await acquire(invocation, dependencies);
  if (typeof lock !== "string") await new JobStart(lock, invocation, dependencies).run();
  else if (lock !== "idle") skip(lock, dependencies);
}

/** The lock with a plan in our hands, or why there is nothing to do now. */
async function acquire(
  invocation: Invocation,
  dependencies: TriggerDependencies,
): Promise<HeldLock | SkipReason | "idle"> {
  const { state, now } = dependencies;
  const lock = await state.lock();
  if (lock.plan !== undefined && isBusy(lock.plan, invocation.requestId, now())) return "locked";
  const plan = lock.plan ?? (await newPlan(lock, dependencies));
  if (typeof plan === "string") return plan;
  const mine = held(lock, { ...plan, owner: invocation.requestId, leaseUntil: now() + invocation.deadline.left });
  return (await state.change(lock, mine)) ? mine : "locked";
}

async function newPlan(lock: Lock, dependencies: TriggerDependencies): Promise<HeldPlan | SkipReason | "idle"> {
  const { state, jobs, policy, now } = dependencies;
  const waiting = await survey(state.pending(), policy.minimumBytes);
  const decision = decide(lock, waiting, policy, now());
  if (decision !== "start") return decision;
  const { maximumConcurrentJobs } = policy;
  if ((await jobs.running(maximumConcurrentJobs)) >= maximumConcurrentJobs) return "concurrency";
  const plan = planJob(policy.jobNamePrefix, policy.watched, waiting.objects);
  return { ...plan, phase: "planned", owner: "", leaseUntil: 0 };
}

function skip(reason: SkipReason, { counts, log }: TriggerDependencies): void {
  counts.add(names.skipped, reason);
  log.info("no training job started", { reason });
}

/** Objects that are marked between two looks at the clock. */
const chunk = 50;

/** One plan, carried out by the holder of its lease. */
class JobStart {
  public constructor(
    private lock: HeldLock,
    private readonly invocation: Invocation,
    private readonly dependencies: TriggerDependencies,
  ) {}

  public async run(): Promise<void> {
    try {
      if (this.lock.plan.phase === "planned" && !(await this.toStarted())) return;
      await this.consume();
      await this.release(this.coolDownUntil());
    } catch (error) {
      await this.giveBack();
      throw error;
    }
  }

  /** Writes the manifest and creates the job; `false` where it ends here. */
  private async toStarted(): Promise<boolean> {
    const { state, policy, log } = this.dependencies;
    const { plan } = this.lock;
    const objects = await state.planned(plan);
    if (objects.length < plan.objects.length) {
      log.error("planned objects are gone, the plan is dropped", {
        jobName: plan.jobName,
        missing: plan.objects.length - objects.length,
      });
      return this.release(this.lock.coolDownUntil);
    }
    const key = manifestKey(policy.manifests, plan);
    await this.dependencies.manifests.write(
      key,
      manifestOf(
        policy.watched,
        objects.map((object) => object.key),
      ),
    );
    return policy.dryRun ? this.pretend() : this.create(key);
  }

  private async pretend(): Promise<false> {
    const { counts, log } = this.dependencies;
    const { jobName, objects } = this.lock.plan;
    counts.add(names.dryRun);
    log.info("dry run: no training job created", { jobName, objects: objects.length });
    return this.release(this.coolDownUntil());
  }

  private async create(key: string): Promise<boolean> {
    const { jobs, policy, counts, log } = this.dependencies;
    const { jobName, objects } = this.lock.plan;
    try {
      await jobs.create(jobName, `s3://${policy.manifests.bucket}/${key}`);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      return this.refuse(error, key);
    }
    if (!(await this.advance({ ...this.lock.plan, phase: "started" }))) return false;
    counts.add(names.started);
    log.info("training job started", { jobName, objects: objects.length });
    return true;
  }

  /** The settings are wrong, not the objects: these wait for better ones, the manifest goes to the dead-letter queue. */
  private async refuse({ reason, detail }: PermanentError, key: string): Promise<false> {
    const { policy, counts, log } = this.dependencies;
    const refused = { kind: "object", bucket: policy.manifests.bucket, key } as const;
    await sendDeadLetter({ reason, detail, refused }, 1, this.invocation, this.dependencies);
    counts.add(names.rejected, reason);
    log.error("training job refused", { jobName: this.lock.plan.jobName, reason });
    return this.release(this.lock.coolDownUntil);
  }

  private async consume(): Promise<void> {
    const { jobName, objects } = this.lock.plan;
    for (let from = 0; from < objects.length; from += chunk) {
      if (this.invocation.deadline.passed) throw new DeadlineError();
      await this.dependencies.state.consume(jobName, objects.slice(from, from + chunk), this.dependencies.now());
    }
  }

  private coolDownUntil(): number {
    return this.dependencies.now() + this.dependencies.policy.coolDownMs;
  }

  /** `false` where somebody else holds the plan by now: it is theirs to end. */
  private async advance(plan: HeldPlan): Promise<boolean> {
    const to = held(this.lock, plan);
    const changed = await this.dependencies.state.change(this.lock, to);
    if (changed) this.lock = to;
    else skip("locked", this.dependencies);
    return changed;
  }

  /** Ends the plan. Where somebody else holds it by now, they end it. */
  private async release(coolDownUntil: number): Promise<false> {
    await this.dependencies.state.change(this.lock, released(this.lock, coolDownUntil));
    return false;
  }

  /** Ends the lease, so that the next delivery carries on without waiting. Failing here costs only that wait. */
  private async giveBack(): Promise<void> {
    try {
      await this.dependencies.state.change(this.lock, held(this.lock, { ...this.lock.plan, leaseUntil: 0 }));
    } catch (error) {
      this.dependencies.log.warn("the lease could not be given back", { ...summarizeError(error) });
    }
  }
}

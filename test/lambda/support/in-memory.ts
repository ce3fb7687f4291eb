import { handlerName } from "../../../lambda/retraining-trigger/contract";
import { policyOf } from "../../../lambda/retraining-trigger/core";
import { makeHandler } from "../../../lambda/retraining-trigger/handler";
import type { PlannedObject } from "../../../lambda/retraining-trigger/job-plan";
import { unlocked, type Lock } from "../../../lambda/retraining-trigger/lock";
import type {
  DeadLetters,
  ManifestStore,
  TrainingJobs,
  TriggerDependencies,
  TriggerState,
} from "../../../lambda/retraining-trigger/ports";
import type { KnownObject, TrainingObject } from "../../../lambda/retraining-trigger/training-object";
import { validators } from "../../../lambda/retraining-trigger/validators";
import type { DeadLetterMessage } from "../../../lambda/shared/format/dead-letter";
import type { Log, LogFields } from "../../../lambda/shared/logger";
import type { Counts } from "../../../lambda/shared/metrics";
import { contextOf } from "./context";
import { environment } from "./environment";

/** The state table in memory: the same conditions, evaluated at once. */
export class InMemoryState implements TriggerState {
  public readonly known = new Map<string, KnownObject & { readonly jobName?: string }>();
  public readonly waiting = new Map<string, TrainingObject>();
  /** Who took which version; a version in two jobs would stand here twice. */
  public readonly taken: { readonly identity: string; readonly jobName: string }[] = [];
  public held: Lock = unlocked;

  public insert(object: TrainingObject): Promise<KnownObject | undefined> {
    const known = this.known.get(object.objectId);
    if (known === undefined) this.put(object);
    return Promise.resolve(known);
  }

  public replace(known: KnownObject, object: TrainingObject): Promise<boolean> {
    const current = this.known.get(object.objectId);
    const unchanged = current?.identity === known.identity && current.waitingSince === known.waitingSince;
    if (unchanged) this.put(object);
    return Promise.resolve(unchanged);
  }

  public async *pending(): AsyncIterable<TrainingObject> {
    await Promise.resolve();
    yield* [...this.waiting].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, object]) => object);
  }

  public planned({ objects }: { readonly objects: readonly PlannedObject[] }): Promise<readonly TrainingObject[]> {
    const found = objects.map((object) => this.waiting.get(placeOf(object)));
    return Promise.resolve(found.filter((object) => object !== undefined));
  }

  public consume(jobName: string, objects: readonly PlannedObject[]): Promise<void> {
    for (const object of objects) {
      const known = this.known.get(object.objectId);
      if (known?.identity === object.identity) {
        if (known.jobName !== jobName) this.taken.push({ identity: object.identity, jobName });
        this.known.set(object.objectId, { identity: known.identity, sequencer: known.sequencer, jobName });
      }
      if (this.waiting.get(placeOf(object))?.identity === object.identity) this.waiting.delete(placeOf(object));
    }
    return Promise.resolve();
  }

  public lock(): Promise<Lock> {
    return Promise.resolve(this.held);
  }

  public change(from: Lock, to: Lock): Promise<boolean> {
    const unchanged = this.held.revision === from.revision;
    if (unchanged) this.held = to;
    return Promise.resolve(unchanged);
  }

  private put(object: TrainingObject): void {
    const { identity, sequencer, waitingSince } = object;
    this.known.set(object.objectId, { identity, sequencer, waitingSince });
    this.waiting.set(placeOf(object), object);
  }
}

const placeOf = ({ waitingSince, objectId }: PlannedObject): string =>
  `${String(waitingSince).padStart(13, "0")}#${objectId}`;

/** SageMaker in memory: a name is taken once and for ever. */
export class InMemoryJobs implements TrainingJobs {
  public readonly created = new Map<string, string>();
  public runningNow = 0;

  public running(): Promise<number> {
    return Promise.resolve(this.runningNow);
  }

  public create(jobName: string, manifestUri: string): Promise<void> {
    if (!this.created.has(jobName)) this.created.set(jobName, manifestUri);
    return Promise.resolve();
  }
}

export class InMemoryManifests implements ManifestStore {
  public readonly texts = new Map<string, string>();

  public write(key: string, text: string): Promise<void> {
    if (!this.texts.has(key)) this.texts.set(key, text);
    return Promise.resolve();
  }
}

export class InMemoryDeadLetters implements DeadLetters {
  public readonly messages: DeadLetterMessage[] = [];

  public send(message: DeadLetterMessage): Promise<void> {
    this.messages.push(message);
    return Promise.resolve();
  }
}

/** Counts by metric, and by `metric:reason`. */
export class InMemoryCounts implements Counts {
  public readonly values: Record<string, number> = {};
  public published = 0;

  public add(metric: string, reason?: string): void {
    for (const name of [metric, ...(reason === undefined ? [] : [`${metric}:${reason}`])])
      this.values[name] = (this.values[name] ?? 0) + 1;
  }

  public publish(): void {
    this.published += 1;
  }
}

export class InMemoryLog implements Log {
  public readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[] = [];

  public begin(): void {
    this.lines.length = 0;
  }

  public info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: "info", message, fields });
  }

  public warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: "warn", message, fields });
  }

  public error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: "error", message, fields });
  }
}

/** Stands before every call of a port: lets it through, fails before or after it, or makes it wait. */
export type Intercept = (call: string, proceed: () => Promise<unknown>) => Promise<unknown>;

/** The same dependencies, every call of a port led through `intercept`. */
export function intercepted(dependencies: TriggerDependencies, intercept: Intercept): TriggerDependencies {
  const { state, jobs, manifests, deadLetters } = dependencies;
  const listened = <T extends object>(port: T, name: string): T =>
    new Proxy(port, {
      get: (target, property) => {
        const call = Reflect.get(target, property) as (...given: unknown[]) => Promise<unknown>;
        const label = `${name}.${String(property)}`;
        if (property === "pending") return () => pendingAfter(label, target as unknown as TriggerState, intercept);
        return (...given: unknown[]) => intercept(label, () => call.apply(target, given));
      },
    });
  return {
    ...dependencies,
    state: listened(state, "state"),
    jobs: listened(jobs, "jobs"),
    manifests: listened(manifests, "manifests"),
    deadLetters: listened(deadLetters, "deadLetters"),
  };
}

async function* pendingAfter(label: string, state: TriggerState, intercept: Intercept): AsyncIterable<TrainingObject> {
  const objects: TrainingObject[] = [];
  await intercept(label, async () => {
    for await (const object of state.pending()) objects.push(object);
  });
  yield* objects;
}

/** A trigger whose world is in memory; the clock stands until it is moved. */
export class World {
  public readonly state = new InMemoryState();
  public readonly jobs = new InMemoryJobs();
  public readonly manifests = new InMemoryManifests();
  public readonly deadLetters = new InMemoryDeadLetters();
  public readonly counts = new InMemoryCounts();
  public readonly log = new InMemoryLog();
  public time = Date.UTC(2026, 2, 2, 10, 0, 0);
  private requests = 0;

  public constructor(private readonly change: Partial<typeof environment> = {}) {}

  public dependencies(): TriggerDependencies {
    const { state, jobs, manifests, deadLetters, log, counts } = this;
    const policy = policyOf({ ...environment, ...this.change });
    return { policy, validators, state, jobs, manifests, deadLetters, log, counts, now: () => this.time };
  }

  /** One call of the function, by default with all ports working and five minutes to go. */
  public invoke(
    event: unknown,
    dependencies: TriggerDependencies = this.dependencies(),
    remaining: () => number = () => 300_000,
  ): Promise<unknown> {
    this.requests += 1;
    const context = contextOf(handlerName, `request-${this.requests}`, remaining);
    return makeHandler(dependencies)(event, context);
  }

  /** Keys of the manifest of each job, by the job's name. */
  public manifestsOfJobs(): Readonly<Record<string, readonly string[]>> {
    const entries = [...this.jobs.created].map(([name, uri]) => {
      const key = uri.replace("s3://acme-labels/", "");
      const [prefix, ...keys] = JSON.parse(this.manifests.texts.get(key) ?? "[]") as [{ prefix: string }, ...string[]];
      return [name, keys.map((relative) => `${prefix.prefix}${relative}`)] as const;
    });
    return Object.fromEntries(entries);
  }
}

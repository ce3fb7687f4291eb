/** Invocations side by side, their calls in any order, and whole histories with everything that can happen. */
import fc from "../support/properties";
import { objectCreated, queue, recorded } from "../support/events";
import { intercepted, World, type Intercept } from "../support/in-memory";

const minute = 60_000;
const keyOf = (name: string): string => `raw/labelled/${name}.csv`;

/** Nothing twice, nothing lost: every version stands in at most one job, and what a job took stands in its manifest. */
function expectSound(world: World): void {
  const identities = world.state.taken.map(({ identity }) => identity);
  expect(new Set(identities).size).toBe(identities.length);
  expect(new Set(world.state.taken.map(({ jobName }) => jobName))).toEqual(new Set(world.jobs.created.keys()));
  for (const keys of Object.values(world.manifestsOfJobs())) expect(new Set(keys).size).toBe(keys.length);
}

/** Ticks until nothing waits any more. */
async function drain(world: World): Promise<void> {
  for (let turn = 0; turn < 4 && (world.state.waiting.size > 0 || world.state.held.plan !== undefined); turn += 1) {
    world.time += 120 * minute;
    await world.invoke(recorded("scheduler-tick"));
  }
}

test("two invocations that run at once on the same objects start one job, in whatever order their calls come", async () => {
  const batch = queue(...["a", "b"].map((name) => objectCreated({ key: keyOf(name), size: 600_000 })));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new World();
      const ordered: Intercept = (call, proceed) => scheduler.schedule(Promise.resolve(), call).then(proceed);
      const dependencies = intercepted(world.dependencies(), ordered);
      const running = Promise.all(
        [batch, batch, recorded("scheduler-tick")].map((event) => world.invoke(event, dependencies)),
      );
      await scheduler.waitFor(running);
      await drain(world);
      expect(world.jobs.created.size).toBe(1);
      expect(world.state.waiting.size).toBe(0);
      expectSound(world);
      expect(Object.values(world.manifestsOfJobs())[0]).toHaveLength(2);
    }),
    { numRuns: 60 },
  );
});

test("without a cool-down, objects that come side by side are each in one job", async () => {
  const events = ["a", "b", "c"].map((name) => queue(objectCreated({ key: keyOf(name) })));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new World({ COOL_DOWN_MINUTES: 0 });
      const ordered: Intercept = (call, proceed) => scheduler.schedule(Promise.resolve(), call).then(proceed);
      const dependencies = intercepted(world.dependencies(), ordered);
      await scheduler.waitFor(Promise.all(events.map((event) => world.invoke(event, dependencies))));
      await drain(world);
      expectSound(world);
      expect(Object.values(world.manifestsOfJobs()).flat().toSorted()).toEqual(
        ["a", "b", "c"].map((name) => `s3://acme-labels/${keyOf(name)}`),
      );
    }),
    { numRuns: 60 },
  );
});

interface Step {
  readonly events: readonly { readonly name: string; readonly version: number }[];
  /** The call at which the invocation fails, if it takes so many. */
  readonly failsAt: number;
  readonly effect: boolean;
  /** The process is gone: it does not even give its lease back. */
  readonly dies: boolean;
  readonly minutes: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  events: fc.array(fc.record({ name: fc.constantFrom("a", "b", "c"), version: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 3,
  }),
  failsAt: fc.integer({ min: 1, max: 25 }),
  effect: fc.boolean(),
  dies: fc.boolean(),
  minutes: fc.constantFrom(0, 1, 6, 20, 61),
});

const eventOf = ({ events }: Step): unknown =>
  events.length === 0
    ? recorded("scheduler-tick")
    : queue(
        ...events.map(({ name, version }) =>
          objectCreated({ key: keyOf(name), sequencer: `0${version}`, size: 600_000 * version }),
        ),
      );

/** Delivers the event of a step until it is answered without a failure, as its source would. */
async function deliver(world: World, now: Step): Promise<void> {
  let calls = 0;
  const failing: Intercept = async (_, proceed) => {
    calls += 1;
    const hit = now.dies ? calls >= now.failsAt : calls === now.failsAt;
    const answer = !hit || (now.effect && calls === now.failsAt) ? await proceed() : undefined;
    if (hit) throw new Error("ended");
    return answer;
  };
  const event = eventOf(now);
  const failed = await world.invoke(event, intercepted(world.dependencies(), failing)).then(
    (answer) => answer !== undefined && (answer as { batchItemFailures: unknown[] }).batchItemFailures.length > 0,
    () => true,
  );
  if (!failed) return;
  world.time += 31 * minute;
  await world.invoke(event);
}

test("whatever happens, every newest version ends in one job and no version in two", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.boolean(), async (history, coolDown) => {
      const world = new World({ COOL_DOWN_MINUTES: coolDown ? 15 : 0 });
      for (const now of history) {
        await deliver(world, now);
        world.time += now.minutes * minute;
      }
      await drain(world);
      expectSound(world);
      expect([world.state.waiting.size, world.state.held.plan]).toEqual([0, undefined]);
      const newest = new Map<string, number>();
      for (const { name, version } of history.flatMap(({ events }) => events))
        newest.set(name, Math.max(version, newest.get(name) ?? 0));
      const known = [...world.state.known.values()];
      expect(known.map(({ sequencer }) => sequencer).toSorted()).toEqual(
        [...newest.values()].map((version) => `0${version}`).toSorted(),
      );
      expect(known.every(({ jobName = "" }) => world.jobs.created.has(jobName))).toBe(true);
    }),
    { numRuns: 250 },
  );
});

/**
 * An invocation that ends at any step, in any of the ways it can, and what the next deliveries make of it: exactly one job
 * for the objects, the right manifest, nothing left behind.
 */
import { objectCreated, queue, recorded } from "../support/events";
import { intercepted, World, type Intercept } from "../support/in-memory";

const keys = ["a", "b", "c"].map((name) => `raw/labelled/${name}.csv`);
const batch = queue(...keys.map((key, index) => objectCreated({ key, sequencer: `0${index + 1}`, size: 400_000 })));
const oneJob = [keys.map((key) => `s3://acme-labels/${key}`)];
const minute = 60_000;

/** The ways in which a step ends an invocation. */
const endings = {
  "fails before it has an effect": (proceed: () => Promise<unknown>, ended: boolean) =>
    ended ? proceed() : Promise.reject(new Error("throttled")),
  "loses the answer after its effect": async (proceed: () => Promise<unknown>, ended: boolean) => {
    const answer = await proceed();
    if (!ended) throw new Error("timeout");
    return answer;
  },
  "is the last thing the process does": async (proceed: () => Promise<unknown>, ended: boolean) => {
    if (ended) throw new Error("the process is gone");
    await proceed();
    throw new Error("the process is gone");
  },
  "is never reached, the process died before": () => Promise.reject(new Error("the process is gone")),
} as const;

/** Ends the invocation at the given call; `reached` tells whether there was one. */
function endingAt(step: number, ending: keyof typeof endings): { intercept: Intercept; reached: () => boolean } {
  let calls = 0;
  const intercept: Intercept = (_, proceed) => {
    calls += 1;
    return calls < step ? proceed() : endings[ending](proceed, calls > step);
  };
  return { intercept, reached: () => calls >= step };
}

async function steps(): Promise<number> {
  const world = new World();
  let calls = 0;
  const counting: Intercept = (_, proceed) => {
    calls += 1;
    return proceed();
  };
  await world.invoke(batch, intercepted(world.dependencies(), counting));
  return calls;
}

test("a clean run takes thirteen steps", async () => {
  expect(await steps()).toBe(13);
});

describe.each(Object.keys(endings) as (keyof typeof endings)[])("a step that %s", (ending) => {
  test.each(Array.from({ length: 13 }, (_, index) => index + 1))("step %d", async (step) => {
    const world = new World();
    const { intercept, reached } = endingAt(step, ending);
    await world.invoke(batch, intercepted(world.dependencies(), intercept));
    expect(reached()).toBe(true);
    world.time += 5 * minute;
    expect(await world.invoke(batch)).toEqual({ batchItemFailures: [] });
    expect(Object.values(world.manifestsOfJobs())).toEqual(oneJob);
    expect(world.state.waiting.size).toBe(0);
    expect(new Set(world.state.taken.map(({ jobName }) => jobName)).size).toBe(1);

    world.time += 120 * minute;
    await world.invoke(batch);
    await world.invoke(recorded("scheduler-tick"));
    expect(world.jobs.created.size).toBe(1);
    expect(world.state.held.plan).toBeUndefined();
  });
});

test("while the lease of a dead invocation lasts others keep off; then they go on with the same plan", async () => {
  const world = new World();
  const { intercept } = endingAt(9, "is the last thing the process does");
  await world.invoke(batch, intercepted(world.dependencies(), intercept));
  const planned = world.state.held.plan;
  expect(planned?.phase).toBe("planned");
  await world.invoke(queue(objectCreated({ key: "raw/labelled/d.csv" })));
  expect(world.counts.values["JobsSkipped:locked"]).toBe(1);
  world.time += 5 * minute;
  await world.invoke(recorded("scheduler-tick"));
  expect([...world.jobs.created.keys()]).toEqual([planned?.jobName]);
  expect(Object.values(world.manifestsOfJobs())).toEqual(oneJob);
  expect([...world.state.waiting.values()].map(({ key }) => key)).toEqual(["raw/labelled/d.csv"]);
});

test("a newer version that comes while its older one is being taken waits for the next job", async () => {
  const world = new World({ COOL_DOWN_MINUTES: 0 });
  const { intercept } = endingAt(10, "is the last thing the process does");
  await world.invoke(batch, intercepted(world.dependencies(), intercept));
  await world.invoke(queue(objectCreated({ key: "raw/labelled/a.csv", sequencer: "0F" })));
  world.time += 5 * minute;
  await world.invoke(recorded("scheduler-tick"));
  expect(Object.values(world.manifestsOfJobs())).toEqual(oneJob);
  await world.invoke(recorded("scheduler-tick"));
  expect(Object.values(world.manifestsOfJobs())).toEqual([...oneJob, ["s3://acme-labels/raw/labelled/a.csv"]]);
  expect(world.state.waiting.size).toBe(0);
});

test("an invocation that lost its lease leaves the plan to the one that has it", async () => {
  const world = new World();
  const overtaken: Intercept = async (call, proceed) => {
    const answer = await proceed();
    if (call !== "jobs.create") return answer;
    world.time += 6 * minute;
    await world.invoke(recorded("scheduler-tick"));
    return answer;
  };
  const answer = await world.invoke(batch, intercepted(world.dependencies(), overtaken));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(Object.values(world.manifestsOfJobs())).toEqual(oneJob);
  expect(world.counts.values["JobsStarted"]).toBe(1);
  expect(world.state.held.plan).toBeUndefined();
});

test("the same asynchronous event delivered again goes on with its own plan at once", async () => {
  const world = new World();
  const { intercept } = endingAt(9, "is the last thing the process does");
  await world.invoke(batch, intercepted(world.dependencies(), intercept));
  const plan = world.state.held.plan;
  if (plan === undefined) throw new Error("no plan");
  world.state.held = { ...world.state.held, plan: { ...plan, owner: "request-2" } };
  await world.invoke(recorded("scheduler-tick"));
  expect([...world.jobs.created.keys()]).toEqual([plan.jobName]);
});

test("a plan whose objects were taken out of the table by hand is dropped and made anew", async () => {
  const world = new World();
  const { intercept } = endingAt(9, "is the last thing the process does");
  await world.invoke(batch, intercepted(world.dependencies(), intercept));
  const [first = ""] = world.state.waiting.keys();
  world.state.waiting.delete(first);
  world.time += 5 * minute;
  await world.invoke(recorded("scheduler-tick"));
  expect(world.log.lines).toContainEqual({
    level: "error",
    message: "planned objects are gone, the plan is dropped",
    fields: { jobName: expect.stringMatching(/^retrain-labelled-/) as string, missing: 1 },
  });
  world.time += 60 * minute;
  await world.invoke(recorded("scheduler-tick"));
  expect(Object.values(world.manifestsOfJobs())).toEqual([oneJob[0]?.slice(1)]);
});

test("without time to mark all objects the plan stays and the rest is marked later", async () => {
  const world = new World();
  const objects = Array.from({ length: 120 }, (_, index) => objectCreated({ key: `raw/labelled/${index}.csv` }));
  let remaining = 300_000;
  const slow: Intercept = (call, proceed) => {
    if (call === "state.consume") remaining -= 299_000;
    return proceed();
  };
  const dependencies = intercepted(world.dependencies(), slow);
  const answer = await world.invoke(queue(...objects), dependencies, () => remaining);
  expect((answer as { batchItemFailures: unknown[] }).batchItemFailures).toHaveLength(120);
  expect([world.jobs.created.size, world.state.waiting.size]).toEqual([1, 70]);
  await world.invoke(queue(...objects));
  expect([world.jobs.created.size, world.state.waiting.size]).toEqual([1, 0]);
  expect(world.counts.values["JobsStarted"]).toBe(1);
});

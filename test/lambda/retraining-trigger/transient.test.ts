import { metrics } from "../../../lambda/retraining-trigger/contract";
import { DeliveryError } from "../../../lambda/retraining-trigger/handler";
import { comesAgain, nothingFailed, objectCreated, queue, recorded, s3Record } from "../support/events";
import { intercepted, World, type Intercept } from "../support/in-memory";

const { names } = metrics;
const minute = 60_000;

const sdkError = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error(`${name} of jane@example.com`), { name, $metadata: { httpStatusCode } });

describe("transient causes come again", () => {
  const errors = [
    sdkError("ThrottlingException", 400),
    sdkError("InternalServerError", 500),
    sdkError("ResourceLimitExceeded", 400),
    sdkError("AccessDeniedException", 400),
    sdkError("TimeoutError", 0),
    new Error("anything nobody classified"),
  ];
  const calls = [
    "state.insert",
    "state.lock",
    "state.pending",
    "jobs.running",
    "state.change",
    "state.planned",
    "manifests.write",
    "jobs.create",
    "state.consume",
  ];
  const cases = calls.flatMap((call) => errors.map((error) => [call, error.name, error] as const));
  const failing =
    (failingCall: string, error: Error): Intercept =>
    (call, proceed) =>
      call === failingCall ? Promise.reject(error) : proceed();

  test.each(cases)("%s fails with %s", async (call, _, error) => {
    const world = new World();
    const broken = intercepted(world.dependencies(), failing(call, error));
    const event = queue(objectCreated(), recorded("s3-test-event"));
    expect(await world.invoke(event, broken)).toEqual(comesAgain("m1"));
    expect(world.deadLetters.messages).toEqual([]);
    expect(world.counts.values[names.failures]).toBe(1);
    expect(JSON.stringify(world.log.lines)).toContain(error.name);
    expect(JSON.stringify(world.log.lines)).not.toMatch(/jane|labelled\/a/);

    expect(await world.invoke(event)).toEqual(nothingFailed);
    expect(Object.values(world.manifestsOfJobs())).toEqual([["s3://acme-labels/raw/labelled/a.csv"]]);
    expect(world.state.waiting.size).toBe(0);
  });

  test.each(calls.slice(1))("%s fails on a tick: one throw", async (call) => {
    const world = new World({ MINIMUM_BYTES: 3_000_000 });
    await world.invoke(queue(objectCreated()));
    world.time += 60 * minute;
    const broken = intercepted(world.dependencies(), failing(call, sdkError("InternalServerError", 500)));
    await expect(world.invoke(recorded("scheduler-tick"), broken)).rejects.toThrow(
      new DeliveryError("the training job could not be started and the event has to come again"),
    );
    expect(await world.invoke(recorded("scheduler-tick"))).toBeUndefined();
    expect(world.jobs.created.size).toBe(1);
  });

  test("an S3 event without a queue: every record is tried, then one throw", async () => {
    const world = new World();
    let inserts = 0;
    const second: Intercept = (call, proceed) => {
      if (call === "state.insert") inserts += 1;
      return call === "state.insert" && inserts === 2 ? Promise.reject(new Error("throttled")) : proceed();
    };
    const event = { Records: ["a", "b", "c"].map((name) => s3Record({ key: `raw/labelled/${name}.csv` })) };
    await expect(world.invoke(event, intercepted(world.dependencies(), second))).rejects.toThrow(
      new DeliveryError("1 of 3 records failed and have to come again"),
    );
    expect(Object.values(world.manifestsOfJobs())).toEqual([
      ["s3://acme-labels/raw/labelled/a.csv", "s3://acme-labels/raw/labelled/c.csv"],
    ]);
    expect(world.counts.published).toBe(1);
  });

  test("in a batch only the failed message comes again", async () => {
    const world = new World();
    const one: Intercept = (call, proceed) =>
      call === "state.insert" && world.state.known.size === 1 ? Promise.reject(new Error("throttled")) : proceed();
    const objects = ["a", "b"].map((name) => objectCreated({ key: `raw/labelled/${name}.csv` }));
    expect(await world.invoke(queue(...objects), intercepted(world.dependencies(), one))).toEqual(comesAgain("m2"));
    expect(world.jobs.created.size).toBe(1);
  });

  test("a message whose object is known and another's record failed comes again once", async () => {
    const world = new World();
    let inserts = 0;
    const broken: Intercept = (call, proceed) => {
      if (call === "jobs.create") return Promise.reject(new Error("throttled"));
      if (call === "state.insert") inserts += 1;
      return call === "state.insert" && inserts === 2 ? Promise.reject(new Error("throttled")) : proceed();
    };
    const both = { Records: [s3Record(), s3Record({ key: "raw/labelled/b.csv" })] };
    expect(await world.invoke(queue(both), intercepted(world.dependencies(), broken))).toEqual(comesAgain("m1"));
  });
});

describe("the end of the time", () => {
  test("with less than two seconds nothing begins and everything comes again", async () => {
    const world = new World();
    const event = queue(objectCreated(), "{");
    expect(await world.invoke(event, world.dependencies(), () => 1999)).toEqual(comesAgain("m1", "m2"));
    expect([world.state.known.size, world.deadLetters.messages.length]).toEqual([0, 0]);
    await expect(world.invoke(recorded("scheduler-tick"), world.dependencies(), () => 1999)).rejects.toThrow(
      new DeliveryError("the training job could not be started and the event has to come again"),
    );
  });

  test("what was not reached in time comes again, what was recorded does too, for the start", async () => {
    const world = new World();
    let left = 6000;
    const slow: Intercept = (_, proceed) => {
      left -= 2500;
      return proceed();
    };
    const objects = ["a", "b", "c"].map((name) => objectCreated({ key: `raw/labelled/${name}.csv` }));
    const dependencies = intercepted(world.dependencies(), slow);
    const response = await world.invoke(queue(...objects), dependencies, () => left);
    expect(response).toEqual(comesAgain("m2", "m3", "m1"));
    expect(world.state.known.size).toBe(1);
    expect(await world.invoke(queue(...objects))).toEqual(nothingFailed);
    expect(Object.values(world.manifestsOfJobs())[0]).toHaveLength(3);
  });
});

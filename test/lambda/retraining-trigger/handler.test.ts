import { metrics } from "../../../lambda/retraining-trigger/contract";
import { comesAgain, nothingFailed, objectCreated, queue, recorded, s3Record } from "../support/events";
import { World } from "../support/in-memory";

const { names } = metrics;
const minute = 60_000;
const small = { size: 400_000 };

describe("every recorded source", () => {
  test.each([
    ["S3 → queue", queue(recorded("s3-notification")), nothingFailed],
    ["EventBridge → queue", queue(recorded("eventbridge-object-created")), nothingFailed],
    ["S3 directly", recorded("s3-notification"), undefined],
    ["EventBridge directly", recorded("eventbridge-object-created"), undefined],
  ])("%s: one object, one job, the right input", async (_, event, answer) => {
    const world = new World();
    expect(await world.invoke(event)).toEqual(answer);
    const [name = ""] = world.jobs.created.keys();
    expect(world.manifestsOfJobs()).toEqual({ [name]: ["s3://acme-labels/raw/labelled/a b+ü.csv"] });
    expect(name).toMatch(/^retrain-labelled-[0-9a-f]{12}$/);
    expect(world.counts.values).toEqual({ [names.recorded]: 1, [names.started]: 1 });
    expect(world.state.waiting.size).toBe(0);
    expect(world.counts.published).toBe(1);
  });

  test.each([
    ["s3-test-event", "test-event"],
    ["s3-object-removed", "other-event"],
    ["eventbridge-object-deleted", "other-event"],
  ])("%s is ignored, behind the queue and directly", async (name, reason) => {
    const world = new World();
    expect(await world.invoke(queue(recorded(name)))).toEqual(nothingFailed);
    expect(await world.invoke(recorded(name))).toBeUndefined();
    expect(world.counts.values).toEqual({ [names.ignored]: 2, [`${names.ignored}:${reason}`]: 2 });
    expect(world.deadLetters.messages).toEqual([]);
  });

  test.each(["scheduled-rule", "scheduler-default", "scheduler-tick"])("%s looks again at what waits", async (name) => {
    const world = new World();
    await world.invoke(queue(objectCreated(small)));
    world.time += 60 * minute;
    expect(await world.invoke(recorded(name))).toBeUndefined();
    expect(world.jobs.created.size).toBe(1);
  });

  test("a tick on nothing is no job and no metric", async () => {
    const world = new World();
    await world.invoke(recorded("scheduler-tick"));
    expect([world.jobs.created.size, world.counts.values]).toEqual([0, {}]);
  });
});

describe("accumulation", () => {
  test("small objects wait until they are enough together", async () => {
    const world = new World();
    await world.invoke(queue(objectCreated({ ...small, key: "raw/labelled/a.csv" })));
    await world.invoke(queue(objectCreated({ ...small, key: "raw/labelled/b.csv" })));
    expect(world.jobs.created.size).toBe(0);
    await world.invoke(queue(objectCreated({ ...small, key: "raw/labelled/c.csv" })));
    expect(Object.values(world.manifestsOfJobs())).toEqual([
      ["a", "b", "c"].map((name) => `s3://acme-labels/raw/labelled/${name}.csv`),
    ]);
    expect(world.counts.values).toEqual({
      [names.recorded]: 3,
      [names.skipped]: 2,
      [`${names.skipped}:below-minimum`]: 2,
      [names.started]: 1,
    });
  });

  test("inside the cool-down they are recorded, afterwards a tick takes them", async () => {
    const world = new World();
    await world.invoke(queue(objectCreated()));
    world.time += 15 * minute - 1;
    await world.invoke(queue(objectCreated({ key: "raw/labelled/b.csv" })));
    expect([world.jobs.created.size, world.counts.values[`${names.skipped}:cool-down`]]).toEqual([1, 1]);
    world.time += 1;
    await world.invoke(recorded("scheduler-tick"));
    expect(world.jobs.created.size).toBe(2);
  });

  test("over the cap of running jobs they wait, without an error", async () => {
    const world = new World();
    world.jobs.runningNow = 1;
    expect(await world.invoke(queue(objectCreated()))).toEqual(nothingFailed);
    expect([world.jobs.created.size, world.counts.values[`${names.skipped}:concurrency`]]).toEqual([0, 1]);
    expect(world.state.held.plan).toBeUndefined();
    world.jobs.runningNow = 0;
    await world.invoke(recorded("scheduler-tick"));
    expect(world.jobs.created.size).toBe(1);
  });

  test("one job takes a thousand of the oldest, the rest follows", async () => {
    const world = new World({ COOL_DOWN_MINUTES: 0 });
    for (let batch = 0; batch < 3; batch += 1) {
      const objects = Array.from({ length: 350 }, (_, index) =>
        objectCreated({ key: `raw/labelled/${batch}-${index}.csv`, size: 1 }),
      );
      await world.invoke(queue(...objects));
      world.time += 20 * minute;
    }
    await world.invoke(recorded("scheduler-tick"));
    await world.invoke(recorded("scheduler-tick"));
    expect(Object.values(world.manifestsOfJobs()).map((keys) => keys.length)).toEqual([1000]);
    expect([...world.state.waiting.values()].every(({ key }) => key.startsWith("raw/labelled/2-"))).toBe(true);
    world.time += 60 * minute;
    await world.invoke(recorded("scheduler-tick"));
    expect(Object.values(world.manifestsOfJobs()).map((keys) => keys.length)).toEqual([1000, 50]);
    expect(world.state.waiting.size).toBe(0);
  });

  test("a dry run writes the manifest, starts nothing, takes nothing and keeps the pace of a real one", async () => {
    const world = new World({ DRY_RUN: true });
    await world.invoke(queue(objectCreated()));
    expect([world.jobs.created.size, world.manifests.texts.size, world.state.waiting.size]).toEqual([0, 1, 1]);
    expect(world.counts.values).toEqual({ [names.recorded]: 1, [names.dryRun]: 1 });
    expect(world.log.lines.map(({ message }) => message)).toContain("dry run: no training job created");
    await world.invoke(recorded("scheduler-tick"));
    expect(world.counts.values[`${names.skipped}:cool-down`]).toBe(1);
  });
});

describe("the same and other versions", () => {
  test("a duplicate changes nothing, before its job, after it, and by the other way in", async () => {
    const world = new World({ COOL_DOWN_MINUTES: 0 });
    const event = { ...small, key: "raw/labelled/ü b.csv" };
    for (let time = 0; time < 3; time += 1) {
      await world.invoke(queue(objectCreated(event), { Records: [s3Record(event)] }));
      world.time += 25 * minute;
    }
    await world.invoke(recorded("scheduler-tick"));
    await world.invoke(queue(objectCreated(event)));
    world.time += 120 * minute;
    await world.invoke(recorded("scheduler-tick"));
    expect(Object.values(world.manifestsOfJobs())).toEqual([["s3://acme-labels/raw/labelled/ü b.csv"]]);
    expect([world.counts.values[names.recorded], world.counts.values[names.duplicates]]).toEqual([1, 6]);
  });

  test("an older version that comes late does not replace a newer one", async () => {
    const world = new World();
    await world.invoke(
      queue(objectCreated({ ...small, sequencer: "0B" }), objectCreated({ size: 1, sequencer: "0A" })),
    );
    expect([...world.state.waiting.values()]).toMatchObject([{ revision: "v-0B", size: 400_000 }]);
    expect(world.counts.values[names.duplicates]).toBe(1);
  });

  test("a newer version takes the older one's place and its time in the queue", async () => {
    const world = new World();
    const since = world.time;
    await world.invoke(queue(objectCreated({ ...small, sequencer: "0A" })));
    world.time += minute;
    await world.invoke(queue(objectCreated({ size: 500_000, sequencer: "0B" })));
    expect([...world.state.waiting.values()]).toMatchObject([{ revision: "v-0B", size: 500_000, waitingSince: since }]);
  });

  test("a newer version after the job is new data", async () => {
    const world = new World({ COOL_DOWN_MINUTES: 0 });
    await world.invoke(queue(objectCreated({ sequencer: "0A" })));
    await world.invoke(queue(objectCreated({ sequencer: "0B" })));
    expect(Object.values(world.manifestsOfJobs())).toEqual([
      ["s3://acme-labels/raw/labelled/a.csv"],
      ["s3://acme-labels/raw/labelled/a.csv"],
    ]);
    expect(world.jobs.created.size).toBe(2);
  });

  test("a record that always changes under the hand comes again", async () => {
    const world = new World();
    await world.invoke(queue(objectCreated({ ...small, sequencer: "0A" })));
    world.state.replace = () => Promise.resolve(false);
    expect(await world.invoke(queue(objectCreated({ ...small, sequencer: "0B" })))).toEqual(comesAgain("m1"));
  });
});

test("no log line holds a key of an object, a payload or a line end", async () => {
  const world = new World({ COOL_DOWN_MINUTES: 0 });
  const lines: string[] = [];
  const hostile = "raw/labelled/jane.doe@example.com\u001b[31m\n.csv";
  const events = [
    queue(objectCreated({ key: "raw/labelled/jane.doe@example.com.csv" }), objectCreated({ key: hostile })),
    queue('{"name":"jane.doe"', objectCreated({ bucket: "jane.doe" })),
    recorded("scheduler-tick"),
  ];
  for (const event of events) {
    await world.invoke(event);
    lines.push(...world.log.lines.map((line) => JSON.stringify(line)));
  }
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.filter((line) => /jane|\\n|\\u001b/.test(line))).toEqual([]);
});

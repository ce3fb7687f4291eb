import { metrics } from "../../../lambda/retraining-trigger/contract";
import { DeliveryError } from "../../../lambda/retraining-trigger/handler";
import { PermanentError } from "../../../lambda/shared/errors";
import { comesAgain, nothingFailed, objectCreated, queue, recorded, s3Record } from "../support/events";
import { World } from "../support/in-memory";

const { names } = metrics;

describe("permanent causes go to the dead-letter queue and are done with", () => {
  const refusedObject = (change: object): object => ({ kind: "object", bucket: "acme-labels", ...change });

  test.each([
    [
      "foreign-bucket",
      { bucket: "acme-other" },
      { bucket: "acme-other", key: "raw/labelled/a.csv", versionId: "v-0A" },
    ],
    ["outside-prefix", { key: "other/a.csv" }, { key: "other/a.csv", versionId: "v-0A" }],
    ["wrong-suffix", { key: "raw/labelled/a.bak" }, { key: "raw/labelled/a.bak", versionId: "v-0A" }],
    ["unsafe-key", { key: "raw/labelled/../a.csv", versionId: null }, { key: "raw/labelled/../a.csv" }],
    ["key-too-long", { key: `raw/labelled/${"x".repeat(1024)}.csv`, versionId: null }, {}],
  ])("%s", async (reason, object, pointer) => {
    const world = new World();
    const event = queue(objectCreated(object));
    const [message] = event.Records;
    if (message) message.attributes.ApproximateReceiveCount = "3";
    expect(await world.invoke(event)).toEqual(nothingFailed);
    expect(world.deadLetters.messages).toMatchObject([
      {
        version: 1,
        handler: "retraining-trigger",
        reason,
        requestId: "request-1",
        attempt: 3,
        rejectedAt: "2026-03-02T10:00:00.000Z",
        refused: refusedObject(pointer),
      },
    ]);
    expect(world.counts.values).toEqual({ [names.rejected]: 1, [`${names.rejected}:${reason}`]: 1 });
    expect([world.state.known.size, world.jobs.created.size]).toEqual([0, 0]);
  });

  test("own output", async () => {
    const world = new World({ SOURCE_PREFIX: undefined });
    await world.invoke(queue(objectCreated({ key: "models/retrain-a/output/x.csv" })));
    expect(world.deadLetters.messages).toMatchObject([
      { reason: "own-output", refused: refusedObject({ key: "models/retrain-a/output/x.csv" }) },
    ]);
  });

  test.each([
    ["not-json", '{"Records":[{'],
    ["not-an-object", "[]"],
    ["too-deep", `{"a":${"[".repeat(99)}${"]".repeat(99)}}`],
    ["too-many-keys", `{${Array.from({ length: 2001 }, (_, index) => `"${index}":1`).join(",")}}`],
    ["duplicate-key", '{"a":1,"a":"4111111111111111"}'],
    ["forbidden-key", '{"__proto__":{"polluted":true},"mail":"jane@example.com"}'],
    ["string-too-long", `{"a":"${"x".repeat(70_000)}"}`],
    ["unknown-event", '{"hello":"world"}'],
    ["schema-violation", '{"Records":[{"eventName":"ObjectCreated:Put","s3":{}}]}'],
    ["undecodable-key", JSON.stringify({ Records: [s3Record()] }).replace("raw/labelled", "raw%FFlabelled")],
  ])("%s: the record travels itself, masked and cut", async (reason, body) => {
    const world = new World();
    expect(await world.invoke(queue(body))).toEqual(nothingFailed);
    const [message] = world.deadLetters.messages;
    expect(message).toMatchObject({ reason, attempt: 1, refused: { kind: "record" } });
    expect(JSON.stringify(message)).not.toMatch(/4111111111111111|jane@example\.com/);
    expect(JSON.stringify(message).length).toBeLessThan(20_000);
    expect(Reflect.has({}, "polluted")).toBe(false);
  });

  test.each([[null], ["text"], [{}], [{ Records: [] }]])("the direct call %j", async (event) => {
    const world = new World();
    expect(await world.invoke(event)).toBeUndefined();
    expect(world.deadLetters.messages).toMatchObject([{ reason: "unknown-event" }]);
  });

  test("bad records do not hold up the good ones, in a batch and in one message", async () => {
    const world = new World();
    const mixed = { Records: [{ eventSource: "aws:sns" }, s3Record()] };
    expect(await world.invoke(queue("{", mixed, objectCreated({ bucket: "acme-other" })))).toEqual(nothingFailed);
    expect(world.deadLetters.messages.map(({ reason }) => reason)).toEqual([
      "not-json",
      "unknown-event",
      "foreign-bucket",
    ]);
    expect(world.jobs.created.size).toBe(1);
  });

  test("a refused configuration: the manifest is named, objects wait, no cool-down", async () => {
    const world = new World();
    const create = world.jobs.create.bind(world.jobs);
    world.jobs.create = () => Promise.reject(new PermanentError("invalid-configuration", "no such image"));
    expect(await world.invoke(queue(objectCreated()))).toEqual(nothingFailed);
    const [manifest] = world.manifests.texts.keys();
    expect(world.deadLetters.messages).toMatchObject([
      {
        reason: "invalid-configuration",
        detail: "no such image",
        refused: refusedObject({ key: manifest }),
      },
    ]);
    expect(world.state.held).toEqual({ revision: 2, coolDownUntil: 0 });
    expect(world.state.waiting.size).toBe(1);
    world.jobs.create = create;
    await world.invoke(recorded("scheduler-tick"));
    expect(Object.values(world.manifestsOfJobs())).toEqual([["s3://acme-labels/raw/labelled/a.csv"]]);
  });

  test("nothing is acknowledged that the dead-letter queue did not take", async () => {
    const world = new World();
    world.deadLetters.send = () => Promise.reject(new Error("throttled"));
    expect(await world.invoke(queue("{", objectCreated()))).toEqual(comesAgain("m1"));
    await expect(world.invoke({})).rejects.toThrow(new DeliveryError("1 of 1 records failed and have to come again"));
    expect(world.counts.values[names.rejected]).toBeUndefined();
    expect(world.counts.values[names.failures]).toBe(2);
  });
});

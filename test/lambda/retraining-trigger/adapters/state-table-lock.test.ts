import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StateTable } from "../../../../lambda/retraining-trigger/adapters/state-table";
import { statePartitions } from "../../../../lambda/retraining-trigger/contract";
import { held, released, unlocked, type HeldPlan } from "../../../../lambda/retraining-trigger/lock";
import { environment } from "../../support/environment";
import { json, jsonError } from "../../support/loopback";
import { against, errorOf, resultOf } from "../../support/service";
import { always, objectOf, placeOf, scope, withTable } from "../../support/state-table";

const a = objectOf("a");

describe("the lock", () => {
  const plan: HeldPlan = {
    jobName: "retrain-1",
    phase: "planned",
    owner: "request-1",
    leaseUntil: 1_772_446_830_000,
    objects: [{ objectId: a.objectId, identity: a.identity, waitingSince: a.waitingSince }],
  };
  const mine = held({ revision: 4, coolDownUntil: 77 }, plan);
  const key = { id: { S: `${scope}#lock` }, sortKey: { S: "lock" } };
  const item = {
    ...key,
    revision: { N: "5" },
    coolDownUntil: { N: "77" },
    plan: {
      M: {
        jobName: { S: "retrain-1" },
        phase: { S: "planned" },
        owner: { S: "request-1" },
        leaseUntil: { N: "1772446830000" },
        objects: { L: [{ S: `${placeOf(a)}#${a.identity}` }] },
      },
    },
  };

  test.each([
    ["that was never taken", {}, unlocked],
    ["with a plan", { Item: item }, mine],
    [
      "with a job that has started",
      { Item: { ...item, plan: { M: { ...item.plan.M, phase: { S: "started" } } } } },
      { ...mine, plan: { ...plan, phase: "started" } },
    ],
    ["in its cool-down", { Item: { ...key, revision: { N: "6" }, coolDownUntil: { N: "9" } } }, released(mine, 9)],
  ])("%s is read consistently", async (_, answer, expected) => {
    const run = await withTable(always(json(answer)), (state) => state.lock());
    expect(resultOf(run)).toEqual(expected);
    expect(run.server.inputs).toEqual([{ TableName: "state", Key: key, ConsistentRead: true }]);
  });

  test.each([
    ["for the first time", unlocked, { ConditionExpression: "attribute_not_exists(id)" }],
    [
      "again",
      { revision: 4, coolDownUntil: 77 },
      { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: "4" } } },
    ],
  ])("is changed %s only on the revision it was decided on", async (_, from, condition) => {
    const run = await withTable(always(json({})), (state) => state.change(from, mine));
    expect(resultOf(run)).toBe(true);
    expect(run.server.inputs).toEqual([
      { TableName: "state", Item: item, ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
    ]);
  });

  test.each([
    ["somebody else was first", { ...item, plan: { M: { ...item.plan.M, owner: { S: "request-2" } } } }, false],
    ["it has moved on", { ...item, revision: { N: "6" } }, false],
    ["nothing is said about it", undefined, false],
    ["it is our own write, whose answer was lost", item, true],
  ])("is not changed where %s", async (_, Item, expected) => {
    const answer = jsonError("ConditionalCheckFailedException", 400, { Item });
    const run = await withTable(always(answer), (state) => state.change({ revision: 4, coolDownUntil: 77 }, mine));
    expect(resultOf(run)).toBe(expected);
  });

  test("of a thousand objects fits an item", async () => {
    const objects = Array.from({ length: 1000 }, (_, index) => objectOf(String(index)));
    const full = held(unlocked, { ...plan, objects });
    const run = await withTable(always(json({})), (state) => state.change(unlocked, full));
    expect(run.server.requests[0]?.body.length).toBeLessThan(120_000);
  });
});

describe("errors", () => {
  test.each([
    ["ThrottlingException", 400, 3],
    ["ProvisionedThroughputExceededException", 400, 3],
    ["InternalServerError", 500, 3],
    ["AccessDeniedException", 400, 1],
    ["ValidationException", 400, 1],
  ])("%s is tried %d %d times and stays an error", async (name, status, calls) => {
    const run = await withTable(always(jsonError(name, status)), (state) => state.lock());
    expect([errorOf(run), run.server.requests.length]).toEqual([name, calls]);
  });

  test("a server that recovers is not noticed", async () => {
    const run = await withTable(
      (_, index) => (index < 2 ? jsonError("InternalServerError", 500) : json({})),
      (state) => state.lock(),
    );
    expect(resultOf(run)).toEqual(unlocked);
  });

  test("a server that does not answer is given up on", async () => {
    const impatient = { connectionTimeout: 1000, requestTimeout: 50, throwOnRequestTimeout: true };
    const run = await against(
      () => "hang",
      (settings) => {
        const client = new DynamoDBClient({ ...settings, requestHandler: impatient });
        return new StateTable(client, "state", statePartitions(environment)).lock();
      },
    );
    expect([errorOf(run), run.server.requests.length]).toEqual(["TimeoutError", 3]);
  });
});

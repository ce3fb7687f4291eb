import type { TrainingObject } from "../../../../lambda/retraining-trigger/training-object";
import { json, jsonError, type Answer, type Responder } from "../../support/loopback";
import { errorOf, expectDone, resultOf } from "../../support/service";
import { always, objectOf, placeOf, scope, withTable } from "../../support/state-table";
import type { StateTable } from "../../../../lambda/retraining-trigger/adapters/state-table";

const a = objectOf("a");
const known = (object: TrainingObject, change: object = {}) => ({
  id: { S: `${scope}#objects` },
  sortKey: { S: object.objectId },
  identity: { S: object.identity },
  sequencer: { S: "0A" },
  ...change,
});
const waiting = (object: TrainingObject) => ({
  id: { S: `${scope}#pending` },
  sortKey: { S: placeOf(object) },
  identity: { S: object.identity },
  key: { S: object.key },
  revision: { S: "v1" },
  sequencer: { S: "0A" },
  size: { N: "7" },
});

const operations = (requests: readonly { readonly headers: NodeJS.Dict<string | string[]> }[]): readonly unknown[] =>
  requests.map(({ headers }) => headers["x-amz-target"]);
const cancelled = (code: string, item?: object): Answer =>
  jsonError("TransactionCanceledException", 400, {
    CancellationReasons: [{ Code: code, ...(item ? { Item: item } : {}) }, { Code: "None" }],
  });

describe("recording", () => {
  test("an unknown object is written into both its places or neither", async () => {
    const run = await withTable(always(json({})), (state) => state.insert(a));
    expect(resultOf(run)).toBeUndefined();
    expect(operations(run.server.requests)).toEqual(["DynamoDB_20120810.TransactWriteItems"]);
    expect(run.server.inputs).toEqual([
      {
        ClientRequestToken: expect.any(String) as string,
        TransactItems: [
          {
            Put: {
              TableName: "state",
              Item: known(a, { pendingKey: { S: placeOf(a) } }),
              ConditionExpression: "attribute_not_exists(id)",
              ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            },
          },
          { Put: { TableName: "state", Item: waiting(a) } },
        ],
      },
    ]);
  });

  test.each([
    ["one that waits", { pendingKey: { S: placeOf(a) } }, { waitingSince: a.waitingSince }],
    ["one that a job took", { jobName: { S: "retrain-1" } }, {}],
  ])("of a known object, %s, nothing is written and what is known comes back", async (_, item, expected) => {
    const run = await withTable(always(cancelled("ConditionalCheckFailed", known(a, item))), (state) =>
      state.insert(a),
    );
    expect(resultOf(run)).toEqual({ identity: a.identity, sequencer: "0A", ...expected });
  });

  test.each([
    ["one that waits", { waitingSince: 5 }, "#identity = :identity AND pendingKey = :pendingKey"],
    ["one that a job took", {}, "#identity = :identity AND attribute_not_exists(pendingKey)"],
  ])("a newer version replaces exactly the one it was compared with: %s", async (_, since, condition) => {
    const run = await withTable(always(json({})), (state) =>
      state.replace({ identity: "old", sequencer: "09", ...since }, a),
    );
    expect(resultOf(run)).toBe(true);
    expect(run.server.inputs).toMatchObject([
      {
        TransactItems: [
          {
            Put: {
              Item: { identity: { S: a.identity } },
              ConditionExpression: condition,
              ExpressionAttributeNames: { "#identity": "identity" },
              ExpressionAttributeValues: {
                ":identity": { S: "old" },
                ...("waitingSince" in since ? { ":pendingKey": { S: `0000000000005#${a.objectId}` } } : {}),
              },
            },
          },
          { Put: { Item: { sortKey: { S: placeOf(a) } } } },
        ],
      },
    ]);
  });

  test("where something else is known by now, nothing is replaced", async () => {
    const run = await withTable(always(cancelled("ConditionalCheckFailed", known(a))), (state) =>
      state.replace({ identity: "old", sequencer: "09" }, a),
    );
    expect(resultOf(run)).toBe(false);
  });

  test.each([
    ["TransactionConflict", 1],
    ["ThrottlingError", 1],
    ["ValidationError", 1],
  ])("a transaction cancelled by %s is a failure", async (code, calls) => {
    const run = await withTable(always(cancelled(code)), (state) => state.insert(a));
    expect(errorOf(run)).toBe("TransactionCanceledException");
    expect(run.server.requests).toHaveLength(calls);
  });
});

describe("what waits", () => {
  const b = objectOf("b", 1_772_446_530_001);

  test("is read page by page, oldest first, consistently, and only as far as asked", async () => {
    const pages: Responder = (_, index) =>
      json(index === 0 ? { Items: [waiting(a)], LastEvaluatedKey: { id: { S: "x" } } } : { Items: [waiting(b)] });
    const all = async (state: StateTable, most: number): Promise<readonly TrainingObject[]> => {
      const objects: TrainingObject[] = [];
      for await (const object of state.pending()) {
        objects.push(object);
        if (objects.length === most) break;
      }
      return objects;
    };
    const run = await withTable(pages, (state) => all(state, 9));
    expect(resultOf(run)).toEqual([a, b]);
    const query = {
      TableName: "state",
      ConsistentRead: true,
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": { S: `${scope}#pending` } },
    };
    expect(run.server.inputs).toEqual([query, { ...query, ExclusiveStartKey: { id: { S: "x" } } }]);
    expect(operations(run.server.requests)[0]).toBe("DynamoDB_20120810.Query");
    expect((await withTable(pages, (state) => all(state, 1))).server.requests).toHaveLength(1);
  });

  test("of a plan is what was planned, not what lies between", async () => {
    const between = objectOf("between");
    const newer = { ...waiting(b), identity: { S: "newer" } };
    const run = await withTable(always(json({ Items: [waiting(a), waiting(between), newer] })), (state) =>
      state.planned({ jobName: "j", objects: [a, b] }),
    );
    expect(resultOf(run)).toEqual([a, { ...b, identity: "newer" }]);
    expect(run.server.inputs).toMatchObject([
      {
        KeyConditionExpression: "id = :id AND sortKey BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":first": { S: placeOf(a) }, ":last": { S: placeOf(b) } },
      },
    ]);
  });

  test("of an empty plan is nothing, without asking", async () => {
    const run = await withTable(always(json({})), (state) => state.planned({ jobName: "j", objects: [] }));
    expect([resultOf(run), run.server.requests]).toEqual([[], []]);
  });
});

describe("taking", () => {
  const now = 1_772_446_600_999;

  test("remembers the job for five weeks, then removes the object from the waiting; both only of that version", async () => {
    const run = await withTable(always(json({})), (state) => state.consume("retrain-1", [a], now));
    expectDone(run);
    const identity = {
      TableName: "state",
      ConditionExpression: "#identity = :identity",
      ExpressionAttributeNames: { "#identity": "identity" },
    };
    expect(operations(run.server.requests)).toEqual(["DynamoDB_20120810.UpdateItem", "DynamoDB_20120810.DeleteItem"]);
    expect(run.server.inputs).toEqual([
      {
        ...identity,
        Key: { id: { S: `${scope}#objects` }, sortKey: { S: a.objectId } },
        UpdateExpression: "SET jobName = :jobName, expiration = :expiration REMOVE pendingKey",
        ExpressionAttributeValues: {
          ":identity": { S: a.identity },
          ":jobName": { S: "retrain-1" },
          ":expiration": { N: String(1_772_446_600 + 35 * 86_400) },
        },
      },
      {
        ...identity,
        Key: { id: { S: `${scope}#pending` }, sortKey: { S: placeOf(a) } },
        ExpressionAttributeValues: { ":identity": { S: a.identity } },
      },
    ]);
  });

  test("leaves alone what a newer version has replaced or an earlier try has taken", async () => {
    const run = await withTable(always(jsonError("ConditionalCheckFailedException")), (state) =>
      state.consume("retrain-1", [a, objectOf("b")], now),
    );
    expectDone(run);
    expect(run.server.requests).toHaveLength(4);
  });

  test("fails where a write fails", async () => {
    const run = await withTable(always(jsonError("ResourceNotFoundException")), (state) =>
      state.consume("j", [a], now),
    );
    expect([errorOf(run), run.server.requests.length]).toEqual(["ResourceNotFoundException", 1]);
  });
});

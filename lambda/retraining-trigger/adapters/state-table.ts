import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  paginateQuery,
  type DynamoDBClient,
  type Put,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { limits, type StatePartitions } from "../contract";
import type { JobPlan, PlannedObject } from "../job-plan";
import { unlocked, type Lock } from "../lock";
import type { TriggerState } from "../ports";
import type { KnownObject, TrainingObject } from "../training-object";
import {
  knownObject,
  lockItem,
  lockKey,
  lockOf,
  number,
  objectItem,
  pendingItem,
  pendingKey,
  pendingObject,
  text,
  type Item,
} from "./state-items";

type Condition = Pick<Put, "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues">;

const unknown: Condition = { ConditionExpression: "attribute_not_exists(id)" };
const secondsPerDay = 86_400;
/** Objects that are marked at the same time. */
const parallel = 10;

/** The state in a DynamoDB table (`state-items.ts` says how). Reads are consistent, writes conditional. */
export class StateTable implements TriggerState {
  public constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly partitions: StatePartitions,
  ) {}

  public async insert(object: TrainingObject): Promise<KnownObject | undefined> {
    const old = await this.write(object, unknown);
    return old === undefined ? undefined : knownObject(old);
  }

  public async replace({ identity, waitingSince }: KnownObject, object: TrainingObject): Promise<boolean> {
    const waits = waitingSince === undefined ? "attribute_not_exists(pendingKey)" : "pendingKey = :pendingKey";
    const key: Item =
      waitingSince === undefined ? {} : { ":pendingKey": text(pendingKey({ ...object, waitingSince })) };
    const old = await this.write(object, {
      ConditionExpression: `#identity = :identity AND ${waits}`,
      ExpressionAttributeNames: { "#identity": "identity" },
      ExpressionAttributeValues: { ":identity": text(identity), ...key },
    });
    return old === undefined;
  }

  public pending(): AsyncIterable<TrainingObject> {
    return this.query({
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": text(this.partitions.pending) },
    });
  }

  public async planned({ objects }: JobPlan): Promise<readonly TrainingObject[]> {
    const keys = objects.map(pendingKey);
    const [first, last] = [keys.at(0), keys.at(-1)];
    if (first === undefined || last === undefined) return [];
    const wanted = new Set(keys);
    const found: TrainingObject[] = [];
    const range = this.query({
      KeyConditionExpression: "id = :id AND sortKey BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":id": text(this.partitions.pending),
        ":first": text(first),
        ":last": text(last),
      },
    });
    for await (const object of range) if (wanted.has(pendingKey(object))) found.push(object);
    return found;
  }

  public async consume(jobName: string, objects: readonly PlannedObject[], now: number): Promise<void> {
    const expiration = Math.floor(now / 1000) + limits.rememberedDays * secondsPerDay;
    for (let from = 0; from < objects.length; from += parallel)
      await Promise.all(objects.slice(from, from + parallel).map((object) => this.mark(jobName, object, expiration)));
  }

  public async lock(): Promise<Lock> {
    const command = new GetItemCommand({ TableName: this.table, Key: lockKey(this.partitions), ConsistentRead: true });
    const { Item: item } = await this.client.send(command);
    return item === undefined ? unlocked : lockOf(item);
  }

  /** A write whose answer was lost is repeated by the SDK and then meets itself: that is a success. */
  public async change(from: Lock, to: Lock): Promise<boolean> {
    const onRevision: Condition = {
      ConditionExpression: "revision = :revision",
      ExpressionAttributeValues: { ":revision": number(from.revision) },
    };
    const item = lockItem(this.partitions, to);
    const put: Put = { TableName: this.table, Item: item, ...(from.revision === 0 ? unknown : onRevision) };
    try {
      await this.client.send(new PutItemCommand({ ...put, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }));
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item !== undefined && isSameLock(lockOf(error.Item), to);
    }
  }

  /** Writes an object into both its partitions; where the condition fails, neither, and what stands there comes back. */
  private async write(object: TrainingObject, condition: Condition): Promise<Item | undefined> {
    const known: Put = { TableName: this.table, Item: objectItem(this.partitions, object), ...condition };
    const waiting: Put = { TableName: this.table, Item: pendingItem(this.partitions, object) };
    const items = [{ Put: { ...known, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const } }, { Put: waiting }];
    try {
      await this.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return undefined;
    } catch (error) {
      const reason = error instanceof TransactionCanceledException ? error.CancellationReasons?.[0] : undefined;
      if (reason?.Code !== "ConditionalCheckFailed") throw error;
      return reason.Item ?? {};
    }
  }

  /** First the memory of the object, then its place among the waiting: between the two it is known and waits, no more. */
  private async mark(jobName: string, object: PlannedObject, expiration: number): Promise<void> {
    const { objects, pending } = this.partitions;
    const identity = {
      TableName: this.table,
      ExpressionAttributeNames: { "#identity": "identity" },
      ConditionExpression: "#identity = :identity",
    };
    const values = { ":identity": text(object.identity) };
    const taken = new UpdateItemCommand({
      ...identity,
      Key: { id: text(objects), sortKey: text(object.objectId) },
      UpdateExpression: "SET jobName = :jobName, expiration = :expiration REMOVE pendingKey",
      ExpressionAttributeValues: { ...values, ":jobName": text(jobName), ":expiration": number(expiration) },
    });
    const waitsNoMore = new DeleteItemCommand({
      ...identity,
      Key: { id: text(pending), sortKey: text(pendingKey(object)) },
      ExpressionAttributeValues: values,
    });
    await unlessReplaced(this.client.send(taken));
    await unlessReplaced(this.client.send(waitsNoMore));
  }

  private async *query(condition: Partial<QueryCommandInput>): AsyncGenerator<TrainingObject> {
    const input = { TableName: this.table, ConsistentRead: true, ...condition };
    for await (const { Items = [] } of paginateQuery({ client: this.client }, input)) yield* Items.map(pendingObject);
  }
}

const isSameLock = (one: Lock, other: Lock): boolean =>
  one.revision === other.revision &&
  one.coolDownUntil === other.coolDownUntil &&
  one.plan?.owner === other.plan?.owner &&
  one.plan?.leaseUntil === other.plan?.leaseUntil;

/** The condition fails for an object that was marked before or has a newer version: both are fine. */
async function unlessReplaced(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

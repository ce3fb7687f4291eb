import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StateTable } from "../../../lambda/retraining-trigger/adapters/state-table";
import { statePartitions } from "../../../lambda/retraining-trigger/contract";
import { trainingObject, type TrainingObject } from "../../../lambda/retraining-trigger/training-object";
import { environment } from "./environment";
import type { Answer, Loopback, Responder } from "./loopback";
import { against } from "./service";

/** The beginning of every partition of the test's trigger. */
export const scope = "retraining-trigger#retrain#acme-labels/raw/labelled/";

/** A small object of the watched folder. */
export const objectOf = (name: string, waitingSince = 1_772_446_530_000): TrainingObject =>
  trainingObject(
    { bucket: "acme-labels", key: `raw/labelled/${name}.csv`, versionId: "v1", eTag: "e", sequencer: "0A", size: 7 },
    waitingSince,
  );

/** Its sort key among the waiting. */
export const placeOf = ({ waitingSince, objectId }: TrainingObject): string => `${waitingSince}#${objectId}`;

/** Works with the state table while a server answers so. */
export function withTable<T>(
  respond: Responder,
  work: (state: StateTable) => Promise<T>,
): Promise<{ readonly result: PromiseSettledResult<T>; readonly server: Loopback }> {
  return against(respond, (settings) =>
    work(new StateTable(new DynamoDBClient(settings), "state", statePartitions(environment))),
  );
}

/** The same answer to everything. */
export const always =
  (answer: Answer): Responder =>
  () =>
    answer;

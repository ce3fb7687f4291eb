import { permissions } from "../../../lambda/retraining-trigger/contract";
import type { Dependent, Grant } from "../../core/grant";
import { arnPart } from "../../identity/aws/arn";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { IAwsBucket } from "../../storage/aws/bucket";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import type { IdempotencyTable } from "./idempotency-table";

/** What a trigger works with. */
export interface TriggerTargets {
  /** Path of the trigger: its own permissions are named after it. */
  readonly path: string;
  readonly role: AwsPrincipal;
  readonly table: IdempotencyTable;
  /** The parts of the table that are the trigger's own. */
  readonly partitions: readonly string[];
  readonly artifacts: IAwsBucket;
  readonly manifestPrefix: string;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly trainingRoleArn: string;
  readonly jobNamePrefix: string;
}

/** How each target of the contract is granted: a target that is missing here does not compile. */
const GRANT: Record<keyof typeof permissions, (targets: TriggerTargets) => Grant> = {
  stateTable: ({ role, table, partitions }) =>
    table.grants.allow(asGrantee(role), permissions.stateTable, { partitions }),
  trainingJobs: ({ path, role, deadLetterQueue, jobNamePrefix }) =>
    role.allow({ verb: "start", target: path }, [
      { actions: permissions.trainingJobs, resources: [`${jobsBeside(deadLetterQueue)}/${jobNamePrefix}-*`] },
    ]),
  allTrainingJobs: ({ path, role }) =>
    role.allow({ verb: "list", target: path }, [{ actions: permissions.allTrainingJobs, resources: ["*"] }]),
  trainingRole: ({ path, role, trainingRoleArn }) =>
    role.allow({ verb: "pass", target: path }, [
      {
        actions: permissions.trainingRole,
        resources: [trainingRoleArn],
        condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
      },
    ]),
  manifests: ({ role, artifacts, manifestPrefix }) =>
    artifacts.grants.write(asGrantee(role), { prefix: manifestPrefix }),
  deadLetter: ({ role, deadLetterQueue }) => deadLetterQueue.grants.send(asGrantee(role)),
};

const asGrantee = (grantPrincipal: AwsPrincipal): { readonly grantPrincipal: AwsPrincipal } => ({ grantPrincipal });

/** The training jobs of the region and account that an own queue stands in. */
const jobsBeside = ({ queueArn }: DeadLetterQueue): string =>
  `arn:aws:sagemaker:${arnPart(queueArn, "region")}:${arnPart(queueArn, "account")}:training-job`;

/** Grants what the handler's contract names, and nothing else, before a resource. */
export function grantContract(targets: TriggerTargets, before: Dependent): void {
  for (const grant of Object.values(GRANT)) grant(targets).before(before);
}

import {
  StorageTransferJob,
  type StorageTransferJobTransferSpec,
} from "@cdktf/provider-google/lib/storage-transfer-job";
import type { StorageTransferJobSchedule } from "@cdktf/provider-google/lib/storage-transfer-job";
import type { StorageTransferJobEventStream } from "@cdktf/provider-google/lib/storage-transfer-job";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { given, having, oneOf } from "../../core/checks";
import type { Grant } from "../../core/grant";
import { placedGlobally, type PlacementProps } from "../../core/placement";
import type { Schedule } from "../../core/schedule";
import { GoogleService, GoogleServiceAgent } from "../../identity/google/service-agent";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { IGoogleBucket } from "../../storage/google/bucket";
import { bucketIdentity, CopyEngine, type CopyRoute } from "../loops";
import { copiedPrefixes, prefixProblems } from "../prefixes";
import {
  objectsProblems,
  timesProblems,
  TransferOverwrite,
  type TransferredObjects,
  type TransferTimes,
} from "../transfer";

/** What every transfer into a bucket of Cloud Storage takes. */
export interface GcsTransferProps extends TransferredObjects, TransferTimes, PlacementProps {
  /** Where copies go, own or referred to. */
  readonly destination: IGoogleBucket;
  /** @default TransferOverwrite.DIFFERENT */
  readonly overwrite?: TransferOverwrite;
  /** Who is told of objects that could not be copied. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
}

/** https://cloud.google.com/storage-transfer/docs/reference/rest/v1/TransferSpec#OverwriteWhen */
const OVERWRITE_WHEN: Readonly<Record<TransferOverwrite, string>> = {
  [TransferOverwrite.DIFFERENT]: "DIFFERENT",
  [TransferOverwrite.NEVER]: "NEVER",
  [TransferOverwrite.ALWAYS]: "ALWAYS",
};

/** What stands in a job besides its source. */
export interface JobParts {
  readonly source: Pick<StorageTransferJobTransferSpec, "awsS3DataSource" | "azureBlobStorageDataSource">;
  readonly description: string;
  /** What tells of new objects. @default - nothing does */
  readonly queueArn?: string;
}

/** Storage Transfer takes 1,024 bytes. https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs */
const LONGEST_DESCRIPTION = 1024;

/** The job of a transfer, with its failures in the log. */
export function transferJob(scope: Construct, props: GcsTransferProps, parts: JobParts): StorageTransferJob {
  const { destination, prefixes, excludedPrefixes, targetPrefix, overwrite = TransferOverwrite.DIFFERENT } = props;
  const conditions = {
    ...(prefixes !== undefined && { includePrefixes: [...prefixes] }),
    ...(excludedPrefixes !== undefined && excludedPrefixes.length > 0 && { excludePrefixes: [...excludedPrefixes] }),
  };
  return new StorageTransferJob(
    scope,
    "Resource",
    placedGlobally(scope, {
      description: parts.description.slice(0, LONGEST_DESCRIPTION),
      status: "ENABLED",
      transferSpec: {
        ...parts.source,
        gcsDataSink: {
          bucketName: destination.bucketName,
          ...(targetPrefix !== undefined && { path: targetPrefix }),
        },
        ...(Object.keys(conditions).length > 0 && { objectConditions: conditions }),
        transferOptions: { overwriteWhen: OVERWRITE_WHEN[overwrite] },
      },
      ...timesOf(props, parts.queueArn),
      loggingConfig: { logActions: ["FIND", "COPY"], logActionStates: ["FAILED"] },
    }),
  );
}

type Times =
  { readonly schedule: StorageTransferJobSchedule } | { readonly eventStream: StorageTransferJobEventStream };

/** A day that is over wherever a job is made: Storage Transfer then begins on the day after. */
const LONG_AGO = "2024-01-01";

function timesOf({ schedule, onceOn, startsOn, endsOn }: TransferTimes, queueArn: string | undefined): Times {
  if (onceOn !== undefined) return { schedule: { scheduleStartDate: dateOf(onceOn), scheduleEndDate: dateOf(onceOn) } };
  if (schedule === undefined) return { eventStream: streamOf(queueArn ?? "", startsOn, endsOn) };
  return {
    schedule: {
      scheduleStartDate: dateOf(startsOn ?? LONG_AGO),
      ...(endsOn !== undefined && { scheduleEndDate: dateOf(endsOn) }),
      startTimeOfDay: timeOf(schedule),
      repeatInterval: `${String(schedule.longestIntervalMinutes * 60)}s`,
    },
  };
}

const streamOf = (name: string, startsOn?: string, endsOn?: string): StorageTransferJobEventStream => ({
  name,
  ...(startsOn !== undefined && { eventStreamStartTime: `${startsOn}T00:00:00Z` }),
  ...(endsOn !== undefined && { eventStreamExpirationTime: `${endsOn}T23:59:59Z` }),
});

function dateOf(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return { year, month, day };
}

function timeOf({ recurrence }: Schedule): { hours: number; minutes: number; seconds: number; nanos: number } {
  const hours = "hour" in recurrence ? recurrence.hour : 0;
  return { hours, minutes: recurrence.minute, seconds: 0, nanos: 0 };
}

/** The way that copies go, for the guard against loops. @param from identity of the source */
export const transferRoute = (from: string, props: GcsTransferProps): CopyRoute => ({
  from,
  to: bucketIdentity(props.destination.path, props.destination.url),
  prefixes: copiedPrefixes(props),
  ...(props.excludedPrefixes !== undefined && { excludedPrefixes: props.excludedPrefixes }),
  ...(props.targetPrefix !== undefined && { targetPrefix: props.targetPrefix }),
  engine: CopyEngine.JOB,
});

/** Writing, and reading to see what is there already. https://cloud.google.com/storage-transfer/docs/iam-cloud */
export function openDestination(job: StorageTransferJob, scope: Construct, destination: IGoogleBucket): void {
  const agent = GoogleServiceAgent.of(scope, GoogleService.STORAGE_TRANSFER);
  // the role of delete writes as well, and is the narrowest with the storage.buckets.get that Storage Transfer asks for
  for (const grant of [destination.grants.read(agent), destination.grants.delete(agent)]) grant.before(job);
}

/** Rights on the other side, where Terraform makes both in one go. */
export function waitForRights(job: StorageTransferJob, trust: { readonly rights?: readonly Grant[] }): void {
  const elsewhere = !Construct.isConstruct(trust) || TerraformStack.of(trust) !== TerraformStack.of(job);
  if (!elsewhere) for (const right of trust.rights ?? []) right.before(job);
}

/** All that is wrong with a transfer, whatever its source. */
export const gcsTransferProblems = (props: GcsTransferProps, hasEvents: boolean): readonly string[] => {
  const prefixes = prefixProblems("", props);
  return [
    ...["url", "grants"]
      .flatMap((fact) => having("destination", props.destination, fact, "a GoogleBucket, own or referred to"))
      .slice(0, 1),
    ...prefixes,
    ...(prefixes.length > 0 ? [] : objectsProblems(props)),
    ...timesProblems(props, hasEvents),
    ...given(props.overwrite, (when) => oneOf("overwrite", when, Object.values(TransferOverwrite))),
    ...monitoringProblems(props.monitoring),
  ];
};

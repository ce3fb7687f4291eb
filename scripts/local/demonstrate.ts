import type { CloudAddress } from "./address";
import { poll, type Run } from "./context";
import { LocalCloudError } from "./failure";
import { manifestUri, RetrainingLoop, type TriggerLogLine } from "./loop";
import type { DeployedStack } from "./stacks";

const POLL_EVERY_MS = 250;
/** Characters of a manifest that are shown. */
const SHOWN = 300;

/**
 * Uploads labelled data and tells what becomes of it: message, job, manifest, status.
 *
 * @throws LocalCloudError when nothing becomes of it in time
 */
export async function demonstrate(
  address: CloudAddress,
  stack: DeployedStack,
  timeoutMs: number,
  run: Run,
): Promise<void> {
  const loop = new RetrainingLoop(address, stack);
  try {
    await showTraining(loop, timeoutMs, run);
  } finally {
    loop.close();
  }
}

async function showTraining(loop: RetrainingLoop, timeoutMs: number, run: Run): Promise<void> {
  const variables = await loop.variables();
  const since = Date.now();
  const name = `labelled-${new Date(since).toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const object = await loop.upload(
    `${name}${variables["SOURCE_SUFFIX"] ?? ".csv"}`,
    Number(variables["MINIMUM_BYTES"]),
  );
  run.progress(`object    s3://${loop.bucket}/${object.key}, ${object.bytes} bytes of labelled rows`);
  const told = new Set<string>();
  const outcome = await poll(
    async () => {
      const lines = await loop.log(since);
      for (const text of lines.map(meaningOf).filter((line) => line !== undefined && !told.has(line))) {
        told.add(text ?? "");
        run.progress(`message   ${text ?? ""}`);
      }
      return lines.find(isOutcome);
    },
    { timeoutMs, everyMs: POLL_EVERY_MS },
    run.abort,
  );
  if (outcome === undefined) throw silence(loop, [...told], timeoutMs);
  if (outcome.jobName !== undefined) await showJob(loop, outcome.jobName, run);
}

async function showJob(loop: RetrainingLoop, jobName: string, run: Run): Promise<void> {
  const job = await loop.trainingJob(jobName);
  run.progress(`job       ${jobName}`);
  const uri = manifestUri(job);
  run.progress(`manifest  ${uri}: ${(await loop.read(uri)).slice(0, SHOWN)}`);
  run.progress(`role      ${job.RoleArn ?? "none"}`);
  run.progress(`models    ${job.OutputDataConfig?.S3OutputPath ?? "nowhere"}`);
  run.progress(`status    ${job.TrainingJobStatus ?? "unknown"}`);
}

/** What a line of the log means for the object, in words. */
function meaningOf({ message, reason }: TriggerLogLine): string | undefined {
  if (message === "object recorded") return "came out of the queue, the trigger has recorded the object";
  if (message === "no training job started") return `no job yet: ${reason ?? "no reason"}`;
  if (message === "record rejected") return `went to the dead-letter queue: ${reason ?? "no reason"}`;
  return /failed$|refused$/.test(message) ? `${message}; it will come again` : undefined;
}

/** The object has become a job, waits for one, or never will. */
const isOutcome = ({ message }: TriggerLogLine): boolean =>
  ["training job started", "no training job started", "record rejected"].includes(message);

const silence = (loop: RetrainingLoop, told: readonly string[], timeoutMs: number): LocalCloudError =>
  new LocalCloudError({
    where: `the object under s3://${loop.bucket}/${loop.prefix}`,
    rule: `become a training job within ${timeoutMs / 1000} s`,
    value: told.length === 0 ? `no line in the log of ${loop.functionName}` : JSON.stringify(told.join(" | ")),
    remedy: "Read .local-cloud/ministack.log, where the function's own output stands.",
  });

import { defaults, variables, type RetrainingTriggerEnvironment } from "../../lambda/retraining-trigger/contract";
import { overlaps } from "../../lambda/shared/format/object-key";
import { folderForm } from "../../lambda/shared/format/text-forms";
import { given, literal, matching, object, problem, wholeNumber } from "../core/checks";

/** When new data becomes a training job: there is enough of it, or it has waited long enough. */
export interface StartWhen {
  /** Bytes of new data that are enough. @default 1048576 (1 MiB) */
  readonly bytes?: number;
  /** Minutes that the oldest object waits at most; then a job takes what there is, 1 to 43,200. @default 60 */
  readonly waitMinutes?: number;
  /** Minutes after the start of a job without another one, 0 to 43,200. @default 15 */
  readonly coolDownMinutes?: number;
  /** Jobs that may run at the same time, 1 to 1,000. @default 1 */
  readonly maximumConcurrentJobs?: number;
}

/** Folders of the artifacts bucket, each with a slash at its end; none may lie where new data is watched for. */
export interface ArtifactPrefixes {
  /** Lists of the objects of each job. @default "manifests/<job name prefix>/" */
  readonly manifests?: string;
  /** What the jobs make. @default "models/<job name prefix>/" */
  readonly models?: string;
  /** From where interrupted jobs go on. @default "checkpoints/<job name prefix>/" */
  readonly checkpoints?: string;
}

const VARIABLE = {
  bytes: "MINIMUM_BYTES",
  waitMinutes: "MAXIMUM_WAIT_MINUTES",
  coolDownMinutes: "COOL_DOWN_MINUTES",
  maximumConcurrentJobs: "MAXIMUM_CONCURRENT_JOBS",
} as const satisfies Record<keyof StartWhen, keyof typeof variables>;

const WORDS = Object.keys(VARIABLE) as (keyof StartWhen)[];

/** The problems of when a job starts; its numbers travel as texts, so they are literal. */
export function startProblems(path: string, when: StartWhen): string[] {
  const shape = object(path, when);
  if (shape.length > 0) return shape;
  return WORDS.flatMap((word) =>
    given(when[word], (value) => {
      const { minimum = 0, maximum } = variables[VARIABLE[word]];
      return [...literal(`${path}.${word}`, value), ...wholeNumber(`${path}.${word}`, value, { minimum, maximum })];
    }),
  );
}

/** The same in the handler's words, with its own defaults. */
export const startVariables = (
  when: StartWhen = {},
): Pick<RetrainingTriggerEnvironment, (typeof VARIABLE)[keyof StartWhen]> => ({
  MINIMUM_BYTES: when.bytes ?? defaults.MINIMUM_BYTES,
  MAXIMUM_WAIT_MINUTES: when.waitMinutes ?? defaults.MAXIMUM_WAIT_MINUTES,
  COOL_DOWN_MINUTES: when.coolDownMinutes ?? defaults.COOL_DOWN_MINUTES,
  MAXIMUM_CONCURRENT_JOBS: when.maximumConcurrentJobs ?? defaults.MAXIMUM_CONCURRENT_JOBS,
});

/** The folders, those that are not given named after the jobs. */
export const artifactPrefixes = (jobNamePrefix: string, given: ArtifactPrefixes = {}): Required<ArtifactPrefixes> => ({
  manifests: given.manifests ?? `manifests/${jobNamePrefix}/`,
  models: given.models ?? `models/${jobNamePrefix}/`,
  checkpoints: given.checkpoints ?? `checkpoints/${jobNamePrefix}/`,
});

/** The problems of the folders' names. */
export function prefixProblems(path: string, prefixes: ArtifactPrefixes): string[] {
  const shape = object(path, prefixes);
  if (shape.length > 0) return shape;
  return (["manifests", "models", "checkpoints"] as const).flatMap((name) =>
    given(prefixes[name], (prefix) => [
      ...literal(`${path}.${name}`, prefix),
      ...matching(`${path}.${name}`, prefix, new RegExp(folderForm.pattern, "u"), folderForm.rule),
    ]),
  );
}

/** Folders in which the loop would take its own output for new data. */
export const selfTriggerProblems = (path: string, watched: string, prefixes: Required<ArtifactPrefixes>): string[] =>
  Object.entries(prefixes)
    .filter(([, prefix]) => overlaps({ bucket: "", prefix: watched }, { bucket: "", prefix }))
    .map(([name, prefix]) => problem(`${path}.${name}`, apartFrom(watched), prefix));

const apartFrom = (watched: string): string =>
  watched === ""
    ? "in another bucket, because all of this one is watched for new data (or the source must have a prefix)"
    : `apart from "${watched}", where new data of the same bucket is watched for`;

import { flag, given, keyPrefix, literal, object, text } from "../../core/checks";
import { dataRemovalProblems, type DataRemovalProps } from "../../core/data-removal";
import { tagProblems, type Tags } from "../../core/tags";
import { startProblems, type StartWhen } from "../../functions/retraining";
import { jobNamePrefixProblems } from "../../machine-learning/job-name";
import { trainingProblems, type TrainingSettings } from "../../machine-learning/training";

/** New labelled data becomes a new model: what that means on every cloud. */
export interface RetrainingLoopSettings extends DataRemovalProps {
  /** What a training job runs, and on what. */
  readonly training: TrainingSettings;
  /** Beginning of the keys of labelled data, such as `labelled/`. @default - the whole bucket */
  readonly prefix?: string;
  /** End of the keys of labelled data, such as `.csv`. @default - any */
  readonly suffix?: string;
  /** @default - with 1 MiB or after 60 minutes; 15 minutes between jobs, one job at a time */
  readonly startWhen?: StartWhen;
  /** Names of the jobs begin with it and a hyphen. @default - derived from the construct path */
  readonly jobNamePrefix?: string;
  /** Whether everything happens but the job itself. @default false */
  readonly dryRun?: boolean;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The problems of what a loop means, whatever the cloud. */
export function loopProblems(settings: RetrainingLoopSettings): string[] {
  const shape = object("props", settings);
  if (shape.length > 0) return shape;
  return [
    ...trainingProblems("training", settings.training),
    ...given(settings.prefix, (prefix) => keyPrefix("prefix", prefix)),
    ...given(settings.suffix, (suffix) => [...literal("suffix", suffix), ...text("suffix", suffix)]),
    ...given(settings.startWhen, (when) => startProblems("startWhen", when)),
    ...given(settings.jobNamePrefix, (prefix) => jobNamePrefixProblems("jobNamePrefix", prefix)),
    ...given(settings.dryRun, (dryRun) => flag("dryRun", dryRun)),
    ...dataRemovalProblems(settings),
    ...tagProblems("tags", settings.tags),
  ];
}

import { jobNamePrefixLimit } from "../../lambda/retraining-trigger/contract";
import { literal, problem } from "../core/checks";
import { nameProblems, type NameRule } from "../core/names";
import type { AwsTrainingRoleRef } from "./references";

/**
 * What the names of a loop's training jobs begin with; the rest of a name tells its jobs apart. SageMaker writes names into
 * ARNs in lower case, and policies tell capitals apart.
 */
export const JOB_NAME_PREFIX: NameRule = {
  rule: `1-${String(jobNamePrefixLimit)} lower-case letters, digits or hyphens that begin and end with a letter or digit`,
  pattern: new RegExp(`^(?=.{1,${String(jobNamePrefixLimit)}}$)[a-z0-9](-*[a-z0-9])*$`),
  maximum: jobNamePrefixLimit,
  source: "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html",
};

/** The problems of a job name prefix. It tells a loop's jobs from others, so it is known at synthesis. */
export const jobNamePrefixProblems = (path: string, prefix: unknown): string[] => [
  ...literal(path, prefix),
  ...nameProblems(path, prefix, JOB_NAME_PREFIX),
];

/** Jobs that the role does not trust would start and fail at once. */
export const jobNamePrefixOfRoleProblems = (path: string, prefix: string, role: AwsTrainingRoleRef): string[] =>
  role.jobNamePrefix === undefined || role.jobNamePrefix === prefix
    ? []
    : [problem(path, `"${role.jobNamePrefix}", the one that the training role trusts`, prefix)];

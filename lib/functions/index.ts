export { HandlerCode } from "./handler-code";
export type { AwsTableRef } from "./references";
export type { ArtifactPrefixes, StartWhen } from "./retraining";

export { bundle, SourceMap, type BundleEntries, type BundleOptions } from "./bundle";
export { HandlerCode, type HandlerZip } from "./handler-code";
export type { AwsTableRef } from "./references";
export type { ArtifactPrefixes, StartWhen } from "./retraining";
export type { ZipSource } from "./zip-source";

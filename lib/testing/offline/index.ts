export { findTerraform, missingTerraform } from "./runner/binary";
export type { Diagnostic } from "./runner/diagnostics";
export { OfflineTerraformError, TerraformRefusal } from "./runner/failure";
export { OfflineTerraform, type OfflineOptions, type TestSummary } from "./runner/offline-terraform";
export type { Action, Plan, PlannedChange } from "./runner/plan";

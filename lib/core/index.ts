export { claim } from "./claim";
export { DataRemoval, dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "./data-removal";
export {
  environmentFact,
  environmentOf,
  routeOf,
  useEnvironment,
  type Environment,
  type EnvironmentOptions,
} from "./environment";
export { assertValid, ConstructValidationError } from "./errors";
export { Severity, type IncidentRoute } from "./incident-route";
export type { MetricRef, MissingData, Statistic } from "./metric";
export { nameProblems, physicalName, stableHash, type NameRule } from "./names";
export { place, placed, placedGlobally, type AwsPlacementProps, type Cloud, type PlacementProps } from "./placement";
export {
  Schedule,
  scheduleProblems,
  Weekday,
  type Recurrence,
  type TimeOfDay,
  type TimeOfMonth,
  type TimeOfWeek,
} from "./schedule";
export { labelsFor, tagsFor } from "./tagging";
export { tagProblems, type Tags } from "./tags";
export type { Dependent, Grant, Grantee, Principal } from "./grant";

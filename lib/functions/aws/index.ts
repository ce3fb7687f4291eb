export type { AsyncFailureOptions } from "./async-failures";
export { NodeFunction, type NodeFunctionProps, type NodeFunctionResources } from "./node-function";
export type { EventRuleOptions, EventRuleSource, EventRuleSourceResources } from "./event-rule-source";
export type { EventProcessorAlarms } from "./event-processor-alarms";
export type { EventProcessorMetrics } from "./event-processor-metrics";
export type { FunctionGrants } from "./function-grants";
export type { FunctionMetrics } from "./function-metrics";
export type { FunctionSchedule, ScheduleOptions } from "./function-schedule";
export { IdempotencyTable, type IdempotencyTableProps } from "./idempotency-table";
export type { ObjectEventSource, ObjectEventSourceOptions, ObjectEventSourceResources } from "./object-event-source";
export type { RetrainingAlarms, RetrainingMonitoring } from "./retraining-alarms";
export type { RetrainingMetrics } from "./retraining-metrics";
export type { RetrainingBatching, RetrainingFunctionOptions, RetrainingTriggerProps } from "./retraining-props";
export { RetrainingTrigger } from "./retraining-trigger";
export { FunctionArchitecture, FunctionRuntime } from "./runtime";
export { TableEncryption } from "./table-encryption";
export type { ItemAction, ItemSelection, TableGrants } from "./table-grants";
export {
  KinesisEventProcessor,
  type EventProcessorBatching,
  type EventProcessorFunctionOptions,
  type KinesisEventProcessorProps,
} from "./kinesis-event-processor";
export type { MappingMetrics } from "./mapping-metrics";
export type { QueueEventSource, QueueEventSourceOptions } from "./queue-event-source";
export type { StreamEventSource, StreamEventSourceAlarms, StreamEventSourceOptions } from "./stream-event-source";
export { StartingPosition, StreamReadMode, type EventFilter } from "./stream-limits";

export { AzureObjectEvents, type AzureObjectEventsProps } from "./object-events";
export { AzureQueue, type AzureQueueProps } from "./queue";
export type { AzureQueueGrants } from "./queue-grants";

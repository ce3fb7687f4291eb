export { RedisExport, type RedisExportProps, type RedisExportResources, type RedisInstanceRef } from "./redis-export";

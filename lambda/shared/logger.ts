import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";

/** Values a log line may hold: ids, counts, codes. Never a payload, a key of an object or an environment. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log lines; each carries the id of the request. */
export interface Log {
  /** To be called first in each invocation. */
  begin(context: Context): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Lines of JSON on standard output. The level comes from AWS_LAMBDA_LOG_LEVEL or POWERTOOLS_LOG_LEVEL. */
export function createLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    begin: (context) => {
      logger.addContext(context);
    },
    info: (message, fields = {}) => {
      logger.info(message, fields);
    },
    warn: (message, fields = {}) => {
      logger.warn(message, fields);
    },
    error: (message, fields = {}) => {
      logger.error(message, fields);
    },
  };
}

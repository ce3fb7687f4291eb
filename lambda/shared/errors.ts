import { maskText } from "./format/masking";

/**
 * Why a call failed, in the two kinds that matter: permanent (the same input fails for ever: dead-letter, no retry) and
 * transient (deliver again). Whatever nobody classified is transient; the limits of the source bound its retries.
 */
export class PermanentError extends Error {
  public override readonly name = "PermanentError";

  /** `reason` is the code of the dead-letter message, `detail` its rule; neither holds personal data. */
  public constructor(
    public readonly reason: string,
    public readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

/** The time of the invocation is used up: what is left is delivered again. */
export class DeadlineError extends Error {
  public override readonly name = "DeadlineError";

  public constructor() {
    super("not enough time is left in this invocation");
  }
}

/** An error as a log line may hold it. */
export interface ErrorSummary {
  readonly errorName: string;
  /** HTTP status of an SDK error. */
  readonly errorStatus?: number;
  /** At most 200 characters, masked, without control characters. */
  readonly errorMessage: string;
}

/** Name, status and the beginning of the message; never a stack, which may quote values. */
export function summarizeError(error: unknown): ErrorSummary {
  if (!(error instanceof Error)) return { errorName: "Unknown", errorMessage: typeof error };
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const errorMessage = maskText(error.message)
    .replace(/\p{Cc}/gu, " ")
    .slice(0, 200);
  return { errorName: error.name, ...(status === undefined ? {} : { errorStatus: status }), errorMessage };
}

import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import type { Construct } from "constructs";
import { given, having, wholeNumber } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grantee } from "../../core/grant";
import { placed } from "../../core/placement";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";

/** What becomes of an asynchronous run that fails: of a schedule, a rule or a notification. */
export interface AsyncFailureOptions {
  /** Where the event goes when all is in vain. */
  readonly deadLetterQueue: DeadLetterQueue;
  /** 0 to 2. @default 2 */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21,600. @default 21600 */
  readonly maximumEventAgeSeconds?: number;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const RETRIES = { minimum: 0, maximum: 2 };
const AGE = { minimum: 60, maximum: 21_600, unit: "seconds" };
const ID = "AsyncFailures";

/** A function whose asynchronous runs may fail. */
interface AsyncFunction extends Construct, Grantee<AwsPrincipal> {
  readonly functionName: string;
}

/**
 * The function's one rule for failed asynchronous runs.
 *
 * @throws ConstructValidationError for wrong options and for a second rule
 */
export function asyncFailures(target: AsyncFunction, options: AsyncFailureOptions): LambdaFunctionEventInvokeConfig {
  const problems = [
    ...(target.node.tryFindChild(ID)
      ? ["onAsyncFailure must be said once, because Lambda keeps one rule of a function, got a second one"]
      : []),
    ...having("deadLetterQueue", options.deadLetterQueue, "queueArn", "the dead-letter queue of a queue"),
    ...given(options.maximumRetryAttempts, (attempts) => wholeNumber("maximumRetryAttempts", attempts, RETRIES)),
    ...given(options.maximumEventAgeSeconds, (seconds) => wholeNumber("maximumEventAgeSeconds", seconds, AGE)),
  ];
  if (problems.length > 0) throw new ConstructValidationError(target.node.path, problems);
  const { deadLetterQueue, maximumRetryAttempts = RETRIES.maximum, maximumEventAgeSeconds = AGE.maximum } = options;
  const rule = new LambdaFunctionEventInvokeConfig(
    target,
    ID,
    placed(target, {
      functionName: target.functionName,
      maximumRetryAttempts,
      maximumEventAgeInSeconds: maximumEventAgeSeconds,
      destinationConfig: { onFailure: { destination: deadLetterQueue.queueArn } },
    }),
  );
  // Lambda refuses a destination that the function may not send to
  deadLetterQueue.grants.send(target).before(rule);
  return rule;
}

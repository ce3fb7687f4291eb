import type { Context } from "aws-lambda";

/** The context of one invocation; `remaining` answers in milliseconds. */
export const contextOf = (functionName: string, awsRequestId: string, remaining: () => number): Context =>
  ({
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "1",
    invokedFunctionArn: `arn:aws:lambda:us-west-2:111122223333:function:${functionName}`,
    memoryLimitInMB: "512",
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "1",
    getRemainingTimeInMillis: remaining,
  }) as Context;

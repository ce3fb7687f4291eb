import { FullJitterRetry } from "../../../lambda/shared/sdk-client";

/** The delays of a call that fails so each time, until it is given up. */
async function delaysOf(errorType: string, random: number): Promise<readonly number[]> {
  const strategy = new FullJitterRetry(() => random);
  const delays: number[] = [];
  let token = await strategy.acquireInitialRetryToken();
  for (;;) {
    try {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType });
    } catch {
      return delays;
    }
    delays.push(token.getRetryDelay());
    strategy.recordSuccess();
  }
}

test.each([
  ["THROTTLING", 0.999_999, [1999, 3999]],
  ["SERVER_ERROR", 0.5, [1000, 2000]],
  ["TRANSIENT", 0, [0, 0]],
  ["CLIENT_ERROR", 0.5, []],
])("after %s and with chance %d the delays are %j", async (errorType, random, delays) => {
  expect(await delaysOf(errorType, random)).toEqual(delays);
});

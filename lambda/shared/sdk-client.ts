/** How every SDK client calls: the SDK is the only layer that repeats a call, and it does so in one way. */

/** Milliseconds; the upper end of the random delay doubles from the one to the other. */
const delays = { first: 2000, most: 10_000 } as const;
const attempts = 3;

interface Attempt {
  getRetryCount(): number;
  getRetryDelay(): number;
}

/**
 * Repeats a call up to two times after throttling, server errors and timeouts, never after an error of ours, with full
 * jitter: callers that were refused together do not come back together.
 */
export class FullJitterRetry {
  /** `random` answers from 0 to below 1. */
  public constructor(private readonly random: () => number = Math.random) {}

  public acquireInitialRetryToken(): Promise<Attempt> {
    return Promise.resolve(attempt(0, 0));
  }

  /** Rejects where the call is not to be repeated; the SDK then throws what the call failed with. */
  public refreshRetryTokenForRetry(last: Attempt, failure: { readonly errorType: string }): Promise<Attempt> {
    const count = last.getRetryCount() + 1;
    if (failure.errorType === "CLIENT_ERROR" || count >= attempts)
      return Promise.reject(new Error("no further attempt"));
    const most = Math.min(delays.most, delays.first * 2 ** (count - 1));
    return Promise.resolve(attempt(count, Math.floor(this.random() * most)));
  }

  /** Nothing is remembered from call to call. */
  public recordSuccess(): void {
    return;
  }
}

const attempt = (count: number, delay: number): Attempt => ({ getRetryCount: () => count, getRetryDelay: () => delay });

/** Settings of a client. Three attempts of a call that hangs take half a minute, a tenth of the function's time. */
export const clientSettings = {
  maxAttempts: attempts,
  retryStrategy: new FullJitterRetry(),
  requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

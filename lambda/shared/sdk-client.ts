/**
 * Settings of every SDK client. The SDK is the only layer that repeats a call: three attempts with full jitter, on
 * throttling, server errors and timeouts. Attempts of a slow call together stay far below a function's minutes.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

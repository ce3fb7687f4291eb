import { clientSettings, FullJitterRetry } from "../../../lambda/shared/sdk-client";
import { Loopback, type Responder } from "./loopback";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The settings of the real clients, pointed at a loopback server and without their delays. */
const settingsFor = (endpoint: string) =>
  ({
    ...clientSettings,
    retryStrategy: new FullJitterRetry(() => 0),
    endpoint,
    region: "us-west-2",
    credentials,
  }) as const;

/** Runs the work against a server that answers so, and gives the server for a look at what it was asked. */
export async function against<T>(
  respond: Responder,
  work: (settings: ReturnType<typeof settingsFor>) => Promise<T>,
): Promise<{ readonly result: PromiseSettledResult<T>; readonly server: Loopback }> {
  const server = await Loopback.start(respond);
  try {
    const [result] = await Promise.allSettled([work(settingsFor(server.endpoint))]);
    return { result, server };
  } finally {
    await server.stop();
  }
}

/** What was expected to work and answer nothing. */
export function expectDone({ result }: { readonly result: PromiseSettledResult<void> }): void {
  expect(result).toEqual({ status: "fulfilled", value: undefined });
}

/** The result of what was expected to work. */
export function resultOf<T>({ result }: { readonly result: PromiseSettledResult<T> }): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** The name of the error of what was expected to fail. */
export function errorOf({ result }: { readonly result: PromiseSettledResult<unknown> }): string {
  if (result.status === "fulfilled") return "no error";
  return result.reason instanceof Error ? result.reason.name : String(result.reason);
}

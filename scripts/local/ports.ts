import net from "node:net";
import { LocalCloudError } from "./failure";

/**
 * Makes sure that nobody listens on a port of this machine's loopback.
 *
 * @throws LocalCloudError naming the port and the variable that moves it
 */
export async function assertPortFree(title: string, port: number, variable: string): Promise<void> {
  const problem = await listenProblem(port);
  if (problem === undefined) return;
  throw new LocalCloudError({
    where: `port ${port} of 127.0.0.1, for ${title},`,
    rule: "be free",
    value: problem,
    remedy: `Stop what listens there (npm run local:down, if it is an older local cloud), or set ${variable} to another port.`,
  });
}

export const isPortFree = async (port: number): Promise<boolean> => (await listenProblem(port)) === undefined;

/** A port of the loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function listenProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code));
    server.listen({ host: "127.0.0.1", port }, () => server.close(() => resolve(undefined)));
  });
}

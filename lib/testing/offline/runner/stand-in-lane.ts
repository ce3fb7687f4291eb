import net from "node:net";
import os from "node:os";
import { withLocalState } from "./configuration";
import type { Lane, Prepared } from "./lane";
import { needsOf, type StackJson } from "./needs";
import { withRemoteStates } from "./remote-states";
import { standInsFor, type StandIns } from "./stand-ins";

/** How long a process that died may take to be seen dead. */
const DEATH_MILLISECONDS = 1_000;

/** Providers that only know their schemas: no download, no account, no network. */
export class StandInLane implements Lane {
  public readonly planOptions: readonly string[] = [];
  public init = false;
  private standIns: StandIns | undefined;

  /**
   * @param project a folder of the project in which the bindings are installed
   * @param allTypes whether every type is served, not only those in use
   */
  public constructor(
    private readonly project: string,
    private readonly allTypes: boolean,
  ) {}

  public get env(): Readonly<Record<string, string>> {
    return { TF_REATTACH_PROVIDERS: this.standIns?.reattach ?? "{}", TF_CLI_CONFIG_FILE: os.devNull };
  }

  public async prepare(stack: StackJson, folder: string): Promise<Prepared> {
    const { providers, modules } = needsOf(stack);
    const next = await standInsFor(this.project, providers, { everything: this.allTypes || modules });
    this.standIns?.close();
    this.standIns = next;
    this.init = modules;
    return withRemoteStates(withLocalState(stack), folder, this.project);
  }

  public async trouble(): Promise<string | undefined> {
    const { standIns } = this;
    if (standIns === undefined) return undefined;
    for (const [source, port] of Object.entries(standIns.ports)) {
      const refusal = await refusalOf(port);
      if (refusal === undefined) continue;
      const ended = await within(DEATH_MILLISECONDS, () => standIns.ended());
      if (ended !== undefined) return `the process of the stand-ins ${ended}`;
      return `the stand-in of ${source} no longer answers on 127.0.0.1:${String(port)}: ${refusal}`;
    }
    return undefined;
  }

  public close(): void {
    this.standIns?.close();
    this.standIns = undefined;
  }
}

/** Why a connection to a loopback port fails, or nothing. */
function refusalOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once("error", (error) => {
      resolve(error.message);
    });
  });
}

/** What `ask` says within a time, asked every now and then. */
async function within<T>(milliseconds: number, ask: () => T | undefined): Promise<T | undefined> {
  const end = Date.now() + milliseconds;
  for (let answer = ask(); ; answer = ask()) {
    if (answer !== undefined || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

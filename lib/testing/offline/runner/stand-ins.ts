import { fork } from "node:child_process";
import fs from "node:fs";
import type { Socket } from "node:net";
import path from "node:path";
import type { ProviderNeed, ServeReply, ServeRequest } from "../protocol/messages";
import { undoneAtExit } from "./cleanup";
import { OfflineTerraformError } from "./failure";

/** The stand-ins of a stack, for as long as its runs take. */
export interface StandIns {
  /** Port by source: `hashicorp/aws` → 40001. */
  readonly ports: Readonly<Record<string, number>>;
  /** What TF_REATTACH_PROVIDERS is to be. */
  readonly reattach: string;
  /** Why the process is gone, while it should not be. */
  ended(): string | undefined;
  close(): void;
}

/** Another program in the place of the one beside this file: tests of this repository bundle it from its source. */
const PROGRAM = "CLOUD_CONDUCTOR_STAND_INS";

/** A slow machine under load takes some seconds to start a process, and some more to read every module of a provider. */
const REPLY_MILLISECONDS = 120_000;

/** How long the process waits for the next stack. */
const IDLE_MILLISECONDS = 2_000;

/** What of its complaints an error shows. */
const COMPLAINT_LENGTH = 2_000;

/** Who ends the process by which signal. */
const KILLERS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGKILL: ", as Terraform ends one whose port no longer answers",
};

let running: StandInProcess | undefined;

/**
 * Has providers stood in for. All stacks of this process share one other process, which ends soon after the last of them.
 *
 * @param project a folder of the project whose bindings describe the providers
 * @throws OfflineTerraformError when bindings are missing or the process does not start
 */
export async function standInsFor(
  project: string,
  providers: readonly ProviderNeed[],
  { everything = false }: { readonly everything?: boolean } = {},
): Promise<StandIns> {
  if (running === undefined || running.ended !== undefined) running = new StandInProcess();
  const own = running;
  const ports = await own.serve({ project, providers, everything });
  return { ports, reattach: reattach(ports, own.pid), ended: () => own.ended, close: own.hold() };
}

function reattach(ports: Readonly<Record<string, number>>, pid: number): string {
  const entries = Object.entries(ports).map(([source, port]) => {
    const Addr = { Network: "tcp", String: `127.0.0.1:${String(port)}` };
    return [source, { Protocol: "grpc", ProtocolVersion: 6, Pid: pid, Test: true, Addr }];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

class StandInProcess {
  /** Why it is gone. */
  public ended: string | undefined;
  private readonly child = fork(program(), { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  private readonly release = undoneAtExit(() => this.child.kill("SIGKILL"));
  private readonly waiting = new Map<number, (reply: ServeReply | undefined) => void>();
  private complaints = "";
  private requests = 0;
  private holders = 0;

  public constructor() {
    const { child } = this;
    child.on("message", (reply: ServeReply) => this.waiting.get(reply.id)?.(reply));
    child.on("error", (error) => {
      this.end(error.message);
    });
    child.on("exit", (code, signal) => {
      this.end(signal === null ? `ended with ${String(code)}` : `was ended by ${signal}${KILLERS[signal] ?? ""}`);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      this.complaints = `${this.complaints}${chunk.toString("utf8")}`.slice(-COMPLAINT_LENGTH);
    });
    this.letParentEnd();
  }

  public get pid(): number {
    return this.child.pid ?? 0;
  }

  public async serve(request: Omit<ServeRequest, "id">): Promise<Readonly<Record<string, number>>> {
    this.holders += 1;
    try {
      const reply = await this.ask({ ...request, id: this.requests++ });
      if (reply === undefined)
        throw new OfflineTerraformError(`The process of the stand-ins ${this.ended ?? "does not answer"}`);
      if ("refused" in reply) throw new OfflineTerraformError(reply.refused);
      return reply.ports;
    } finally {
      this.holders -= 1;
    }
  }

  /** Keeps it running. @returns lets go of it */
  public hold(): () => void {
    let held = true;
    this.holders += 1;
    return () => {
      if (!held) return;
      held = false;
      this.holders -= 1;
      if (this.holders === 0)
        setTimeout(() => {
          this.endIfIdle();
        }, IDLE_MILLISECONDS).unref();
    };
  }

  private ask(request: ServeRequest): Promise<ServeReply | undefined> {
    this.child.channel?.ref();
    return new Promise((resolve) => {
      const done = (reply: ServeReply | undefined): void => {
        clearTimeout(late);
        this.waiting.delete(request.id);
        if (this.waiting.size === 0) this.letParentEnd();
        resolve(reply);
      };
      const late = setTimeout(done, REPLY_MILLISECONDS, undefined);
      this.waiting.set(request.id, done);
      this.child.send(request, (error) => {
        if (error !== null) done(undefined);
      });
    });
  }

  private endIfIdle(): void {
    if (this.holders > 0) return;
    this.end("has ended: nothing asked it for anything");
    this.release();
  }

  private end(reason: string): void {
    this.ended ??= [reason, this.complaints.trim()].filter((part) => part !== "").join(": ");
    for (const done of this.waiting.values()) done(undefined);
  }

  /** It never keeps this process alive, unless somebody waits for its answer. */
  private letParentEnd(): void {
    this.child.unref();
    this.child.channel?.unref();
    (this.child.stderr as Socket | null)?.unref();
  }
}

function program(): string {
  const file = process.env[PROGRAM] ?? path.join(__dirname, "..", "protocol", "main.js");
  if (fs.existsSync(file)) return file;
  throw new OfflineTerraformError(`the program of the stand-ins is not at ${file}`);
}
